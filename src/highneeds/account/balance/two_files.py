"""Sums that two of the council's own files give: a difference is a finding, and neither file is preferred.

What documents print is held against what is typed by `typed.py`, documents against each other by `layers.py`, and the
allocation against the register of updates by `allocations.py`; here stand the other pairs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from highneeds.account.amount import Amount, total
from highneeds.account.balance.layers import MEASURES, LayerKey
from highneeds.account.balance.typed import agree
from highneeds.account.payments.ledger import Payment
from highneeds.account.stated import Stated, apart
from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.years import YearRow
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

PAYMENTS, TRANSFERS = Source("registers/payments.csv"), Source("registers/block_transfers.csv")
NO_CONSENT = "none_yet"
"""A transfer without consent has moved nothing."""
PAID_BY = (
    ("dfe", "due", "dfe_payment_due_gbp", "DfE payment due"),
    ("dfe", "received", "dfe_payment_received_gbp", "DfE payment received"),
    ("council", "due", "plan_council_contribution_gbp", "Council contribution agreed"),
    ("council", "received", "council_contribution_gbp", "Council contribution made"),
)
"""Payer and side of the register of payments -> the column of years.csv that states the same sum."""
PRINTED = {"dfe": "dfe_payment_gbp", "council": "council_contribution_gbp"}
PROMISED = (
    ("department_contribution", "plan_dfe_payment_gbp", "DfE payments agreed"),
    ("council_contribution", "plan_council_contribution_gbp", "Council contributions agreed"),
)
"""A total of the agreement -> the column of years.csv whose years add up to it."""


@dataclass(frozen=True)
class SamePair:
    """One sum as one file gives it, and as another does: `first` to the penny, `second` as exactly as it is stated."""

    about: str
    first: int
    first_at: Source
    second: Stated

    @property
    def finding(self) -> Finding | None:
        if agree(self.first, self.second):
            return None
        return Finding(
            "ACCOUNT-11",
            Severity.QUERY,
            self.first_at.document,
            self.first_at.line,
            self.about,
            "",
            f"{self.about}: {apart(self.first, self.second)}",
            "Correct the one that is wrong; each page shows the figure of the file that it is about.",
        )


def same_sums(
    years: Sequence[YearRow],
    payments: Sequence[Payment],
    transfers: Sequence[RegisterRow],
    printed: Mapping[LayerKey, Sequence[Stated]],
    promised: Mapping[str, Stated],
    term: tuple[FinancialYear, FinancialYear] | None,
) -> tuple[SamePair, ...]:
    """Every pair of files of a workspace that state the same sum.

    printed    what documents say of a year's payments
    promised   role of a figure of the agreement -> what it says
    term       the first and last year of the agreement; None without one
    """
    pairs = (
        *_payments_and_years(years, payments),
        *_payments_and_documents(payments, printed),
        *_transfers_and_years(years, transfers),
        *(_totals_and_years(years, promised, term) if term else ()),
    )
    return tuple(pairs)


def _payments_and_years(years: Iterable[YearRow], payments: Sequence[Payment]) -> Iterator[SamePair]:
    for row in years:
        for payer, side, column, about in PAID_BY:
            typed = getattr(row, column)
            kept = _of(payments, payer, row.year, side)
            if typed is not None and kept is not None:
                yield SamePair(f"{about}, {row.year}", typed, row.where, _as_stated(kept, PAYMENTS))


def _payments_and_documents(
    payments: Sequence[Payment], printed: Mapping[LayerKey, Sequence[Stated]]
) -> Iterator[SamePair]:
    for payer, measure in PRINTED.items():
        for year in sorted({one.year for one in payments if one.payer == payer}):
            for side, layer in (("due", Layer.AGREED), ("received", Layer.ACHIEVED)):
                kept = _of(payments, payer, year, side)
                for document in printed.get((year, measure, layer), ()):
                    if kept is not None:
                        yield SamePair(f"{MEASURES[measure]}, {layer.value}, {year}", kept, PAYMENTS, document)


def _of(payments: Sequence[Payment], payer: str, year: FinancialYear, side: str) -> int | None:
    """What the register says of a payer and year in all; None where it says nothing, or not of every instalment."""
    mine = [one for one in payments if one.payer == payer and one.year == year]
    amount: Callable[[Payment], Amount] = (lambda one: one.due) if side == "due" else (lambda one: one.received)
    return total(amount(one) for one in mine).pence if mine else None


def _transfers_and_years(years: Iterable[YearRow], transfers: Sequence[RegisterRow]) -> Iterator[SamePair]:
    for row in years:
        moved = [one for one in transfers if one["financial_year"] == row.year and one["consent"] != NO_CONSENT]
        sums = [one["amount_gbp"] for one in moved]
        if sums and None not in sums and row.block_transfer_in_gbp is not None:
            about = f"Transfer from other blocks, {row.year}"
            yield SamePair(about, row.block_transfer_in_gbp, row.where, _as_stated(sum(sums), TRANSFERS))


def _totals_and_years(
    years: Sequence[YearRow], promised: Mapping[str, Stated], term: tuple[FinancialYear, FinancialYear]
) -> Iterator[SamePair]:
    """A total is held against its years where every year of the agreement has its part."""
    wanted = list(_through(*term))
    rows = {row.year: row for row in years}
    for role, column, about in PROMISED:
        given = [getattr(rows[year], column) if year in rows else None for year in wanted]
        parts: list[int] = [one for one in given if one is not None]
        if role in promised and len(parts) == len(wanted):
            yield SamePair(f"{about}, {term[0]} to {term[1]}", sum(parts), rows[term[1]].where, promised[role])


def _through(first: FinancialYear, last: FinancialYear) -> Iterator[FinancialYear]:
    year = first
    while year <= last:
        yield year
        year = year.plus(1)


def _as_stated(pence: int, file: Source) -> Stated:
    return Stated(pence, pence, source=str(file))
