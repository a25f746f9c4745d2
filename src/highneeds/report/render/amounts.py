"""Money in a table on its way out: pounds and pence as text in CSV, as numbers in JSON, with commas for people.

Nothing else of the table changes.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.table import Table


def as_texts(table: Table) -> Table:
    return replace(table, rows=_shown(table, str))


def as_numbers(table: Table) -> Table:
    return replace(table, rows=_shown(table, float))


def with_commas_for_people(table: Table) -> Table:
    return replace(table, rows=_to_the_right(table, _shown(table, _for_people)))


def _shown(table: Table, shown: Callable[[Decimal], Any]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(shown(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in table.rows)


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
