"""The lever `top_up_tariff`: a small council before and after it is pulled."""

import pytest

from forecast_by_hand import priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.levers import kind_named


def council():
    """Ten plans in an independent school at £60,000, and £1,000,000 of grant."""
    return priced(with_plans(quiet(years=2), "age | setting | plans\n 8 | special_independent | 10"))


def pulled(**values):
    return price(run(kind_named(NAME).make(dict(starts="2025-04", **values)).apply(council())))


NAME = "top_up_tariff"


def test_five_per_cent_less_from_the_next_financial_year():
    costs = pulled(low=-0.05, central=-0.05, high=-0.05, lines=["independent fee"])
    assert costs.total_gbp[0].tolist() == pytest.approx([600_000, 570_000])
