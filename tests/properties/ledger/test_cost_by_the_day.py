"""Twelve months of a commitment are its year to the penny, and agree with counting the days one by one."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from highneeds.account.commitments.cost import accruals, cost_by_period
from highneeds.vocabulary.period import FinancialYear

days = st.dates(date(2022, 1, 1), date(2027, 12, 31))
rows = st.lists(
    st.tuples(days, st.integers(0, 900), st.booleans(), st.integers(0, 30_000_000), st.none() | days),
    min_size=1,
    max_size=8,
)
years = st.integers(2022, 2026).map(FinancialYear)


def frame(commitments) -> pl.DataFrame:
    ends = [None if still_open else start + timedelta(days=length) for start, length, still_open, _, _ in commitments]
    return pl.DataFrame(
        {
            "line": ["1.2.3"] * len(commitments),
            "status": ["active"] * len(commitments),
            "from_day": [one[0] for one in commitments],
            "to_day": ends,
            "annual_cost": [one[3] for one in commitments],
            "invoiced_to": [one[4] for one in commitments],
            "paid_to": [None] * len(commitments),
        },
        schema_overrides={"to_day": pl.Date, "invoiced_to": pl.Date, "paid_to": pl.Date, "annual_cost": pl.Int64},
    )


@settings(max_examples=60)
@given(rows, years)
def test_months_add_to_the_year_counted_day_by_day(commitments, year):
    table = frame(commitments)
    costs = cost_by_period(table, year)
    assert costs.height == 12
    whole = [year.first_day + timedelta(days=n) for n in range((year.last_day - year.first_day).days + 1)]
    expected = 0
    for row in table.to_dicts():
        counted = sum(1 for day in whole if row["from_day"] <= day and (row["to_day"] is None or day <= row["to_day"]))
        expected += (2 * row["annual_cost"] * counted + len(whole)) // (2 * len(whole))
    assert abs(costs["pence"].sum() - expected) <= len(commitments)
    assert (costs["pence"] >= 0).all()


@settings(max_examples=60)
@given(rows, years)
def test_accruals_are_never_below_zero_and_stop_at_the_invoice(commitments, year):
    found = accruals(frame(commitments), year, year.last_day)
    assert found.accrued >= 0
    assert found.accrued + found.unpaid == cost_by_period(frame(commitments), year)["pence"].sum()
