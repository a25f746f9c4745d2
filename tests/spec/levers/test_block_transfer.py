"""The lever `block_transfer`: a small council before and after it is pulled."""

import pytest

from forecast_by_hand import priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.levers import kind_named


def council():
    """Ten plans in an independent school at £60,000, and £1,000,000 of grant."""
    return priced(with_plans(quiet(years=2), "age | setting | plans\n 8 | special_independent | 10"))


def pulled(**values):
    return price(run(kind_named(NAME).make(dict(starts="2025-04", **values)).apply(council())))


NAME = "block_transfer"


def test_a_transfer_lowers_the_in_year_deficit_by_itself():
    costs = pulled(low=100_000, central=100_000, high=100_000, years=1)
    assert costs.in_year_gbp[0].tolist() == pytest.approx([-400_000, -500_000])
    assert costs.accumulated_gbp[0].tolist() == pytest.approx([-400_000, -900_000])
