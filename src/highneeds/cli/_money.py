"""Money in a table on its way out: pounds and pence as text in CSV, as numbers in JSON, with commas for people."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from highneeds.cli._command import Format
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.table import Table


def as_asked(table: Table, format: Format) -> Table:
    """The same table with its amounts as the format wants them; nothing else changes."""
    shown = {Format.JSON: float, Format.TEXT: _for_people, Format.CSV: str}[format]
    rows = tuple(tuple(_cell(cell, shown) for cell in row) for row in table.rows)
    return replace(table, rows=_to_the_right(table, rows) if format is Format.TEXT else rows)


def _cell(cell: Any, shown: Any) -> Any:
    return shown(cell) if isinstance(cell, Decimal) else cell


def _for_people(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    return with_commas(value, -exponent if isinstance(exponent, int) else 0)


def _to_the_right(table: Table, rows: tuple[tuple[Any, ...], ...]) -> tuple[tuple[Any, ...], ...]:
    """Amounts end under one another, so that a reader can add them up by eye."""
    widths = [max([len(name), *(len(str(row[i] or "")) for row in rows)]) for i, name in enumerate(table.columns)]
    return tuple(
        tuple(
            text.rjust(width) if isinstance(cell, Decimal) else text
            for text, cell, width in zip(shown, row, widths, strict=True)
        )
        for shown, row in zip(rows, table.rows, strict=True)
    )
