"""The lever `new_plan_placement`: a small council before and after it is pulled."""

import numpy as np

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import SETTINGS


def test_a_quarter_of_those_bound_for_independent_schools_go_to_state_special():
    council = quiet()
    values = dict(
        low=0.25, central=0.25, high=0.25, starts="2024-04", settings=["special_independent"], to="special_state"
    )
    before = council.rates.place_mix[1, 8, 0]
    after = kind_named("new_plan_placement").make(values).apply(council).rates.place_mix
    independent, state = SETTINGS.index("special_independent"), SETTINGS.index("special_state")
    assert after[1, 8, 0, independent] == 0.75 * before[independent]
    assert after[1, 8, 0, state] == before[state] + 0.25 * before[independent]
    assert np.allclose(after.sum(axis=-1), 1.0)
    assert (after[0] == council.rates.place_mix[0]).all()
