"""The lever `joint_funding`: a small council before and after it is pulled."""

import pytest

from forecast_by_hand import priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.levers import kind_named


def council():
    """Ten plans in an independent school at £60,000, and £1,000,000 of grant."""
    return priced(with_plans(quiet(years=2), "age | setting | plans\n 8 | special_independent | 10"))


def pulled(**values):
    return price(run(kind_named(NAME).make(dict(starts="2025-04", **values)).apply(council())))


NAME = "joint_funding"


def test_partners_pay_a_tenth():
    costs = pulled(low=0.1, central=0.1, high=0.1, lines=["independent fee"])
    assert costs.total_gbp[0].tolist() == pytest.approx([600_000, 540_000])
