"""What SEN transport cost outside the DSG: shown beside every scenario, in no account."""

from dataclasses import dataclass
from datetime import date

from highneeds.intake.csvfile import read_csv
from highneeds.intake.ledger.amounts import pence_or_none
from highneeds.intake.workspace.known_on import document_days, known_on, newest_known
from highneeds.store.place import Place
from highneeds.vocabulary.period import FinancialYear

FILE = "finance/transport.csv"


@dataclass(frozen=True)
class TransportRow:
    """The cost of a financial year, in pence, where it stands, and the day on which it became known."""

    year: FinancialYear
    amount: int
    source: str
    known_on: date | None = None


def read_transport(folder: Place, day: date | None = None) -> tuple[TransportRow, ...]:
    """finance/transport.csv of a workspace (year, amount_gbp, source) by year; nothing where it is not there.

    day   what is known on it; every row where it is not given. Of a restated year the newest row counts
    """
    if not (folder / FILE).exists():
        return ()
    days = document_days(folder)
    found = [
        TransportRow(
            FinancialYear.parse(row["year"], row.place("year")),
            amount,
            row["source"] or str(row.where),
            known_on(row, row["source"], days),
        )
        for row in read_csv(folder / FILE, ("year", "amount_gbp", "source"), name=FILE)
        if (amount := pence_or_none(row, "amount_gbp")) is not None
    ]
    return tuple(sorted(newest_known(found, lambda one: one.year, day), key=lambda one: one.year.start))
