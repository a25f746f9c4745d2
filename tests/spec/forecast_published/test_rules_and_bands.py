"""The pieces of the published forecast that a pencil can check."""

import math

import numpy as np
import pytest

from highneeds.forecast.published.bands import LEVELS, Errors, calibrate, weighted_quantile
from highneeds.forecast.published.lookback import METHOD, PastForecast, member_weights
from highneeds.forecast.published.panel import PublishedPanel, panel_at
from highneeds.forecast.published.parts import age_paths, age_shares
from highneeds.forecast.published.rules import rule_points
from highneeds.forecast.published.totals import damped_years, england_growth
from highneeds.forecast.state import bands_in_order
from published_by_hand import published

COUNCILS = """
    council | 2015 | 2016 | 2017 | 2018
    101     |  800 |  900 |  950 | 1000
    102     | 1000 | 1000 | 1000 | 1000
    England | 8000 | 8800 | 9000 | 9900
"""


def at_2018() -> PublishedPanel:
    return panel_at(published(COUNCILS), 2018)


@pytest.mark.parametrize(
    ("rule", "growth"),
    [
        ("last value", 0.0),
        ("drift", math.log(1000 / 800) / 3),
        ("half and half", 0.5 * math.log(1000 / 800) / 3 + 0.5 * math.log(9900 / 8000) / 3),
        ("70/30", 0.3 * math.log(1000 / 800) / 3 + 0.7 * math.log(9900 / 8800) / 2),
    ],
)
def test_a_plain_rule_is_its_sentence(rule: str, growth: float):
    points = rule_points(at_2018(), rule, (1, 3))
    assert np.exp(points[0]) == pytest.approx([1000 * math.exp(growth), 1000 * math.exp(3 * growth)])


def test_england_grows_by_its_mean_since_the_reform_and_less_after_the_third_year():
    yearly = math.log(9900 / 8000) / 3
    assert england_growth(at_2018(), 2) == pytest.approx(2 * yearly)
    assert damped_years(5, 0.5) == 3 + 0.5 + 0.25


def test_a_young_council_carries_the_history_of_the_council_it_came_from():
    then = panel_at(
        published(
            """
            council | 2015 | 2016 | 2017 | 2018
            201     |  500 |  600 |      |
            202     |      |      |  300 |  330
            England | 8000 | 8800 | 9680 | 9900
            """,
            successors={"201": "202"},
        ),
        2018,
    )
    history = np.exp(then.level[then.councils.index("202")])
    joined = 300 / 1.1
    assert history == pytest.approx([joined * 500 / 600, joined, 300, 330])
    assert not then.forecast_for(2019)[then.councils.index("201")]


def test_a_step_that_no_council_makes_is_a_break_in_the_return_and_not_growth():
    then = panel_at(
        published(
            """
            council | 2015 | 2016 | 2017 | 2018
            301     | 1000 | 1100 | 2200 | 2420
            302     | 1000 | 1110 | 1200 | 1320
            303     | 1000 | 1090 | 1220 | 1320
            England | 8000 | 8800 | 9680 | 10648
            """
        ),
        2018,
    )
    assert [(found.la_number, found.year, found.before, found.after) for found in then.breaks] == [
        ("301", 2017, 1100, 2200)
    ]
    assert np.diff(then.level[0]) == pytest.approx([math.log(1.1)] * 3)
    assert then.opening[0] == 2420


def test_age_shares_add_to_one_and_run_from_the_youngest():
    then = panel_at(published(COUNCILS, ages={"101": {"Age 5 to 10": 600, "Under 5": 150, "Age 16 to 19": 250}}), 2018)
    cut = age_shares(then)
    assert (
        cut.names
        == ("Under 5", "Age 5 to 10", "Age 16 to 19")
        == bands_in_order(("Age 16 to 19", "Under 5", "Age 5 to 10"))
    )
    assert bands_in_order(("Not known", "Age 20 to 25", "Any")) == ("Age 20 to 25", "Any", "Not known")
    assert cut.shares[0, -1] == pytest.approx([0.15, 0.6, 0.25])
    paths = age_paths(then, cut, tuple(range(1, 11)))
    assert paths.sum(axis=2) == pytest.approx(np.ones((2, 10)))
    assert paths[1, 0] == pytest.approx(paths[0, 0]), "a council without a return takes England's shares"


def test_a_weighted_quantile_lies_between_the_middles_of_the_weights():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0])
    assert weighted_quantile(values, weights, np.array([0.125, 0.5, 0.875])) == pytest.approx([1.0, 2.0, 3.0])


def errors(spread: float, shift: float = 0.0, size: float = 1e9) -> Errors:
    away = np.linspace(-spread, spread, 201) + shift
    return Errors(away, np.full(201, size), np.zeros(201), np.zeros(201))


def test_bands_hold_what_past_errors_held_and_are_centred_on_the_forecast():
    found = calibrate({1: errors(0.1, shift=0.04)}, (1,))
    low, high = found.at(1, np.array([0.1, 0.9]))
    room = math.sqrt(1 + 0.25**2)
    assert (low, high) == pytest.approx((-0.08 * room, 0.08 * room), rel=0.01), "the shift is a shock, not every spread"


def test_a_small_council_has_a_wider_band_and_a_later_year_too():
    found = calibrate({1: errors(0.1), 2: errors(0.16)}, (1, 2, 6), drift=0.01)
    widths = [float(np.diff(found.at(horizon, np.array([0.1, 0.9])))[0]) for horizon in range(1, 7)]
    assert widths == sorted(widths)
    assert found.spread(np.array([50.0]))[0] > found.spread(np.array([5000.0]))[0]


def test_the_levels_hold_the_ends_of_every_band_shown():
    assert {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975} <= {round(level, 3) for level in LEVELS}


def test_a_member_that_was_wrong_counts_for_less():
    then, now = panel_at(published(COUNCILS), 2017), at_2018()
    right, wrong = np.log(now.plans[:, -1]), np.log(now.plans[:, -1]) + 0.1
    members = np.stack([np.stack([right + 0.01] * 3, axis=1), np.stack([wrong] * 3, axis=1)])
    before = [PastForecast(then, members, np.array([0.5, 0.5]), {METHOD: members[0]}, np.zeros((2, 3, 4)))]
    weights = member_weights(before, now, 2)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.99
    assert member_weights([], now, 2) == pytest.approx([0.5, 0.5])
