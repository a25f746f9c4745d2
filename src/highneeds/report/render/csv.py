"""A Document as tidy CSV: one file per table, those of the charts included, the words, and an index of them all."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from highneeds.report.blocks import DataTable, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.document import ReportDocument
from highneeds.report.render.flat import distinct, flat, group_cells, group_heads, key_name, lines
from highneeds.vocabulary.harmless import harmless

MARKED = "\ufeff"
INDEX, WORDS = "index.csv", "words.csv"


def render(document: ReportDocument) -> dict[str, bytes]:
    """File name -> bytes, UTF-8 with the mark by which Excel knows it, so that it shows £ as £.

    Figures are exact and bare (53000000, not £53m); a gap is empty, with its state.
    """
    files = {INDEX: _index(document), WORDS: _words(document)}
    for _, table in document.tables():
        files[f"{table.id}.csv"] = tidy(table)
    return files


def tidy(table: DataTable) -> bytes:
    """One observation a row: columns that are values of one variable (months) go below one another."""
    return _tall(table) if any(column.of for column in table.columns) else _wide(table)


def _wide(table: DataTable) -> bytes:
    laid = flat(table)
    heads = distinct([key_name(name) for name in laid.columns])
    return _bytes([heads, *([_value(cell) for cell in row] for row in laid.rows)])


def _tall(table: DataTable) -> bytes:
    """The columns that stand still, then the variable, its value exact and as shown, unit, state and note."""
    variable = _one_variable(table)
    still = [place for place, column in enumerate(table.columns) if not column.of]
    group = [key_name(name) for name in group_heads(table)]
    heads = [*group, *(key_name(table.columns[place].head) for place in still), key_name(variable)]
    rows: list[Sequence[str | Cell]] = [distinct([*heads, "value", "shown", "unit", "state", "note"])]
    for head, row in table.grouped_rows():
        fixed = [exact(cell) for cell in (*group_cells(table, head), *(row.cells[place] for place in still))]
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.of:
                rows.append([*fixed, *_observation(column, cell)])
    return _bytes(rows)


def _observation(column: TableColumn, cell: Cell) -> list[str | Cell]:
    return [column.key or column.name, exact(cell), cell, cell.unit, cell.state.value, cell.note]


def _one_variable(table: DataTable) -> str:
    names = {column.of for column in table.columns if column.of}
    if len(names) != 1:
        raise ValueError(f"Table {table.id}: its columns run over {' and '.join(sorted(names))}; a tidy table over one")
    return names.pop()


def _value(cell: Cell) -> str | Cell:
    """As `exact`; a figure that carries its unit with it stays a figure of ours."""
    return cell if cell.shown is not None and not cell.is_number else exact(cell)


def exact(cell: Cell) -> str:
    """The value for a machine: no commas, no signs of money, nothing where there is none."""
    if cell.value is None:
        return ""
    return f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value)


def _index(document: ReportDocument) -> bytes:
    about = ("council", "period", "date", "version", "fingerprint", "synthetic")
    same = [document.council, document.period, document.date.isoformat(), document.version, document.fingerprint]
    same.append("yes" if document.synthetic else "no")
    rows: list[Sequence[str]] = [("file", "title", "section", "rows", "source", *about)]
    for section, table in document.tables():
        count = sum(1 for _ in table.grouped_rows())
        rows.append((f"{table.id}.csv", table.title, section.title, str(count), table.source, *same))
    rows.append((WORDS, "The words of the report", "", str(sum(1 for _ in lines(document))), "", *same))
    return _bytes(rows)


def _words(document: ReportDocument) -> bytes:
    return _bytes([("section", "kind", "text"), *((line.section, line.kind, line.text) for line in lines(document))])


def _bytes(rows: Iterable[Sequence[str | Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_written(one) for one in row] for row in rows)
    return MARKED.encode() + out.getvalue().encode()


def _written(one: str | Cell) -> str:
    """A figure of ours as it is shown, '+0.4 points'; anything else so that no spreadsheet runs it."""
    if isinstance(one, str):
        return harmless(one)
    return harmless(one.text) if one.shown is None else one.text
