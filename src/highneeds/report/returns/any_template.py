"""Filling an Excel template of DfE whose cells we do not know: every sheet, by the words of its rows.

What is written where is a mapping from "sheet: label" to a measure, suggested once, kept, and changed by the council.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from highneeds.report.evidence import Evidence
from highneeds.report.returns.quarterly import QuarterlyReturn, measures_of
from highneeds.report.returns.template import (
    FilledRow,
    FilledTemplate,
    ReturnMeasure,
    opened,
    rows_listed,
    suggested,
    written_value,
)
from highneeds.report.words import returns as words

HEAD_ROWS = 15
"""So many rows from the top are searched for the year; templates of DfE have their guidance above the table."""
YEAR = re.compile(r"\b(20\d\d)\D{1,4}(?:20)?(\d\d)\b")


def filled_template(
    evidence: Evidence, kind: str, template: bytes, where: str, kept: Mapping[str, str]
) -> QuarterlyReturn:
    """The template under its own name, and a list of what was done with each of its rows."""
    year = str(evidence.workspace.council.report.current_year)
    filled = fill_any(template, where, measures_of(evidence), kept, year)
    return QuarterlyReturn({where: filled.data, f"{kind}-rows.csv": rows_listed(filled)}, filled)


def fill_any(
    template: bytes, where: str, measures: Sequence[ReturnMeasure], kept: Mapping[str, str], year: str
) -> FilledTemplate:
    """Write every mapped figure beside its label, under the year where the sheet has it; all else stays as it is."""
    book = opened(template, where)
    by_id = {one.id: one for one in measures}
    rows, mapping = [], dict(kept)
    for sheet in book.worksheets:
        column, no_year = year_column(sheet, year), ""
        if column is None and has_years(sheet):
            no_year = words.no_column_of(year)
        for row, at, label in labels_of(sheet):
            name = f"{sheet.title}: {label}"
            mapping.setdefault(name, suggested(label, measures))
            cell = sheet.cell(row=row, column=max(column or 0, at + 1))
            rows.append(_filled(cell, name, by_id.get(mapping[name]), no_year))
    out = io.BytesIO()
    book.save(out)
    return FilledTemplate(out.getvalue(), tuple(rows), mapping, ())


def year_column(sheet: Any, year: str) -> int | None:
    """The column whose head names the financial year, as '2025-26', '2025/26' or '2025 to 26'; None without one."""
    return next((column for row in _years(sheet) for column, named in row if named == year), None)


def has_years(sheet: Any) -> bool:
    """True where columns are headed by years: a figure of another year belongs under none of them."""
    return any(len(row) > 1 for row in _years(sheet))


def _years(sheet: Any) -> Iterator[list[tuple[int, str]]]:
    """Row by row the columns whose head names a financial year, and which."""
    for row in sheet.iter_rows(min_row=1, max_row=min(HEAD_ROWS, sheet.max_row)):
        found = ((int(cell.column), YEAR.search(str(cell.value or ""))) for cell in row if cell.value is not None)
        yield [(column, f"{year[1]}-{year[2]}") for column, year in found if year]


def labels_of(sheet: Any) -> Iterator[tuple[int, int, str]]:
    """(row, column, words) of the first words of every row that has an empty cell to their right."""
    for row in sheet.iter_rows():
        for place, cell in enumerate(row):
            if isinstance(cell.value, str) and re.search(r"[A-Za-z]{3}", cell.value) and not cell.value.startswith("="):
                if any(other.value in (None, "") for other in row[place + 1 :]):
                    yield cell.row, cell.column, " ".join(cell.value.split())
                break


def _filled(cell: Any, label: str, measure: ReturnMeasure | None, no_year: str) -> FilledRow:
    if measure is None:
        return FilledRow(label, cell.coordinate, "", "", words.NOT_MAPPED)
    if no_year:
        return FilledRow(label, "", measure.id, "", no_year)
    if measure.value is None:
        return FilledRow(label, cell.coordinate, measure.id, "", measure.reason or words.NO_FIGURE)
    if cell.value not in (None, "") or type(cell).__name__ == "MergedCell":
        return FilledRow(label, cell.coordinate, measure.id, "", words.ALREADY_FILLED)
    cell.value = written_value(measure.value)
    return FilledRow(label, cell.coordinate, measure.id, str(measure.value), measure.as_written())
