"""YEARS.csv: what each financial year was allotted, promised and paid."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import pence_or_none, refuse_row_of_another
from highneeds.intake.workspace.known_on import COLUMN, known_on
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

MONEY = (
    "allocation_gbp",
    "block_transfer_in_gbp",
    "dfe_payment_due_gbp",
    "dfe_payment_received_gbp",
    "council_contribution_gbp",
    "plan_in_year_before_gbp",
    "plan_dfe_payment_gbp",
    "plan_council_contribution_gbp",
    "plan_closing_deficit_gbp",
)
YEARS_BEGIN_WITH = ("year", *MONEY, "source", "note")
"""The columns of a file that the product begins."""


@dataclass(frozen=True)
class YearRow:
    """One financial year. Sums are whole pence; None where the cell is empty.

    allocation              high needs block after deductions
    block_transfer_in       moved in from other blocks; out is negative
    plan_in_year_before     planned overspend before DfE payments and council contributions
    plan_closing_deficit    as printed in the agreement, if it is printed
    where                   file and line
    known_on                the day on which it became known; None where the row says none, so that it is always known
    """

    year: FinancialYear
    where: Source
    allocation_gbp: int | None = None
    block_transfer_in_gbp: int | None = None
    dfe_payment_due_gbp: int | None = None
    dfe_payment_received_gbp: int | None = None
    council_contribution_gbp: int | None = None
    plan_in_year_before_gbp: int | None = None
    plan_dfe_payment_gbp: int | None = None
    plan_council_contribution_gbp: int | None = None
    plan_closing_deficit_gbp: int | None = None
    known_on: date | None = None


def read_years(path: Place, la_number: str = "", name: str = "") -> tuple[YearRow, ...]:
    """Every version of every year, by year and the day it became known. An empty cell is missing, not zero.

    A year that was restated has a further row with its own `known_on`; two rows of one year and one day are refused.
    A header alone is an account that nobody has begun.

    la_number   of the council whose account it is; a row that names another is refused
    name        what to call the file, by its path in the workspace; its own name where it stands in none
    """
    rows: dict[tuple[FinancialYear, date], YearRow] = {}
    for row in read_csv(path, ("year", *MONEY), optional=("note", "source", "la_number", COLUMN), name=name):
        refuse_row_of_another(row, la_number)
        one = _year(row)
        first = rows.setdefault((one.year, one.known_on or date.min), one)
        if first is not one:
            raise InputError(
                f"The year {one.year} stands at {first.where} already",
                where=row.where,
                remedy=f"Keep one row for each year, or write in {COLUMN} from which day this one holds",
            )
    return tuple(rows[key] for key in sorted(rows))


def years_known(rows: Iterable[YearRow], day: date | None = None) -> tuple[YearRow, ...]:
    """One row a year, as it was known on the day; the newest where no day is given.

    A restated row gives what stands in it; its empty cells keep what was known before.
    """
    found: dict[FinancialYear, YearRow] = {}
    for one in sorted(rows, key=lambda one: (one.year, one.known_on or date.min)):
        if day is not None and one.known_on is not None and one.known_on > day:
            continue
        there = found.get(one.year)
        restated = {name: value for name in MONEY if (value := getattr(one, name)) is not None}
        found[one.year] = one if there is None else replace(there, where=one.where, known_on=one.known_on, **restated)
    return tuple(found.values())


def _year(row: CsvRow) -> YearRow:
    year = FinancialYear.parse(row["year"], row.place("year"))
    sums = {column: pence_or_none(row, column) for column in MONEY}
    return YearRow(year, row.where, **sums, known_on=known_on(row, "", {}))
