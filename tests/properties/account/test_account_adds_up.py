"""The gap to plan is always the sum of its parts, and the account agrees with a slow and simple one."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from highneeds.account.amount import known
from highneeds.account.balance.roll import roll
from highneeds.account.balance.table import account_measures
from highneeds.intake.ledger.years import YearRow
from highneeds.vocabulary.period import FinancialYear

money = st.integers(-40_000_000_000, 40_000_000_000)
year_cells = st.tuples(*[money] * 8, st.one_of(st.none(), money))
accounts = st.lists(st.tuples(money, year_cells), min_size=1, max_size=7)
FIRST = 2022


@given(accounts, money, money)
def test_the_parts_of_the_gap_add_exactly(years, opening, plan_opening):
    rows = _table(years, opening, plan_opening)
    for start in range(FIRST, FIRST + len(years)):
        value = {name: rows[str(FinancialYear(start)), name] for name in _PARTS}
        assert sum(value[part] for part in _PARTS[1:]) == value[_PARTS[0]]


@given(accounts, money, money)
def test_the_account_agrees_with_one_done_by_hand(years, opening, plan_opening):
    rows = _table(years, opening, plan_opening)
    closing, planned, owed = opening, plan_opening, 0
    for offset, (spend, cells) in enumerate(years):
        allocation, block, due, received, council, plan, plan_dfe, plan_council, printed = cells
        before = spend - allocation - block
        closing = closing + before - received - council
        planned = planned + plan - plan_dfe - plan_council if printed is None else printed
        owed = owed + due - received
        year = str(FinancialYear(FIRST + offset))
        assert rows[year, "in_year_before_contributions_gbp"] == _pounds(before)
        assert rows[year, "closing_deficit_gbp"] == _pounds(closing)
        assert rows[year, "cumulative_gap_gbp"] == _pounds(closing - planned)
        assert rows[year, "payments_outstanding_gbp"] == _pounds(owed)
        assert rows[year, "on_track_in_year"] == ("Yes" if before <= plan else "No")
    assert rows["", "exposure_at_override_end_gbp"] == _pounds(max(0, closing))


_PARTS = (
    "cumulative_gap_gbp",
    "gap_from_opening_gbp",
    "gap_from_spending_gbp",
    "gap_from_payments_gbp",
    "gap_unexplained_gbp",
)


def _table(years, opening, plan_opening):
    rows = [YearRow(FinancialYear(FIRST + n), f"line {n}", *cells) for n, (_, cells) in enumerate(years)]
    spend = {FinancialYear(FIRST + n): known(spent) for n, (spent, _) in enumerate(years)}
    account = roll(rows, spend, known(opening), known(plan_opening))
    measures = account_measures(account, [date(FIRST + len(years), 3, 31)])
    return {(one.year, one.name): one.value for one in measures}


def _pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100
