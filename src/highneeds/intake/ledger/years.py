"""YEARS.csv: what each financial year was allotted, promised and paid."""

from dataclasses import dataclass
from datetime import date

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import pence_or_none, refuse_row_of_another
from highneeds.intake.workspace.known_on import COLUMN, known_on
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

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
    where: str
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


def read_years(path: Place, la_number: str = "") -> tuple[YearRow, ...]:
    """The years in their order. A year that stands there twice is refused; an empty cell is missing, not zero.

    A header alone is an account that nobody has begun.

    la_number   of the council whose account it is; a row that names another is refused
    """
    rows: dict[FinancialYear, YearRow] = {}
    for row in read_csv(path, ("year", *MONEY), optional=("note", "source", "la_number", COLUMN), name=path.name):
        refuse_row_of_another(row, la_number)
        one = _year(row)
        if one.year in rows:
            raise InputError(
                f"The year {one.year} stands at {rows[one.year].where} already",
                where=row.where,
                remedy="Keep one row for each year",
            )
        rows[one.year] = one
    return tuple(rows[year] for year in sorted(rows))


def _year(row: CsvRow) -> YearRow:
    year = FinancialYear.parse(row["year"], row.place("year"))
    sums = {column: pence_or_none(row, column) for column in MONEY}
    return YearRow(year, row.where, **sums, known_on=known_on(row, "", {}))
