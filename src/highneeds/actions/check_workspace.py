"""Everything that is wrong with a workspace, in one list; then what each missing file would add.

A reader refuses the first line that it cannot use. Here that line is set aside, as a remark that keeps the numbers of
the lines below it, and the reader goes on to the next.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.evidence import Evidence, Options
from highneeds.forecast.scenarios import read_scenario, scenario_files
from highneeds.intake.establishments import read_establishments
from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.ledger.transport import read_transport
from highneeds.intake.localities import read_localities
from highneeds.intake.text import decode
from highneeds.intake.workspace import read_workspace
from highneeds.intake.workspace.files import what_is_missing
from highneeds.registers.registry import read_registers
from highneeds.store.overlay import Overlay
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

RULE = "FILE-refused"
NameInFile = tuple[str, str]
"""A file, and the id or the key that a line of it began with."""
MOST = 200
"""So many lines are set aside; a file that is of another kind altogether would else be told line by line."""
COUNCIL = "council.toml"
DEFAULT = Options()


@dataclass(frozen=True)
class CheckedWorkspace:
    """refused   what no reader can use, as findings that must be fixed
    findings  what the checks found in the rest
    missing   (file, what it would add)
    """

    refused: tuple[Finding, ...]
    findings: Findings
    missing: tuple[tuple[str, str], ...]

    @property
    def all(self) -> tuple[Finding, ...]:
        """Refusals first, then by how much each finding matters."""
        order = list(Severity)
        return (*self.refused, *sorted(self.findings.all, key=lambda one: order.index(one.severity)))


def check_workspace(store: Store, options: Options = DEFAULT) -> CheckedWorkspace:
    """Read every file of a workspace and ask every check of it. InputError where the store holds no workspace."""
    folder = documents(store)
    if not (folder / COUNCIL).is_file():
        raise InputError(
            "This is no workspace: it holds no council.toml",
            where=COUNCIL,
            remedy="Check the name, or make one with highneeds new",
        )
    refused, usable = _read_all(folder)
    findings = Findings((RuleResult(RULE, Outcome.FOUND if refused else Outcome.CLEAR, (), looked_at=1),))
    if usable is not None:
        try:
            findings += Evidence(store, options=options).supposing(root=usable).findings
        except InputError as problem:
            refused = (*refused, _finding(problem))
    return CheckedWorkspace(refused, findings, what_is_missing(folder))


def _read_all(folder: Place) -> tuple[tuple[Finding, ...], Place | None]:
    """Each problem that a reader meets, and the files without those lines; None where the council is unreadable."""
    changed: dict[str, bytes | None] = {}
    refused: list[Finding] = []
    set_aside: set[NameInFile] = set()
    left_out: set[str] = set()
    places: set[Source] = set()  # a line that was set aside can leave a file that now holds nothing: no second slip
    while len(refused) < MOST:
        place = Overlay(folder, changed).folder
        met = _first_problem(place, left_out)
        if met is None:
            return tuple(refused), place
        reader, problem = met
        if problem.where not in places and not _follows(problem, set_aside, changed):
            refused.append(_finding(problem))
        places.add(problem.where)
        if not _set_aside(place, problem, changed, set_aside):
            left_out.add(reader)
            if reader == "workspace":
                return tuple(refused), None
    return tuple(refused), None


def _first_problem(place: Place, left_out: set[str]) -> tuple[str, InputError] | None:
    """The first refusal with the name of its reader."""
    for name, read in _readers(place):
        if name in left_out:
            continue
        try:
            read()
        except InputError as problem:
            return name, problem
    return None


def _readers(place: Place) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every reader of a workspace, in the order in which one needs another."""
    yield "workspace", lambda: read_workspace(place)
    yield "finance", lambda: read_finance(place, {one.id for one in read_workspace(place).facts})
    yield "transport", lambda: read_transport(place)
    yield "registers", lambda: read_registers(place)
    if (place / "establishments.csv").is_file():
        yield "establishments", lambda: read_establishments(place / "establishments.csv")
    if (place / "localities.csv").is_file():
        yield "localities", lambda: read_localities(place / "localities.csv")
    for one in scenario_files(place):
        yield f"scenarios/{one.name}", partial(read_scenario, one)


def _follows(problem: InputError, set_aside: set[NameInFile], changed: Mapping[str, bytes | None]) -> bool:
    """True for a refusal that would not be there, had an earlier line or file been right."""
    files = problem.lacks_in or (problem.where.document,)
    named = any((file, name) in set_aside for file in files for name in problem.lacks)
    return named or any(_may_lack_any(file, changed) for file in problem.lacks_in)


def _may_lack_any(file: str, changed: Mapping[str, bytes | None]) -> bool:
    """A file that was left out lacks everything; of a YAML file one line set aside can take a whole entry with it."""
    return file in changed and (changed[file] is None or file.endswith(".yaml"))


def _set_aside(place: Place, problem: InputError, changed: dict[str, bytes | None], set_aside: set[NameInFile]) -> bool:
    """Exchange what was refused for a remark, or leave its file out; False where neither would change anything."""
    name, line = problem.where.document, problem.where.line
    there = Overlay(place, {})
    if name not in there.folder.tree.names:
        return False
    other = _without(decode(there.read(name), name), line, name, set_aside) if line else None
    if other is None and name == COUNCIL:
        return False
    changed[name] = None if other is None else other.encode()
    return True


def _without(text: str, line: int, name: str, set_aside: set[NameInFile]) -> str | None:
    """The text with the record that begins on this line as a remark; None of the header, or where it is one already."""
    lines = text.split("\n")
    if line > len(lines) or lines[line - 1].lstrip().startswith("#"):
        return None
    last = line
    if name.endswith(".csv"):
        if line <= 1:
            return None
        last, key = _record(text, line)
        set_aside.update((name, cell.strip()) for cell in key[:1] if cell.strip())
    else:
        set_aside.update((name, part.strip(" -'\"")) for part in re.split(r"[:=]", lines[line - 1], maxsplit=1))
    remarked = [f"# {one}" if line <= number <= last else one for number, one in enumerate(lines, start=1)]
    return "\n".join(remarked)


def _record(text: str, line: int) -> tuple[int, list[str]]:
    """The last line and the cells of the record that begins on `line`; of quotes that never end, that line alone."""
    lines = text.split("\n")
    reader = csv.reader((f"{one}\n" for one in lines[line - 1 :]), strict=True)
    with suppress(csv.Error):
        cells = next(reader, [""])
        return line + reader.line_num - 1, cells
    return line, [""]


def _finding(problem: InputError) -> Finding:
    where = problem.where
    file, line = (where.place, None) if where.place else (where.document, where.line)
    return Finding(RULE, Severity.MUST_FIX, file, line, "", where.column, problem.what, f"{problem.remedy}.")
