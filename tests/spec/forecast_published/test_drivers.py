"""What each driver is counted from: five councils of a hundred plans, whose counts differ by one."""

from types import SimpleNamespace

import numpy as np
import pytest

from highneeds.forecast.published.drivers import CORE, DRIVERS, EnsembleView, driver_columns
from highneeds.forecast.state import bands_in_order

COUNTS = np.arange(5.0)[:, None]
AWAY = np.array([-2, -1, 0, 1, 2]) / 1.4826 / 3
"""Less the median, in spreads of which one is 1.4826 times the usual distance from it, a third of them."""
NONE = np.full((5, 1), np.nan)
NAMES = ("requests", "refused", "pending", "new_plans", "issued", "in_time", "not_issued")
BANDS = ("Under 5", "Age 5 to 10", "Age 11 to 15", "Age 16 to 19", "Age 20 to 25")


def panel(flows=(), shares=(), ages=(), new_by_age=(), plans=100.0, **more):
    """One January, or as many as the first table has columns."""
    tables = [*dict(flows).values(), *dict(shares).values()]
    years = tables[0].shape[1] if tables else 1
    missing = np.full((5, years), np.nan)
    return SimpleNamespace(
        level=np.log(np.full((5, years), plans)),
        england=np.log(np.full(years, 5 * plans)),
        flows=dict.fromkeys(NAMES, missing) | dict(flows),
        shares={"primary": missing, "school": missing} | dict(shares),
        people=missing,
        ages=dict(ages),
        new_by_age=dict(new_by_age),
        councils=tuple("ABCDE"),
        **more,
    )


def of_band(name):
    return {band: COUNTS if band == name else COUNTS * 0 for band in reversed(BANDS)}


def column(name, given, by_pupils=False):
    return driver_columns(given, (name,), by_pupils)[:, -1, 0]


@pytest.mark.parametrize(
    ("driver", "given"),
    [
        ("requests", panel({"requests": COUNTS})),
        ("requests refused", panel({"refused": COUNTS})),
        ("requests pending", panel({"pending": COUNTS})),
        ("requests pending", panel({"pending": np.hstack([COUNTS, NONE])})),  # a year without takes the year before
        ("new plans", panel({"new_plans": COUNTS})),
        ("assessed, no plan", panel({"not_issued": COUNTS})),
        ("requests not yet a plan", panel({"requests": 3 * COUNTS, "refused": COUNTS, "new_plans": COUNTS})),
        ("plans issued late", panel({"issued": 3 * COUNTS, "in_time": 2 * COUNTS})),
        ("plans aged 20 to 25", panel(ages=of_band("Age 20 to 25"))),
        ("new plans at secondary age", panel(new_by_age=of_band("Age 11 to 15"))),
        ("primary pupils with a plan", panel(shares={"primary": COUNTS})),
        ("pupils with a plan", panel(shares={"school": np.hstack([COUNTS, NONE])})),
        ("growth of requests", panel({"requests": np.hstack([COUNTS * 0, np.exp(COUNTS) - 1])})),
    ],
)
def test_what_a_driver_is_counted_from(driver, given):
    assert column(driver, given) == pytest.approx(AWAY)


def test_one_far_from_all_others_counts_as_eight_spreads():
    assert column("requests", panel({"requests": np.array([[0.0], [1], [2], [3], [99]])}))[4] == pytest.approx(8 / 3)


@pytest.mark.parametrize(("years", "last"), [(1, 0.9), (2, 0.5), (3, 0.4)])
def test_momentum_is_growth_a_year_beside_englands_ten_times(years, last):
    """Plans grew by 0.12, 0.11 and 0.19 (in logs), England's by 0.1 a year; one council lies beyond the clip."""
    given = panel({"requests": np.zeros((5, 4))})
    given.level = np.cumsum(np.tile([0, 0.12, 0.11, 0.19], (5, 1)), axis=1)
    given.level[0] = np.cumsum([0, -0.2, -0.2, -0.2])
    given.england = np.cumsum([0, 0.1, 0.1, 0.1])
    found = column(f"momentum over {years} year{'s' * (years > 1)}", given)
    assert found == pytest.approx([-1.2, *[last] * 4])


def test_prevalence_is_plans_a_head_beside_the_typical_council():
    given = panel({"requests": np.zeros((5, 2))})
    given.people = np.array([[1, 1000.0]] * 3 + [[1, 800.0], [1, 100.0]])
    assert column("prevalence", given) == pytest.approx([0, 0, 0, np.log(1.25), 0.6])
    given.shares["school"] = np.array([[np.nan, 0.05]] * 4 + [[np.nan, 0.06]])
    assert column("prevalence", given, by_pupils=True) == pytest.approx([0, 0, 0, 0, np.log(0.06 / 0.05)])
    given.people = given.people * np.nan
    assert column("prevalence", given) == pytest.approx([0, 0, 0, 0, np.log(0.06 / 0.05)]), "pupils stand in"


def test_a_figure_that_is_missing_is_the_typical_councils():
    given = panel({"requests": np.array([[0.0], [1], [np.nan], [3], [4]])})
    assert column("requests", given)[2] == 0
    assert not driver_columns(panel(), CORE, False).any()
    even = panel({"requests": np.array([[1.0], [2], [3], [4], [np.nan]])})
    assert column("requests", even) == pytest.approx(np.array([-1.5, -0.5, 0.5, 1.5, 0]) / 1.4826 / 3)


def test_bands_stand_from_the_youngest_to_the_oldest_and_fewer_than_three_say_nothing():
    assert bands_in_order(tuple(reversed(BANDS))) == BANDS
    assert not column("plans aged 20 to 25", panel(ages={"Under 5": COUNTS, "Age 5 to 10": COUNTS})).any()
    three = {"Under 5": COUNTS * 0, "Age 5 to 10": COUNTS * 0, "Age 11 to 25": COUNTS}
    assert column("plans aged 20 to 25", panel(ages=three)) == pytest.approx(AWAY)
    assert tuple(DRIVERS)[:13] == CORE and EnsembleView(panel(), False).stock == pytest.approx(100)
