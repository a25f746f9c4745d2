"""What SEN transport cost outside the DSG: shown beside every scenario, in no account."""

from dataclasses import dataclass

from highneeds.intake.csvfile import read_csv
from highneeds.intake.ledger.amounts import pence_or_none
from highneeds.store.place import Place
from highneeds.vocabulary.period import FinancialYear

FILE = "finance/transport.csv"


@dataclass(frozen=True)
class TransportRow:
    """The cost of a financial year, in pence, and where it stands."""

    year: FinancialYear
    amount: int
    source: str


def read_transport(folder: Place) -> tuple[TransportRow, ...]:
    """finance/transport.csv of a workspace (year, amount_gbp, source) by year; nothing where it is not there."""
    if not (folder / FILE).exists():
        return ()
    found = [
        TransportRow(FinancialYear.parse(row["year"], row.place("year")), amount, row["source"] or str(row.where))
        for row in read_csv(folder / FILE, ("year", "amount_gbp", "source"), name=FILE)
        if (amount := pence_or_none(row, "amount_gbp")) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.year.start))
