"""The lever `population_variant`: a small council before and after it is pulled."""

import numpy as np
import pytest

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import AGES


def test_three_per_cent_more_children_a_year_ask_three_per_cent_more():
    council = quiet(years=2).with_rates(requests=np.full((7, AGES), 10.0))
    values = dict(low=0.03, central=0.03, high=0.03, starts="2024-01")
    after = kind_named("population_variant").make(values).apply(council)
    assert after.rates.requests[2, 5] == pytest.approx(10.3)
    assert after.rates.requests[5, 5] == pytest.approx(10.0 * 1.03**2)
    assert after.population[:, 5].tolist() == pytest.approx([1030.0, 1060.9])
