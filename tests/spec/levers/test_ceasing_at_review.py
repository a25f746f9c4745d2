"""The lever `ceasing_at_review`: a small council before and after it is pulled."""

import numpy as np
import pytest

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named


def test_ends_that_are_reversed_weaken_it():
    """One in five plans more is to cease in a year; a quarter of them is reversed, so 15% end."""
    values = dict(low=0.2, central=0.2, high=0.2, starts="2024-01", comes_back=0.25, first_age=19, last_age=25)
    rates = kind_named("ceasing_at_review").make(values).apply(quiet()).rates
    assert np.exp(rates.log_end[:3, 20, 0]).prod() == pytest.approx(0.85)
    assert rates.log_end[0, 18, 0] == 0.0
