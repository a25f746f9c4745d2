"""finance/positions.csv: which fact states which figure of the account, for which year and in which layer."""

from dataclasses import dataclass
from enum import StrEnum

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.values import code, text
from highneeds.store.place import Place
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

POSITIONS_BEGIN_WITH = ("financial_year", "layer", "measure", "fact", "sum", "note")
"""The columns of a file that the product begins."""


class Layer(StrEnum):
    """What was agreed is never overwritten; the latest view and what was achieved stand beside it."""

    AGREED = "agreed"
    LATEST = "latest"
    ACHIEVED = "achieved"
    WITHOUT = "without_agreement"


MEASURES = (
    "in_year_before_contributions_gbp",
    "closing_deficit_gbp",
    "cumulative_gap_gbp",
    "dfe_payment_gbp",
    "council_contribution_gbp",
)


@dataclass(frozen=True)
class PositionRow:
    """fact      id of a row of facts.csv or later_published_facts.csv
    is_nil    True where the fact is a goal date and the sum at it is nil
    """

    year: FinancialYear
    layer: Layer
    measure: str
    fact: str
    is_nil: bool
    where: Source


def read_positions(path: Place) -> tuple[PositionRow, ...]:
    """The rows in order. Several facts may state one thing; the account holds them against each other."""
    columns = ("financial_year", "layer", "measure", "fact")
    return tuple(_row(row) for row in read_csv(path, columns, optional=("sum", "note"), name="finance/positions.csv"))


def _row(row: CsvRow) -> PositionRow:
    return PositionRow(
        FinancialYear.parse(row["financial_year"], row.place("financial_year")),
        Layer(code(row, "layer", [layer.value for layer in Layer])),
        code(row, "measure", MEASURES),
        text(row, "fact"),
        code(row, "sum", ("nil",)) == "nil" if row["sum"] else False,
        row.where,
    )
