"""Reserves beside the account: what carrying the deficit costs, and whether the contributions can be afforded."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.account.amount import Amount, known, missing, total
from highneeds.account.exposure.override import financing_cost
from highneeds.account.payments.ledger import PaymentLedger
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source


@dataclass(frozen=True)
class ReserveYear:
    """One year that the register of reserves gives, in the order of the years.

    usable         reserves at its 31 March, as planned with the contributions taken out
    contribution   what the council owes the account in the year
    financing      interest on the deficit carried through the year
    """

    year: FinancialYear
    usable: Amount
    contribution: Amount
    financing: Amount

    @property
    def is_affordable(self) -> bool | None:
        """Whether reserves stay above nil after contribution and interest; no answer where a part is not known."""
        left = self.usable - self.contribution - self.financing
        return None if left.pence is None else left.pence >= 0


def reserve_years(
    rows: Sequence[RegisterRow], payments: PaymentLedger, closings: Sequence[tuple[FinancialYear, Amount]]
) -> tuple[ReserveYear, ...]:
    """Every year of the register. `closings` are the deficits at the ends of years, where they are known."""
    at = dict(closings)
    return tuple(_year(row, payments, at) for row in sorted(rows, key=lambda row: row["financial_year"]))


def usable_at(rows: Sequence[RegisterRow], year: FinancialYear) -> Amount:
    """Usable reserves at the end of a year."""
    for row in rows:
        if row["financial_year"] == year:
            return known(row["usable_gbp"], Source(row["source"]))
    return missing(Note.of("amount.no_reserves", year=str(year)))


def _year(row: RegisterRow, payments: PaymentLedger, at: dict[FinancialYear, Amount]) -> ReserveYear:
    year: FinancialYear = row["financial_year"]
    due = [one.due for one in payments.of("council") if one.year == year]
    owed = total(due) if due else missing(Note.of("amount.no_contribution", year=str(year)))
    begin, end = (at.get(one, missing(Note.of("amount.no_deficit", year=str(one)))) for one in (year.plus(-1), year))
    rate = row["rate_percent"]
    usable, no_rate = (
        known(row["usable_gbp"], Source(row["source"])),
        missing(Note.of("amount.no_rate", year=str(year))),
    )
    return ReserveYear(year, usable, owed, no_rate if rate is None else financing_cost(begin, end, rate))
