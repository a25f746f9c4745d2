"""What becomes of a small workspace when one cell or line of it is odd. Write it: python tests/golden/odd_cells.py

Each file of the workspace is read as it is, then once for each change: a cell that is empty or holds something else, a
column that is missing, a row that stands twice or is too long, a key of YAML or TOML that is gone or says something
else. Beside the change stands the refusal word for word, or what is read otherwise, in tests/golden/odd_cells.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from golden.flat import flat
from highneeds.intake.establishments import read_establishments
from highneeds.intake.ledger.accepted import acceptances
from highneeds.intake.ledger.children import read_children
from highneeds.intake.ledger.commitments import CommitmentBook, read_commitments
from highneeds.intake.ledger.explanations import explanations_known, read_explanations
from highneeds.intake.ledger.export import LedgerExport, read_export
from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.ledger.finance_mapping import read_finance_mapping
from highneeds.intake.ledger.frames import Problem
from highneeds.intake.ledger.mapping import read_mapping as read_ledger_mapping
from highneeds.intake.ledger.positions import read_positions
from highneeds.intake.ledger.priced_lines import lines_known, read_priced_lines
from highneeds.intake.ledger.published_parts import read_published_parts
from highneeds.intake.ledger.spend import read_spend, spend_known
from highneeds.intake.ledger.transport import read_transport
from highneeds.intake.ledger.years import read_years, years_known
from highneeds.intake.localities import read_localities
from highneeds.intake.mapping.mapping import read_mapping
from highneeds.intake.sen2.corrections import read_kept
from highneeds.intake.sen2.fields import Field
from highneeds.intake.sen2.layouts import all_layouts
from highneeds.intake.workspace.agreement import read_agreement
from highneeds.intake.workspace.council import read_council
from highneeds.intake.workspace.dashboard import newest, read_identities, read_indicators, read_observations
from highneeds.intake.workspace.dashboard_mapping import read_dashboard_mapping
from highneeds.intake.workspace.facts import read_benchmarks, read_facts, read_placements
from highneeds.intake.workspace.known_on import document_days
from highneeds.intake.workspace.programme import levels_known, read_level_definitions, read_levels, read_narrative
from highneeds.intake.workspace.wording import read_wording
from highneeds.store.place import Place, documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

FOLDER = Path(__file__).parent / "odd_cells"
SMALL = FOLDER / "workspace.txt"
LAYOUTS = FOLDER / "sen2-layouts.txt"
ODD = ("", "x", "0", "-1", "1.5", "2", "2025-02", "2025-02-30", "2024-25", "1000000000000")
"""Written into each cell of the first row: nothing, a word, numbers, a month, a day that is none, a year, too much."""
ODD_LINES = ("", "x", "0", "2024-25", "[]")
FACTS = {"deficit", "share", "report_day", "target"}
Reader = Callable[[Place], object]


def workspace() -> dict[str, str]:
    """The files of workspace.txt, each under a line '== its name'."""
    parts = re.split(r"^== (.*)\n", SMALL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


READERS: dict[str, Reader] = {
    "council.toml": read_council,
    "agreement.yaml": lambda at: (read_agreement(at, FACTS, read_council(at)), document_days(at)),
    "facts.csv": lambda at: read_facts(at, document_days(at)),
    "later_published_facts.csv": lambda at: read_facts(at, document_days(at)),
    "benchmarks.csv": lambda at: read_benchmarks(at, document_days(at)),
    "placements.csv": lambda at: read_placements(at, document_days(at)),
    "indicators.csv": lambda at: read_indicators(at, {1, 2}),
    "observations.csv": lambda at: newest(read_observations(at, read_indicators(at, {1, 2}), document_days(at))),
    "identities.csv": lambda at: read_identities(at, read_indicators(at, {1, 2})),
    "dashboard_mapping.csv": read_dashboard_mapping,
    "localities.csv": lambda at: read_localities(at / "localities.csv"),
    "programme/also_called.csv": lambda at: read_wording(at, frozenset(FACTS)),
    "programme/level_definitions.csv": read_level_definitions,
    "programme/2025-07/levels.csv": lambda at: on_days(
        levels_known, read_levels(at, "2025-07", ("April", "July"), {1, 2}, document_days(at))
    ),
    "programme/2025-07/narrative.md": lambda at: read_narrative(at, "2025-07", {1, 2}),
    "finance/positions.csv": lambda at: read_positions(at / "finance/positions.csv"),
    "finance/years.csv": lambda at: on_days(years_known, read_years(at / "finance/years.csv", "886")),
    "finance/spend.csv": lambda at: on_days(spend_known, read_spend(at / "finance/spend.csv", "886")),
    "finance/explanations.csv": lambda at: on_days(
        explanations_known, read_explanations(at / "finance/explanations.csv")
    ),
    "finance/mapping.csv": read_finance_mapping,
    "finance/cost_series.csv": lambda at: read_finance(at, FACTS).unit_costs,
    "finance/transport.csv": lambda at: on_days(read_transport, at),
    "finance/planned_lines.csv": lambda at: on_days(lines_known, read_priced_lines(at / "finance/planned_lines.csv")),
    "finance/actual_lines.csv": lambda at: read_finance(at, FACTS).lines,
    "finance/published.yaml": lambda at: on_days(
        partial(read_published_parts, at / "finance/published.yaml", FACTS), {}
    ),
    "finance/ledger/accepted.csv": acceptances,
    "caseload/corrections/mark.csv": read_kept,
    "postings.csv": lambda at: of_export(read_export(at / "postings.csv", read_ledger_mapping(at / "ledger.yaml"))),
    "children.csv": lambda at: read_children(at / "children.csv").rows(),
    "commitments.csv": lambda at: of_book(read_commitments(at / "commitments.csv")),
    "establishments.csv": lambda at: read_establishments(at / "establishments.csv").frame.rows(named=True),
    "ledger.yaml": lambda at: read_ledger_mapping(at / "ledger.yaml"),
    "extract.toml": lambda at: read_mapping(at / "extract.toml"),
}
"""Each file of the small workspace, and what reads it."""


def on_days(known: Callable[..., object], rows: object) -> object:
    """The rows as they are known at last, on the day before the restated one and on its own."""
    return known(rows), *(known(rows, date(2025, month, day)) for month, day in ((5, 31), (6, 1)))


def of_export(found: LedgerExport) -> object:
    about = (found.left_out, found.total, found.ledger, found.la_number)
    return [*map(of_problem, found.problems)], found.postings.rows(named=True), about


def of_book(found: CommitmentBook) -> object:
    return [*map(of_problem, found.problems)], found.rows.rows(named=True)


def of_problem(one: Problem) -> str:
    return f"{one.kind}, line {one.line}, {one.column}: {one.message} | {one.remedy} | {one.count}, {one.blocking}"


def told(name: str) -> str:
    """What the file is read as, then a line for each change and what comes of it."""
    files = workspace()
    before = dict(read(name, files))
    lines = [f"{path}: {value}" for path, value in before.items()] + [""]
    for change, text in changes(name, files[name]):
        after = dict(read(name, {**files, name: text}))
        different = [path for path in dict.fromkeys((*before, *after)) if before.get(path) != after.get(path)]
        come_of = "; ".join(f"{path}: {after.get(path, 'none')}" for path in different[:MOST])
        lines += [f"{change} -> {after.get('refused') or come_of}"] if different else []
    return "\n".join(lines) + "\n"


MOST = 4
"""Of a change that moves many values the first are told."""


def layouts() -> str:
    """What each year's layout of the SEN2 return reads: its items, in a later year those that are new or gone."""
    lines: list[str] = []
    before: dict[tuple[str, str], str] = {}
    for layout in all_layouts():
        items = {(one.module, one.column): item(one) for one in layout.fields}
        lines += [f"{layout.year}: {' '.join(key)}: {told}" for key, told in items.items() if before.get(key) != told]
        lines += [f"{layout.year}: {' '.join(key)} is gone" for key in before if key not in items]
        lines += [f"{layout.year}: {wrong} is read as {right}" for wrong, right in layout.spellings.items()]
        before = items
    return "\n".join(lines) + "\n"


def item(field: Field) -> str:
    """An item in one line: our name, kind, title, longest code, known codes and what else is not as usual."""
    unusual = {"may be left out": not field.needed, "not in every XML": not field.in_xml, "or a day": field.or_day}
    told = (field.name, field.kind.value, field.title, str(field.width), " ".join(sorted(field.codes)))
    return " | ".join((*told, *(words for words, so in unusual.items() if so)))


def read(name: str, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    known = {key: text.encode() for key, text in files.items() if key == name or not key.startswith("finance/ledger/")}
    try:
        yield from flat(READERS[name](documents(MemoryStore(known))))
    except InputError as refused:
        yield "refused", refused.sentence


def changes(name: str, text: str) -> Iterator[tuple[str, str]]:
    yield "no row", "\n"
    if name.endswith(".csv"):
        yield from changed_cells(text)
    else:
        yield from changed_lines(text)


def changed_cells(text: str) -> Iterator[tuple[str, str]]:
    head, first, *others = csv.reader(io.StringIO(text))
    for at, column in enumerate(head):
        for odd in dict.fromkeys((*ODD, *(row[at] for row in others))):
            if odd != first[at]:
                yield f"{column} {odd or 'empty'}", as_csv([head, [*first[:at], odd, *first[at + 1 :]], *others])
        yield f"no {column}", as_csv([row[:at] + row[at + 1 :] for row in (head, first, *others)])
    yield "a row twice", as_csv([head, first, *others, first])
    yield "a cell too many", as_csv([head, [*first, "x"], *others])
    yield "a column too many", as_csv([[*head, "more"], first, *others])


def as_csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def changed_lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line gone, and its value otherwise; a key that nobody knows."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        rest = [*lines[:at], *lines[at + 1 :]]
        yield f"no line {line.strip()}", "\n".join(rest) + "\n"
        found = re.match(r"(\s*(?:- )?[\w.]+\s*[:=] ?)(?=\S)", line)
        if not found:
            continue
        unknown = re.sub(r"[\w.]+", "unknown", found[1], count=1)
        written = {f"{unknown.strip()} for {line.strip()}": unknown + line[found.end() :]}
        for odd in ODD_LINES:
            quoted = "=" in found[1] and not odd.isdigit() and odd != "[]"
            written[f"{found[1].strip()} {odd or 'empty'}"] = found[1] + (f'"{odd}"' if quoted else odd)
        for change, instead in written.items():
            yield change, "\n".join([*lines[:at], instead, *lines[at + 1 :]]) + "\n"


def main() -> None:
    LAYOUTS.write_text(layouts(), encoding="utf-8")
    for name in READERS:
        (FOLDER / file_of(name)).write_text(told(name), encoding="utf-8")


def file_of(name: str) -> str:
    return f"{name.replace('/', '-').replace('.', '-')}.txt"


if __name__ == "__main__":
    main()
