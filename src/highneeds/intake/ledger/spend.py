"""SPEND.csv: what was spent, by financial year and line, and by period where the council keeps it so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import pence_or_none, refuse_row_of_another
from highneeds.intake.values import text
from highneeds.intake.workspace.known_on import COLUMN, known_on
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

LAST_PERIOD = 12
SPEND_KEYS = ("year", "line", "month")
SPEND_BEGINS_WITH = (*SPEND_KEYS, "amount_gbp", "budget_gbp", "source", "note")
"""The columns of a file that the product begins."""


@dataclass(frozen=True)
class SpendRow:
    """One sum spent. period: 1 (April) to 12 (March), None for the whole year; pence, None where the cell is empty."""

    year: FinancialYear
    line: str
    period: int | None
    amount: int | None
    budget: int | None
    where: Source
    known_on: date | None = None


def read_spend(path: Place, la_number: str = "", name: str = "") -> tuple[SpendRow, ...]:
    """Every version of every sum, in the order of the file.

    A sum that was restated has a further row with its own `known_on`; two rows of one sum and one day are refused.

    la_number   of the council whose spend it is; a row that names another is refused
    name        what to call the file, by its path in the workspace; its own name where it stands in none
    """
    optional = ("month", "budget_gbp", "note", "source", "la_number", COLUMN)
    known: dict[tuple[FinancialYear, str, int | None, date], SpendRow] = {}
    for row in read_csv(path, ("year", "line", "amount_gbp"), optional=optional, name=name):
        refuse_row_of_another(row, la_number)
        one = _row(row)
        first = known.setdefault((one.year, one.line, one.period, one.known_on or date.min), one)
        if first is not one:
            _refuse_twice(one, first)
    rows = tuple(known.values())
    _not_both_ways(rows)
    return rows


def spend_known(rows: Iterable[SpendRow], day: date | None = None) -> tuple[SpendRow, ...]:
    """One row a sum, as it was known on the day; the newest where no day is given.

    A restated row gives what stands in it, and its empty cell keeps what was known before. A line that was given whole
    and later by period, or the other way about, is given in the later way.
    """
    found: dict[tuple[FinancialYear, str, int | None], SpendRow] = {}
    known = [one for one in rows if day is None or one.known_on is None or one.known_on <= day]
    for one in sorted(known, key=lambda one: one.known_on or date.min):
        there = found.get((one.year, one.line, one.period))
        if there is not None:
            one = replace(
                one,
                amount=there.amount if one.amount is None else one.amount,
                budget=there.budget if one.budget is None else one.budget,
            )
        found[one.year, one.line, one.period] = one
    newest = tuple(found.values())
    return tuple(one for one in newest if not _is_overtaken(one, newest))


def _is_overtaken(one: SpendRow, rows: Sequence[SpendRow]) -> bool:
    """True for a sum of a whole year whose periods became known later, and for a period whose year did."""
    if one.amount is None:
        return False
    others = [
        other.known_on or date.min
        for other in rows
        if (other.year, other.line) == (one.year, one.line)
        and (other.period is None) is not (one.period is None)
        and other.amount is not None
    ]
    return any(day > (one.known_on or date.min) for day in others)


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


def period_of(text: str, where: str | Source) -> int:
    """'P1' (April) to 'P12' (March) as a number."""
    found = re.fullmatch(r"[Pp]?0?(\d{1,2})", text)
    if not found or not 1 <= int(found[1]) <= LAST_PERIOD:
        raise InputError(
            f"'{text}' is no period of the year", where=where, remedy="Write P1 for April to P12 for March"
        )
    return int(found[1])


def _refuse_twice(one: SpendRow, first: SpendRow) -> None:
    period = f" P{one.period}" if one.period else ""
    raise InputError(
        f"There are two values for {one.line} in {one.year}{period}, the first at {first.where}",
        where=one.where,
        remedy=f"Add them together, correct one, or write in {COLUMN} from which day the restated one holds",
    )


def _not_both_ways(rows: Sequence[SpendRow]) -> None:
    """A line of a year is given whole or by period, not both from one day on; its budget may stand whole beside."""
    whole = {(row.year, row.line, row.known_on): row for row in rows if row.period is None and row.amount is not None}
    for row in rows:
        first = whole.get((row.year, row.line, row.known_on))
        if first and row.period is not None:
            raise InputError(
                f"{row.line} in {row.year} is given for the whole year at {first.where} and by month here",
                where=row.where,
                remedy=f"Keep one of the two, or write in {COLUMN} from which day the later one holds",
            )
