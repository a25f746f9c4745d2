"""The regression finds what it was given, and the drivers say what they mean."""

import numpy as np
import pytest

from highneeds.forecast.published.drivers import CORE, DRIVERS, driver_columns
from highneeds.forecast.published.growth import Learned, Lessons, Member, learn, least_absolute
from highneeds.forecast.published.panel import panel_at
from published_by_hand import published

MEMBER = Member(("one", "two"), by_pupils=False, memory=0.5, ridge=1e-6, one_off=1e-6)


def lessons(columns: np.ndarray, growth: np.ndarray, age: np.ndarray) -> Lessons:
    base = np.concatenate((np.ones((len(columns), 1)), columns), axis=1)
    return Lessons(np.concatenate((base, base * 0), axis=1), growth, age, np.ones(len(growth)))


def test_planted_rates_are_found_in_spite_of_broken_returns():
    rng = np.random.default_rng(4)
    columns = rng.normal(size=(900, 2))
    growth = 0.01 + columns @ np.array([0.03, -0.02]) + rng.normal(scale=0.01, size=900)
    growth[::10] += 0.5
    found = learn(lessons(columns, growth, np.zeros(900)), MEMBER).coefficients
    assert found[:3] == pytest.approx([0.01, 0.03, -0.02], abs=0.004)


def test_a_newer_outcome_weighs_more():
    columns = np.zeros((300, 2))
    growth, age = np.repeat([0.0, 0.1], [200, 100]), np.repeat([5.0, 0.0], [200, 100])
    assert learn(lessons(columns, growth, age), MEMBER).coefficients[0] == pytest.approx(0.1, abs=0.01)


def test_lessons_of_several_horizons_teach_what_their_whole_rows_teach():
    """A row holds its columns twice, the second time by the factor of its horizon; they are added up once."""
    rng = np.random.default_rng(7)
    base = np.concatenate((np.ones((600, 1)), rng.normal(size=(600, 2))), axis=1)
    factor = np.resize([1.0, 0.0, -1 / 3], 600)[:, None]
    whole, growth = np.concatenate((base, base * factor), axis=1), rng.normal(size=600)
    learned = learn(Lessons(whole, growth, np.zeros(600), np.ones(600)), MEMBER).coefficients
    ridge = np.array([0.02, *[1e-6] * 5])
    plain = least_absolute(whole, growth, np.full(600, 1 / 600), ridge)
    assert learned == pytest.approx(plain, abs=1e-12)
    assert np.abs(learned).min() > 1e-4, "each of the six says something"


def test_a_one_off_lifts_the_first_year_and_not_the_yearly_rate_of_the_third():
    learned = Learned(np.array([0.0, 0.03, 0.0, 0.03]))
    first, second, third = (horizon * learned.yearly(np.ones((1, 1)), horizon)[0] for horizon in (1, 2, 3))
    assert (first, second, third) == pytest.approx((0.06, 0.06, 0.06))


def test_every_driver_is_nought_for_the_typical_council_and_where_there_is_no_figure():
    then = panel_at(
        published(
            """
            council | 2014 | 2015 | 2016 | 2017
            101     |  900 | 1000 | 1100 | 1200
            102     |  900 | 1000 | 1150 | 1400
            103     |  900 | 1000 | 1050 | 1090
            England | 2700 | 3000 | 3300 | 3600
            """
        ),
        2017,
    )
    columns = driver_columns(then, CORE, by_pupils=True)
    assert columns.shape == (3, 4, len(CORE))
    assert columns[0, -1] == pytest.approx(np.zeros(len(CORE)), abs=1e-9)
    assert columns[1, -1, 0] == pytest.approx(10 * (np.log(1400 / 1150) - np.log(3600 / 3300)))
    assert (columns[:, :, 3:] == 0).all(), "no populations, flows or ages were published"


def test_every_driver_says_a_different_thing():
    assert len(set(DRIVERS)) == 16
    assert set(CORE) < set(DRIVERS)
