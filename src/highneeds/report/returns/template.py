"""Filling a template whose cells are not public: a mapping from row label to measure, which is suggested and then kept.

A row is known by the words in its label; what is not mapped stays as it is and is said.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl

from highneeds.report.render.tables import csv_for_people
from highneeds.report.returns.quarterly_checks import (
    COUNCIL_CELL,
    COVER,
    TEMPLATE,
    YEAR_CELL,
    CheckOutcome,
    check_cell,
    check_sheet_name,
    year_words,
)
from highneeds.report.words import returns as words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table

LABEL_COLUMN = 2
HEAD_ROWS = 12
ALIKE = 0.5
"""At least half of the words of a label and of a measure's title must be the same before one is suggested for
the other."""
LITTLE = frozenset(
    {"of", "the", "and", "in", "with", "a", "an", "for", "by", "at", "to", "per", "number", "no", "total", "overall"}
    | {"percentage", "percent", "cent", "pct", "share"}
)
DECISIVE = frozenset(
    {"agreed", "declined", "refused", "overdue", "without", "waiting", "ceased", "ended", "new", "issued", "issue"}
    | {"underway", "moving", "planned", "agreement", "after", "average", "cost"}
)
"""Words that make another figure: a label that lacks one of a title, or has one more, is not called alike."""
SHARE = re.compile(r"%|\bper ?cent|\bpercentage|\bpct\b|\bshare\b|\bproportion\b|\brate\b", re.IGNORECASE)
"""A row that asks for a share takes no number of children."""
PLAN = re.compile(r"education,? health,? and care plans?|ehc plans?|ehcps?(?:'s)?")
ALSO_CALLED = {"cumulative": "accumulated", "closing": "accumulated", "overspend": "position"}
"""What templates of DfE call otherwise than this package does."""
QUARTER_OF_MONTH = {"June": "Q1", "September": "Q2", "December": "Q3", "March": "Q4"}


@dataclass(frozen=True)
class ReturnMeasure:
    """A figure that a return may ask for.

    value   None where there is none, and `reason` says why; else `reason` says of when it is, or where it comes from
    called  what else a template may call it
    """

    id: str
    title: str
    value: Decimal | None
    reason: str = ""
    called: tuple[str, ...] = ()

    def as_written(self) -> str:
        """What stands beside it in the list of rows: 'Number of annual reviews overdue, Jan 2025'."""
        return ", ".join(part for part in (self.title, self.reason) if part)


@dataclass(frozen=True)
class FilledRow:
    """One labelled row of a template: which measure it takes, and what was written, or why nothing was."""

    label: str
    cell: str
    measure: str
    written: str
    note: str


@dataclass(frozen=True)
class FilledTemplate:
    """The workbook, what became of each row, the mapping to keep, and what DfE's checks would refuse."""

    data: bytes
    rows: tuple[FilledRow, ...]
    mapping: Mapping[str, str]
    problems: tuple[str, ...]


def rows_listed(filled: FilledTemplate) -> bytes:
    """What was done with each row, as a file for people: the labels are of somebody else's workbook."""
    rows = ((one.label, one.cell, one.measure, one.written, one.note) for one in filled.rows)
    return csv_for_people(Table.of(("label", "cell", "measure", "written", "note"), rows, "Rows of the template"))


def fill_quarterly(
    template: bytes,
    where: str,
    measures: Sequence[ReturnMeasure],
    kept: Mapping[str, str],
    council_code: str,
    council: str,
    day: date,
    version: str,
) -> FilledTemplate:
    """Write the council, the year and every mapped figure of the quarter; whatever else the template holds stays."""
    book = opened(template, where)
    problems = [f"{name}: {check_sheet_name(name).why}" for name in book.sheetnames if _refused(name)]
    if TEMPLATE not in book.sheetnames or COVER not in book.sheetnames:
        missing = ", ".join(name for name in (COVER, TEMPLATE) if name not in book.sheetnames)
        raise InputError("The template has no such sheet", where=f"{where}, {missing}", remedy="Use DfE's template")
    book[COVER][COUNCIL_CELL] = f"{council_code} {council}"
    sheet = book[TEMPLATE]
    sheet[YEAR_CELL] = year_words(day)
    column = quarter_column(sheet, version.partition("-")[0])
    by_id = {one.id: one for one in measures}
    rows, mapping = [], dict(kept)
    for row, label in labels(sheet):
        mapping.setdefault(label, suggested(label, measures))
        rows.append(_filled(sheet, row, column, label, by_id.get(mapping[label])))
    problems += _problems(book, council_code)
    out = io.BytesIO()
    book.save(out)
    return FilledTemplate(out.getvalue(), tuple(rows), mapping, tuple(problems))


def opened(template: bytes, where: str) -> Any:
    try:
        return openpyxl.load_workbook(io.BytesIO(template))
    except Exception:  # the reader raises a dozen kinds of error for what is no workbook
        raise InputError("This is no Excel workbook", where=where, remedy="Give the template as .xlsx") from None


def _refused(name: str) -> bool:
    """A sheet whose name is one of the two but for capitals or spaces."""
    meant = name.strip().lower() in (COVER.lower(), TEMPLATE.lower())
    return meant and check_sheet_name(name).outcome is CheckOutcome.REFUSED


def labels(sheet: Any) -> list[tuple[int, str]]:
    """(row, words) of every label in column B below the year."""
    found = []
    for row in range(6, sheet.max_row + 1):
        value = sheet.cell(row=row, column=LABEL_COLUMN).value
        if isinstance(value, str) and value.strip():
            found.append((row, " ".join(value.split())))
    return found


def quarter_column(sheet: Any, quarter: str) -> int:
    """The column whose head names the quarter, as a month or as Q1 to Q4; else the first one after the labels."""
    wanted = (quarter.lower(), QUARTER_OF_MONTH.get(quarter, "").lower())
    for row in range(1, min(HEAD_ROWS, sheet.max_row) + 1):
        for column in range(LABEL_COLUMN + 1, sheet.max_column + 1):
            words = re.findall(r"[a-z0-9]+", str(sheet.cell(row=row, column=column).value or "").lower())
            if any(one and one in words for one in wanted):
                return column
    return LABEL_COLUMN + 1


def suggested(label: str, measures: Iterable[ReturnMeasure]) -> str:
    """The measure one of whose titles shares most words with a label; '' where none shares enough.

    A label that asks for a share takes none but a share; one that does not takes a number before a share. Of two that
    are equally near the first is taken.
    """
    share = SHARE.search(label) is not None
    scored = [
        (-_alike(label, title), is_share != share, place, one.id)
        for place, one in enumerate(measures)
        for title in (one.title, *one.called)
        if (is_share := SHARE.search(one.title) is not None) or not share
    ]
    score, _, _, best = min(scored, default=(0.0, False, 0, ""))
    return best if -score >= ALIKE else ""


def _alike(one: str, other: str) -> float:
    mine, others = _words(one), _words(other)
    if (mine ^ others) & DECISIVE:
        return 0.0
    return len(mine & others) / max(len(mine | others), 1)


def _words(text: str) -> frozenset[str]:
    """The words that count, in the singular, each by its one name."""
    words = re.findall(r"[a-z0-9]+", PLAN.sub(" plan ", text.lower()))
    single = (word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words)
    return frozenset(ALSO_CALLED.get(word, word) for word in single) - LITTLE


def _filled(sheet: Any, row: int, column: int, label: str, measure: ReturnMeasure | None) -> FilledRow:
    cell = sheet.cell(row=row, column=column)
    if measure is None:
        return FilledRow(label, cell.coordinate, "", "", words.NOT_MAPPED)
    if measure.value is None:
        return FilledRow(label, cell.coordinate, measure.id, "", measure.reason or words.NO_FIGURE)
    if cell.value not in (None, ""):
        return FilledRow(label, cell.coordinate, measure.id, "", words.ALREADY_FILLED)
    cell.value = written_value(measure.value)
    return FilledRow(label, cell.coordinate, measure.id, str(measure.value), measure.as_written())


def written_value(value: Decimal) -> int | float:
    """A number as a workbook keeps it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _problems(book: Any, council_code: str) -> list[str]:
    """What DfE's checks would refuse in the filled workbook."""
    found = []
    for sheet in (COVER, TEMPLATE):
        for row in book[sheet].iter_rows():
            for cell in row:
                value = "" if cell.value is None else str(cell.value)
                check = check_cell(sheet, cell.coordinate, value, council_code)
                if check.outcome is CheckOutcome.REFUSED:
                    found.append(f"{sheet} {cell.coordinate}: {check.why}")
    return found


def read_mapping(data: bytes) -> dict[str, str]:
    """Label -> measure id, as kept."""
    return {row["label"]: row["measure"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}


def written_mapping(mapping: Mapping[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("label", "measure"))
    writer.writerows(mapping.items())
    return out.getvalue().encode()
