"""What is drawn around a forecast leaves its mean where it is: a shock is one on average, with and without a trend."""

import numpy as np
import pytest

from highneeds.forecast.simulate import _exp_centred

# Normal draws brought to mean nought and spread one, so that a mean is exact to a few parts in 10,000.
NORMAL = np.sort(np.random.default_rng(1).normal(size=200_000))
NORMAL = (NORMAL - NORMAL.mean()) / NORMAL.std()


@pytest.mark.parametrize("sd", [0.0, 0.05, 0.3])
def test_a_shock_is_one_on_average(sd):
    assert np.mean(_exp_centred(sd, NORMAL)) == pytest.approx(1.0, abs=0.001)


def test_a_shock_of_nought_says_nothing_and_its_middle_lies_below_its_mean():
    assert (_exp_centred(0.0, NORMAL) == 1.0).all()
    assert np.median(_exp_centred(0.3, NORMAL)) == pytest.approx(np.exp(-0.045), abs=0.003)
