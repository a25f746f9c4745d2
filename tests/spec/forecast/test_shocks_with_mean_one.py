"""What is drawn around a forecast leaves its mean where it is: a shock is one on average, with and without a trend."""

import numpy as np
import pytest

from highneeds.forecast.assumptions import Spread
from highneeds.forecast.simulate import _exp_centred, _shock

# Normal draws brought to mean nought and spread one, so that a mean is exact to a few parts in 10,000.
NORMAL = np.sort(np.random.default_rng(1).normal(size=200_000))
NORMAL = (NORMAL - NORMAL.mean()) / NORMAL.std()


@pytest.mark.parametrize("sd", [0.0, 0.05, 0.3])
def test_a_shock_is_one_on_average(sd):
    assert np.mean(_exp_centred(sd, NORMAL)) == pytest.approx(1.0, abs=0.001)


def test_a_shock_of_nought_says_nothing_and_its_middle_lies_below_its_mean():
    assert (_exp_centred(0.0, NORMAL) == 1.0).all()
    assert np.median(_exp_centred(0.3, NORMAL)) == pytest.approx(np.exp(-0.045), abs=0.003)


@pytest.mark.parametrize(("level", "trend"), [(0.1, 0.0), (0.0, 0.2), (0.1, 0.2)])
def test_a_common_shock_is_one_on_average_in_each_year_of_a_drift(level, trend):
    other = np.random.default_rng(2).permutation(NORMAL)
    means = np.exp(_shock(Spread(demand=level, demand_trend=trend), NORMAL, other, 5)).mean(axis=0)
    assert means == pytest.approx([1.0] * 5, abs=0.003)


def test_a_drift_spreads_with_the_root_of_the_years():
    """0.2 a year is nought in the first, 0.2 in the second and 0.4 in the fifth; a level of 0.1 stays beside it."""
    other = np.random.default_rng(2).permutation(NORMAL)
    alone, beside = (_shock(Spread(demand=level, demand_trend=0.2), NORMAL, other, 5) for level in (0.0, 0.1))
    assert alone.std(axis=0)[[0, 1, 4]] == pytest.approx([0.0, 0.2, 0.4], abs=0.002)
    assert beside.var(axis=0)[[0, 1, 4]] == pytest.approx([0.01, 0.05, 0.17], abs=0.002)
