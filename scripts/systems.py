"""The page of the 105 systems: which code, page, section of a document and tests serve each.

What a register serves, it says itself; the rest stands in systems.csv. tests/house/test_systems.py follows every link.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from highneeds.registers.registry import registers

LIST = Path(__file__).with_name("systems.csv")
REGISTER_TESTS = ("tests/house/test_registers.py", "tests/golden/test_kent_registers.py")
ANNEX = "registers"
"""The section that prints the measures of the registers."""


@dataclass(frozen=True)
class System:
    """code: files or folders of the package; pages: of the office; sections: of the documents; tests: files."""

    id: str
    title: str
    code: tuple[str, ...]
    pages: tuple[str, ...]
    sections: tuple[str, ...]
    tests: tuple[str, ...]


def systems() -> list[System]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [_system(row) for row in csv.DictReader(file)]


def _system(row: dict[str, str]) -> System:
    own = [one for one in registers().values() if row["id"] in one.systems.split()]
    code = [f"src/highneeds/{row['code']}"] if row["code"] else []
    code += [f"src/highneeds/registers/definitions/{one.name}.py" for one in own]
    pages = [f"{row['page'].rstrip('/')}/"] if row["page"] else []
    pages += [f"registers/{one.name}/" for one in own]
    sections = [row["section"]] if row["section"] else []
    tests = [f"tests/{row['tests']}"] if row["tests"] else []
    return System(
        row["id"],
        row["system"],
        tuple(code),
        tuple(pages),
        (*sections, *([ANNEX] if own else [])),
        (*tests, *(REGISTER_TESTS if own else ())),
    )


def systems_text() -> str:
    lines = [
        "# The systems of the programme and what serves them",
        "",
        "One row for each of the 105 systems that the two founding documents describe. Registers name the systems they",
        "serve; the other links stand in `scripts/systems.csv`. A house test fails where a link is lost.",
        "",
        "| # | system | code | page | section | tests |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *map(_line, systems()), ""])


def _line(one: System) -> str:
    cells = [", ".join(f"`{part}`" for part in parts) for parts in (one.code, one.pages, one.sections, one.tests)]
    return f"| {one.id} | {one.title} | {' | '.join(cells)} |"
