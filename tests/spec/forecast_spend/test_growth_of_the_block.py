"""How the high needs block is carried on, with a pencil: half of England's last rise beyond the stated one goes on."""

import numpy as np
import pytest

from highneeds.forecast.costs.block_growth import BlockGrowth, block_growth
from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.defaults import default
from highneeds.forecast.own_prices import with_own_blocks
from highneeds.forecast.summary import Balance

STATED = default("grant_growth").value


def test_with_one_block_its_growth_is_the_stated_range():
    grows = default("grant_growth")
    assert block_growth({"101": {2023: 100.0}}) == BlockGrowth(grows.value, grows.low, grows.high)


def test_half_of_what_england_rose_by_beyond_the_stated_rise_goes_on():
    """Two councils with 100 and 300 in 2022-23 and together 440 in the next year: England rose by 10%."""
    found = block_growth({"101": {2022: 100.0, 2023: 120.0}, "102": {2022: 300.0, 2023: 320.0}, "103": {2023: 50.0}})
    assert found.beyond == pytest.approx(0.10 - STATED)
    assert found.next_year[0] == pytest.approx(STATED + (0.10 - STATED) / 2)
    assert found.surprise == pytest.approx((0.10 - STATED) / 2), (
        "one rise surprises nobody: what it is to lose stands in"
    )


def test_past_rises_that_were_not_forecast_are_the_surprise():
    found = block_growth({"101": {2021: 100.0, 2022: 110.0, 2023: 132.0}})
    missed = (0.20 - STATED) - (0.10 - STATED) / 2
    assert found.surprise == pytest.approx(np.sqrt((missed**2 + ((0.20 - STATED) / 2) ** 2) / 2))


def test_no_rise_is_learnt_across_an_announced_break():
    """Grant moved between blocks in 2026-27 (breaks.yaml)."""
    assert block_growth({"101": {2024: 100.0, 2025: 110.0, 2026: 220.0}}).beyond == pytest.approx(0.10 - STATED)


def test_what_lies_beyond_halves_every_year_and_surprises_add_up():
    sure = BlockGrowth(0.03, 0.03, 0.03, beyond=0.08)
    rises = np.diff(sure.draws(3, np.random.default_rng(1), 2), axis=1, prepend=0.0)
    assert rises[0] == pytest.approx(np.log(1.03) + np.array([0.04, 0.02, 0.01]))
    spread = BlockGrowth(0.03, 0.03, 0.03, surprise=0.04).draws(3, np.random.default_rng(1), 20_000).std(axis=0)
    assert spread == pytest.approx(0.04 * np.sqrt([1, 1 + 1.5**2, 1 + 1.5**2 + 1.75**2]), rel=0.03)


def test_a_longer_forecast_has_the_same_first_years():
    growth = BlockGrowth(0.03, 0.02, 0.05, 0.07, 0.04)
    short, long = (growth.draws(years, np.random.default_rng(5), 9) for years in (2, 6))
    assert (long[:, :2] == short).all()


def test_a_councils_own_block_takes_the_place_of_the_published_one():
    prices, notes = with_own_blocks(Prices(()), [Balance("2025-26", 300e6, "allocations.csv:2")])
    assert prices.grant.known == {2025: 300e6}
    assert [note.code for note in notes] == ["in_year.own_block"]
    assert with_own_blocks(prices, []) == (prices, ())
