"""Council money beside the grant, counted once, next to the savings it makes possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from highneeds.account.amount import Amount, known, missing, of_statement, total
from highneeds.account.savings.register import Saving, savings_total
from highneeds.account.stated import of_fact
from highneeds.intake.workspace import Fact
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source


@dataclass(frozen=True)
class Investment:
    """part_of: the investment that includes this one; its sum is not added again."""

    name: str
    title: str
    amount: Amount
    part_of: str
    enables: tuple[str, ...]
    first: FinancialYear | None
    last: FinancialYear | None

    def is_in(self, year: FinancialYear) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True)
class NetBenefit:
    """One year: what is invested (parts counted in their whole) and what the savings it enables bring."""

    year: FinancialYear
    invested: Amount
    saved: int

    @property
    def net(self) -> Amount:
        return known(self.saved) - self.invested


def investments_of(rows: Sequence[RegisterRow], facts: Mapping[str, Fact]) -> tuple[Investment, ...]:
    """The investments of the register; an amount may be the fact that states it."""
    return tuple(_investment(row, facts) for row in rows)


def net_benefit(investments: Sequence[Investment], savings: Sequence[Saving], year: FinancialYear) -> NetBenefit:
    """Investments of a year against the savings they enable, overlap taken out."""
    ours = [one for one in investments if one.is_in(year)]
    names = {one.name for one in ours}
    enabled = {name for one in ours for name in one.enables}
    invested = total(one.amount for one in ours if one.part_of not in names)
    return NetBenefit(year, invested, savings_total([one for one in savings if one.name in enabled], year).net)


def _investment(row: RegisterRow, facts: Mapping[str, Fact]) -> Investment:
    place = Source(row.file, row.line)
    amount = missing(Note.of("amount.no_investment", investment=row["investment"], sources=(str(place),)))
    if row["amount_gbp"] is not None:
        amount = known(row["amount_gbp"], place)
    elif row["figures"] in facts:
        amount = of_statement(of_fact(facts[row["figures"]]))
    return Investment(
        row["investment"],
        row["title"],
        amount,
        row["part_of"] or "",
        tuple((row["enables"] or "").split()),
        row["first_year"],
        row["last_year"],
    )
