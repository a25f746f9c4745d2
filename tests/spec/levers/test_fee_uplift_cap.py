"""The lever `fee_uplift_cap`: a small council before and after it is pulled."""

from dataclasses import replace

import pytest

from forecast_by_hand import line, priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.levers import kind_named


def council():
    """Ten plans in an independent school at £60,000, and £1,000,000 of grant."""
    return priced(with_plans(quiet(years=2), "age | setting | plans\n 8 | special_independent | 10"))


NAME = "fee_uplift_cap"


def test_fees_that_would_rise_by_ten_per_cent_rise_by_two():
    fee = replace(line("independent fee", ("special_independent",), 60_000.0), inflation=0.10)
    lever = kind_named(NAME).make(dict(low=0.02, central=0.02, high=0.02, starts="2025-04", lines=["independent fee"]))
    dear = price(run(priced(council(), lines=(fee,))))
    capped = price(run(lever.apply(priced(council(), lines=(fee,)))))
    assert dear.total_gbp[0].tolist() == pytest.approx([600_000, 660_000])
    assert capped.total_gbp[0].tolist() == pytest.approx([600_000, 612_000])
