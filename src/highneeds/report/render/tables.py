"""A Table as CSV, as JSON, or for a person at a terminal."""

import csv
import io
import json
from typing import Any

from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.harmless import harmless
from highneeds.vocabulary.table import Table


def as_csv(table: Table) -> str:
    """Tidy CSV: a header row, then one row per record; a missing value is an empty cell."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows((table.columns, *table.rows))
    return out.getvalue()


def csv_for_people(table: Table) -> bytes:
    """The same as a file for people: with the mark by which a spreadsheet shows £, and no text that it would run."""
    rows = [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    return as_csv(Table.of(table.columns, rows)).encode("utf-8-sig")


def as_json(table: Table) -> str:
    """A list of records; a missing value is null, and a date or decimal is its text."""
    return json.dumps(table.records(), ensure_ascii=False, indent=1, default=str) + "\n"


def as_text(table: Table, most: int = 200) -> str:
    """Columns lined up for a terminal; numbers to the right. Says how many rows are left out."""
    shown = [[_cell(cell) for cell in row] for row in table.rows[:most]]
    widths = [max(len(row[i]) for row in [list(table.columns), *shown]) for i in range(len(table.columns))]
    numeric = [all(isinstance(row[i], int | float | None) for row in table.rows) for i in range(len(widths))]
    lines = [_line(list(table.columns), widths, numeric), _line(["-" * width for width in widths], widths, numeric)]
    lines += [_line(row, widths, numeric) for row in shown]
    if len(table.rows) > most:
        lines.append(f"... and {counted(len(table.rows) - most, 'more row')}; --format csv gives them all")
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
