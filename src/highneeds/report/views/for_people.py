"""The account as people read it: a row a measure, a column a year, only what there is; then what there is not."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.rounding import pounds, with_commas
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit
from highneeds.vocabulary.words import listed

BALANCES = ("in_year_before_contributions_gbp", "in_year_after_contributions_gbp", "closing_deficit_gbp")
"""Measures that are a deficit or an overspend; what is below nil of them is a surplus."""
WHOLE = "Over all years"
"""The column of what is of no one year, such as the year of break-even."""
YEAR, MEASURE, VALUE, UNIT = range(4)


def for_people(account: Table) -> tuple[Table, str]:
    """The contract's table, (financial_year, measure, value, unit, ...), as a table by year and one sentence.

    A measure without a figure in any year, and a year without any figure, stand in the sentence and not in the table.
    """
    rows = [row for row in account.rows if row[VALUE] is not None and row[VALUE] != ""]
    years = _each(row[YEAR] or WHOLE for row in rows)
    measures = _each(row[MEASURE] for row in rows)
    cells = {(row[MEASURE], row[YEAR] or WHOLE): _shown(row) for row in rows}
    table = Table.of(
        ("measure", *years),
        [(words_of(measure), *(cells.get((measure, year), "") for year in years)) for measure in measures],
        account.title,
    )
    return table, _missing(account, years, measures)


def two_decimals(table: Table) -> Table:
    """Fractions to two decimals for a screen; files carry the figures unrounded."""
    rows = [[round(cell, 2) if isinstance(cell, float) else cell for cell in row] for row in table.rows]
    return Table.of(table.columns, rows)


def words_of(measure: str) -> str:
    """'in_year_before_contributions_gbp' -> 'In year before contributions'."""
    name = ColumnName(measure)
    plain = f"{name.plain}, per cent" if name.unit is Unit.PERCENT else name.plain
    return plain[:1].upper() + plain[1:]


def _shown(row: Sequence[Any]) -> str:
    if row[UNIT] == "gbp" and isinstance(row[VALUE], Decimal | int):
        surplus = row[VALUE] < 0 and row[MEASURE] in BALANCES
        return f"{pounds(-row[VALUE])} surplus" if surplus else pounds(row[VALUE])
    if row[UNIT] == "percent" and isinstance(row[VALUE], Decimal | float | int):
        return f"{with_commas(row[VALUE], 1)}%"
    return str(row[VALUE])


def _missing(account: Table, years: Sequence[str], measures: Sequence[str]) -> str:
    """'Not known: the closing deficit of any year; anything of 2027-28 and 2028-29.' '' where nothing is missing."""
    no_year = [year for year in _each(row[YEAR] for row in account.rows if row[YEAR]) if year not in years]
    no_measure = [words_of(one).lower() for one in _each(row[MEASURE] for row in account.rows) if one not in measures]
    parts = []
    if no_measure:
        parts.append(f"{listed(no_measure)} of any year")
    if no_year:
        parts.append(f"anything of {listed(no_year)}")
    return f"Not known: {'; '.join(parts)}." if parts else ""


def _each(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
