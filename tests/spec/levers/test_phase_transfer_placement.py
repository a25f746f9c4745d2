"""The lever `phase_transfer_placement`: a small council before and after it is pulled."""

import numpy as np

from forecast_by_hand import plans_after, quiet, run, with_plans
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import AGES, SETTINGS


def test_everyone_bound_for_independent_schools_at_eleven_goes_to_a_unit():
    council = with_plans(quiet(), "age | setting | plans\n 10 | mainstream | 20\n 12 | mainstream | 20")
    leave = np.zeros((4, AGES, len(SETTINGS)))
    leave[2, :, 0] = -np.inf
    to = np.zeros((4, AGES, len(SETTINGS), len(SETTINGS)))
    to[..., SETTINGS.index("special_independent")] = 1.0
    council = council.with_rates(log_leave=leave, go_to=to)
    values = dict(low=1.0, central=1.0, high=1.0, starts="2024-09", ages=[11])
    values |= dict(settings=["special_independent"], to="mainstream_rp_unit")
    after = run(kind_named("phase_transfer_placement").make(values).apply(council))
    assert plans_after(after, 2) == {"mainstream_rp_unit": 20, "special_independent": 20}


def test_those_redirected_to_where_they_are_stay_there():
    council = with_plans(quiet(), "age | setting | plans\n 10 | mainstream_rp_unit | 20")
    unit = SETTINGS.index("mainstream_rp_unit")
    leave = np.zeros((4, AGES, len(SETTINGS)))
    leave[2, :, unit] = -np.inf
    to = np.zeros((4, AGES, len(SETTINGS), len(SETTINGS)))
    to[..., SETTINGS.index("special_independent")] = 1.0
    council = council.with_rates(log_leave=leave, go_to=to)
    values = dict(low=1.0, central=1.0, high=1.0, starts="2024-09", ages=[11])
    values |= dict(settings=["special_independent"], to="mainstream_rp_unit")
    after = run(kind_named("phase_transfer_placement").make(values).apply(council))
    assert plans_after(after, 2) == {"mainstream_rp_unit": 20}
