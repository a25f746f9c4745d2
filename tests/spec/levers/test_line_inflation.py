"""The lever `line_inflation`: a small council before and after it is pulled."""

import pytest

from forecast_by_hand import priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.levers import kind_named


def council():
    """Ten plans in an independent school at £60,000, and £1,000,000 of grant."""
    return priced(with_plans(quiet(years=2), "age | setting | plans\n 8 | special_independent | 10"))


def pulled(**values):
    return price(run(kind_named(NAME).make(dict(starts="2025-04", **values)).apply(council())))


NAME = "line_inflation"


def test_one_point_more_a_year():
    costs = pulled(low=0.01, central=0.01, high=0.01, lines=["independent fee"])
    assert costs.total_gbp[0].tolist() == pytest.approx([600_000, 606_000])


def test_it_moves_prices():
    assert kind_named(NAME).flows == ("price",)
