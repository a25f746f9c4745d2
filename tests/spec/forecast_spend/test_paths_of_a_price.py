"""How a price rises year by year, and how widely its draws lie: rises, caps and factors from the year they begin in."""

import numpy as np
import pytest

from highneeds.forecast.costs.price import _price_paths, _risen
from highneeds.forecast.costs.prices import PriceBasis, PriceLine
from highneeds.vocabulary.period import FinancialYear

YEARS = tuple(map(FinancialYear, (2024, 2025, 2026)))
CALM = np.zeros(1)


def line(name="1.2.3", low=100.0, high=100.0, rises=(), caps=(), factors=(), inflation=(0.1, 0.1, 0.1)):
    bounds = (100.0, low, high, 2023, *inflation)
    return PriceLine(name, "t", (), PriceBasis.YEAR, *bounds, "s", rises=rises, caps=caps, factors=factors)


@pytest.mark.parametrize(
    ("changed", "prices"),
    [
        ({}, [1.1, 1.21, 1.331]),
        ({"rises": ((2025, 0.1),)}, [1.1, 1.1 * 1.2, 1.1 * 1.2**2]),
        ({"caps": ((2026, 0.05),)}, [1.1, 1.21, 1.21 * 1.05]),
        ({"caps": ((2024, 0.2),)}, [1.1, 1.21, 1.331]),  # a cap above the rise changes nothing
        ({"factors": ((2025, 2.0), (2026, 0.5))}, [1.1, 2 * 1.21, 1.331]),
    ],
)
def test_a_price_rises_with_its_changes(changed, prices):
    assert _risen(line(**changed), CALM, YEARS)[0] == pytest.approx(prices)


def test_a_year_of_its_base_and_before_it_has_the_price_as_it_is():
    found = _risen(line(), CALM, tuple(map(FinancialYear, (2022, 2023, 2024))))
    assert found[0] == pytest.approx([1, 1, 1.1])


def test_how_widely_a_rise_lies():
    """Nine in ten rises lie between 5% and 15%: one spread is 10% over twice 1.645."""
    found = _risen(line(inflation=(0.1, 0.05, 0.15)), np.array([1.0]), YEARS[:1])
    assert found[0] == pytest.approx([1.1 * np.exp(0.1 / 3.29)])


def test_how_widely_a_price_lies_and_that_its_mean_is_the_price():
    """Nine in ten lie between 80 and 125; in logs that is 0.446 over twice 1.645."""
    spread = np.log(125 / 80) / 3.29
    [found] = _price_paths((line(low=80.0, high=125.0, inflation=(0.0, 0.0, 0.0)),), 1, 20_000, YEARS[:1])
    logs = np.log(found[:, 0] / 100)
    assert logs.std() == pytest.approx(spread, rel=0.02) and logs.mean() == pytest.approx(-(spread**2) / 2, abs=0.004)
    assert found.mean() == pytest.approx(100, rel=0.005)


def test_lines_rise_partly_together_and_keep_their_numbers_when_one_is_added():
    """Half of the variance of a rise is common to all lines; a line's level is its own."""
    wide = {"inflation": (0.0, -0.1, 0.1)}
    one, other = _price_paths((line("a", **wide), line("b", **wide)), 1, 20_000, YEARS[:1])
    assert np.corrcoef(np.log(one[:, 0]), np.log(other[:, 0]))[0, 1] == pytest.approx(0.5, abs=0.02)
    [alone] = _price_paths((line("b", **wide),), 1, 20_000, YEARS[:1])
    assert (alone == other).all()
    unsure = {"low": 80.0, "high": 125.0, "inflation": (0.0, 0.0, 0.0)}
    apart = _price_paths((line("a", **unsure), line("b", **unsure)), 1, 20_000, YEARS[:1])
    assert np.corrcoef(*(np.log(found[:, 0]) for found in apart))[0, 1] == pytest.approx(0, abs=0.02)
