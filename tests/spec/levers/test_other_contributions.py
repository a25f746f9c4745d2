"""The lever `other_contributions`: a small council before and after it is pulled."""

import pytest

from forecast_by_hand import priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.levers import kind_named


def council():
    """Ten plans in an independent school at £60,000, and £1,000,000 of grant."""
    return priced(with_plans(quiet(years=2), "age | setting | plans\n 8 | special_independent | 10"))


def pulled(**values):
    return price(run(kind_named(NAME).make(dict(starts="2025-04", **values)).apply(council())))


NAME = "other_contributions"


def test_half_a_million_of_health_in_one_year():
    costs = pulled(low=500_000, central=500_000, high=500_000, years=1)
    assert costs.in_year_gbp[0].tolist() == pytest.approx([-400_000, -900_000])
