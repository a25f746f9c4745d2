"""The lever `return_to_mainstream`: a small council before and after it is pulled."""

import numpy as np
import pytest

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import SETTINGS


def test_a_share_a_year_leaves_for_mainstream():
    values = dict(low=0.10, central=0.10, high=0.10, starts="2024-01", settings=["special_state"])
    rates = kind_named("return_to_mainstream").make(values).apply(quiet()).rates
    state = SETTINGS.index("special_state")
    stay = np.exp(rates.log_leave[:3, 8, state]).prod()
    assert stay == pytest.approx(0.90)
    assert rates.go_to[0, 8, state, SETTINGS.index("mainstream")] == 1.0
    assert rates.log_leave[0, 20, state] == 0.0  # only ages 5 to 15
