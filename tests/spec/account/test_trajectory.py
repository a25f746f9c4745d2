"""Simulated costs through the account: three draws and two years, by hand, in millions."""

import numpy as np
import pytest

from highneeds.account.amount import known, missing
from highneeds.account.balance.roll import roll
from highneeds.account.balance.trajectory import trajectory
from highneeds.intake.ledger.years import YearRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

MILLION = 100_000_000
Y1, Y2 = FinancialYear(2026), FinancialYear(2027)


def year(which: FinancialYear, plan: int | None) -> YearRow:
    sums = (300 * MILLION, 2 * MILLION, 14 * MILLION, 14 * MILLION, 10 * MILLION)
    return YearRow(which, "years.csv line 2", *sums, None if plan is None else plan * MILLION)


YEARS = [year(Y1, 20), year(Y2, None)]
COSTS = np.array([[310.0, 302.0], [330.0, 320.0], [350.0, 300.0]]) * 1e6


def test_every_draw_is_carried_through_and_counted():
    """In-year 8, 28, 48 and then 0, 18, -2; each year 24 is paid in; the deficit begins at 30."""
    found = trajectory(known(30 * MILLION), YEARS, COSTS)
    assert (found.in_year_gbp / 1e6).tolist() == [[8, 0], [28, 18], [48, -2]]
    assert (found.accumulated_gbp / 1e6).tolist() == [[14, -10], [34, 28], [54, 28]]
    assert found.chance_of_target(Y1) == pytest.approx(1 / 3)
    assert found.chance_of_target(Y2) is None
    assert found.chance_of_nil(Y2) == pytest.approx(1 / 3)
    assert dict(found.break_even()) == pytest.approx({"2026-27": 0, "2027-28": 2 / 3, "none": 1 / 3})
    assert found.band(Y1, 0.5) == 34e6
    assert found.exposure(Y2, 0.0) == 0


def test_one_draw_is_the_account_itself():
    found = trajectory(known(30 * MILLION), YEARS, COSTS[1:2])
    spend = {Y1: known(330 * MILLION), Y2: known(320 * MILLION)}
    account = roll(YEARS, spend, known(30 * MILLION))
    assert [one.actual.closing.pence for one in account.positions] == (found.accumulated_gbp[0] * 100).tolist()


def test_what_is_missing_is_named():
    with pytest.raises(InputError, match="allocation_gbp of 2026-27 is missing"):
        trajectory(known(0), [YearRow(Y1, "years.csv line 2")], COSTS[:, :1])
    with pytest.raises(InputError, match="no deficit to begin with: not published"):
        trajectory(missing("not published"), YEARS, COSTS)
    with pytest.raises(InputError, match="one column of costs for each year"):
        trajectory(known(0), YEARS, COSTS[:, :1])
