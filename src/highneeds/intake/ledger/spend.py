"""SPEND.csv: what was spent, by financial year and line, and by period where the council keeps it so."""

import re
from dataclasses import dataclass
from datetime import date

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import pence_or_none, refuse_row_of_another
from highneeds.intake.values import text
from highneeds.intake.workspace.known_on import COLUMN, known_on
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

LAST_PERIOD = 12


@dataclass(frozen=True)
class SpendRow:
    """One sum spent. period: 1 (April) to 12 (March), None for the whole year; pence, None where the cell is empty."""

    year: FinancialYear
    line: str
    period: int | None
    amount: int | None
    budget: int | None
    where: str
    known_on: date | None = None


def read_spend(path: Place, la_number: str = "") -> tuple[SpendRow, ...]:
    """The rows in the order of the file. Two values for one year, line and period are refused.

    la_number   of the council whose spend it is; a row that names another is refused
    """
    known: dict[tuple[FinancialYear, str, int | None], SpendRow] = {}
    for row in read_csv(
        path, ("year", "line", "amount_gbp"), optional=("month", "budget_gbp", "note", "source", "la_number", COLUMN)
    ):
        refuse_row_of_another(row, la_number)
        one = _row(row)
        _not_twice(one, known)
        known[one.year, one.line, one.period] = one
    _not_both_ways(tuple(known.values()))
    return tuple(known.values())


def _row(row: CsvRow) -> SpendRow:
    return SpendRow(
        FinancialYear.parse(row["year"], row.place("year")),
        text(row, "line"),
        period_of(row["month"], row.place("month")) if row["month"] else None,
        pence_or_none(row, "amount_gbp"),
        pence_or_none(row, "budget_gbp"),
        row.where,
        known_on(row, "", {}),
    )


def period_of(text: str, where: str) -> int:
    """'P1' (April) to 'P12' (March) as a number."""
    found = re.fullmatch(r"[Pp]?0?(\d{1,2})", text)
    if not found or not 1 <= int(found[1]) <= LAST_PERIOD:
        raise InputError(
            f"'{text}' is no period of the year", where=where, remedy="Write P1 for April to P12 for March"
        )
    return int(found[1])


def _not_twice(one: SpendRow, known: dict[tuple[FinancialYear, str, int | None], SpendRow]) -> None:
    first = known.get((one.year, one.line, one.period))
    if first:
        period = f" P{one.period}" if one.period else ""
        raise InputError(
            f"There are two values for {one.line} in {one.year}{period}, the first at {first.where}",
            where=one.where,
            remedy="Add them together, or correct the year, line or month of one",
        )


def _not_both_ways(rows: tuple[SpendRow, ...]) -> None:
    """A line of a year is given whole or by period, not both; its budget may stand whole beside its periods."""
    whole = {(row.year, row.line): row for row in rows if row.period is None and row.amount is not None}
    for row in rows:
        first = whole.get((row.year, row.line))
        if first and row.period is not None:
            raise InputError(
                f"{row.line} in {row.year} is given for the whole year at {first.where} and by month here",
                where=row.where,
                remedy="Keep one of the two",
            )
