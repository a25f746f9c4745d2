"""Small tools of the forecast, each with a pencil: whole numbers, shares, recent years, the block, the balance."""

import numpy as np
import pytest

from highneeds.forecast.costs.block_growth import BlockGrowth, block_growth
from highneeds.forecast.defaults import default, defaults
from highneeds.forecast.goal_seek import Search, _halved
from highneeds.forecast.learning.pooling import recent
from highneeds.forecast.learning.shares import fitted, leaning, least_moves, rows_of_shares, whole_numbers
from highneeds.forecast.money import contributions_by_year, level_of, trust_in
from highneeds.forecast.published.growth import Learned, Lessons, Member, learn
from highneeds.forecast.published.parts import _to_one
from highneeds.forecast.summary import CHANCES, Fan, ForecastInputs, Underway


@pytest.mark.parametrize(
    ("table", "total", "whole"),
    [
        ([1.0, 1, 1], 3, [1, 1, 1]),
        ([1.0, 1, 1], 4, [2, 1, 1]),  # the first of equal remainders
        ([0.5, 0.3, 0.2], 7, [4, 2, 1]),  # 3.5, 2.1, 1.4: the largest remainder
        ([0.5, 0.3, 0.2], 8, [4, 2, 2]),  # 4.0, 2.4, 1.6
        ([0.0, 0, 0], 0, [0, 0, 0]),
    ],
)
def test_whole_numbers_add_up(table, total, whole):
    assert list(whole_numbers(np.array(table), total)) == whole
    assert whole_numbers(np.array([table]), total).shape == (1, 3)


@pytest.mark.parametrize(
    ("part", "of", "prior", "weight", "share"), [(1, 2, 0.2, 3, 1.6 / 5), (0, 0, 0.2, 0, 0.2), (1, 4, 0.9, 0, 0.25)]
)
def test_a_share_leans_on_its_prior(part, of, prior, weight, share):
    assert leaning(part, of, prior, weight) == pytest.approx(share)


def test_shares_of_one_and_parts_of_which_none_is_known():
    assert _to_one(np.array([[1.0, 3.0], [0.0, 0.0]])) == pytest.approx(np.array([[0.25, 0.75], [0.0, 0.0]]))


class Rising(Search):
    """The chance is the strength itself, and is counted how often it was asked."""

    def chance(self, assumptions, levers):
        assumptions.append(levers)
        return levers


@pytest.mark.parametrize(
    ("at_least", "strength", "chance", "asked"),
    [(0.7, 359 / 512, 359 / 512, 11), (0.0, 0.0, 0.0, 2), (1.0, 1.0, 1.0, 11), (1.01, None, 1.0, 2)],
)
def test_a_goal_is_sought_by_halving_nine_times(at_least, strength, chance, asked):
    """Of 512 steps from 0 to 1 the first at which the chance is reached; both ends are asked before."""
    seen = []
    assert _halved(Rising(None, at_least), seen, lambda size: size, 0.0, 1.0) == (strength, chance, 0.0)
    assert len(seen) == asked


def test_rows_of_shares_and_a_row_of_nothing():
    found = rows_of_shares(np.array([[1.0, 3.0], [0.0, 0.0]]), np.array([2.0, 2.0]))
    assert found == pytest.approx(np.array([[0.25, 0.75], [0.5, 0.5]]))


def test_the_fewest_moves():
    chance, to = least_moves(np.array([0.5, 0.5, 0.0]), np.array([0.2, 0.6, 0.2]))
    assert chance == pytest.approx([0.6, 0, 0]) and to == pytest.approx([0, 1 / 3, 2 / 3])
    same = least_moves(np.array([0.5, 0.5]), np.array([0.5, 0.5]))
    assert not same[0].any() and not same[1].any()


def test_a_table_is_scaled_to_its_margins_and_the_last_is_met_exactly():
    found = fitted(np.array([[1.0, 1], [1, 0]]), [(0, np.array([6.0, 2])), (1, np.array([5.0, 3]))])
    assert found == pytest.approx(np.array([[3.0, 3], [2, 0]]), abs=0.02)
    assert found.sum(axis=0) == pytest.approx([5, 3], abs=1e-12)
    once = fitted(np.ones((2, 2)), [(0, np.array([6.0, 2]))], rounds=1)
    assert once == pytest.approx(np.array([[3, 3], [1, 1]]))


def test_years_weigh_half_as_much_every_half_life():
    assert recent(np.array([[4.0], [2.0], [1.0]]), 1.0) == pytest.approx([1 + 1 + 1])
    assert recent(np.array([[4.0], [2.0], [1.0]]), 2.0) == pytest.approx([2 + 2 * 0.5**0.5 + 1])


def test_the_rise_of_the_next_year_is_half_way_back():
    found = BlockGrowth(0.03, 0.01, 0.05, beyond=0.04, surprise=0.01)
    away = np.hypot(1.645 * 0.01, 0.02)
    assert found.next_year == pytest.approx((0.05, 0.05 - away, 0.05 + away))


@pytest.mark.parametrize(("years", "kept"), [(1, [1]), (2, [1, 1.5]), (3, [1, 1.5, 1.75])])
def test_how_unsure_the_block_is_so_many_years_on(years, kept):
    """A year's surprise goes on by half: after two years it is worth 1.5. The stated rise is unsure every year."""
    of_stated = years * 0.04 / (2 * 1.645)
    of_surprise = 0.01 * np.sqrt(np.square(kept).sum())
    assert BlockGrowth(0.03, 0.01, 0.05, 0.04, 0.01).spread(years) == pytest.approx(np.hypot(of_stated, of_surprise))


def test_a_block_without_surprises_comes_back_to_the_stated_rise():
    found = BlockGrowth(0.03, 0.03, 0.03, beyond=0.04).draws(3, np.random.default_rng(1), 2)
    rise = np.log(1.03)
    assert found[0] == pytest.approx([rise + 0.02, 2 * rise + 0.03, 3 * rise + 0.035]) and (found[0] == found[1]).all()


def test_what_is_learnt_of_the_block():
    """Rises of a tenth and of a fifth, in councils that have both years; the surprise leans on the way back."""
    stated = default("grant_growth")
    blocks = {"1": {2018: 100.0, 2019: 110.0, 2020: 132.0}, "2": {2018: 100.0, 2019: 110.0}, "3": {2017: 5.0}}
    found = block_growth(blocks)
    first, last = 0.1 - stated.value, 0.2 - stated.value
    assert (found.stated, found.low, found.high) == (stated.value, stated.low, stated.high)
    assert found.beyond == pytest.approx(last)
    assert found.surprise == pytest.approx(np.sqrt(((0.5 * last) ** 2 + (last - 0.5 * first) ** 2) / 2))
    assert block_growth({"1": {2018: 1.0}}) == BlockGrowth(stated.value, stated.low, stated.high)


@pytest.mark.parametrize(("closed", "trust", "level"), [(2, 0.5, 1.25), (6, 0.75, 1.375), (12, 1.0, 1.5)])
def test_a_ledger_is_believed_by_its_periods(closed, trust, level):
    """Half as much again was spent as the estimate has for the same periods; two periods are believed by half."""
    one = Underway("2024-25", closed, 1.5 * 100 * closed, None, ("ledger",))
    assert default("ledger_lean_periods").value == 2
    assert trust_in(one) == pytest.approx(trust) and level_of(one, np.array([1000.0, 1400.0])) == pytest.approx(level)


def test_contributions_are_spread_over_the_years_of_the_agreement():
    asked = ForecastInputs("999", "2026-27", 2, 1, promised_gbp=500.0, paid_gbp=100.0)
    found = contributions_by_year(asked, ("2025-26", "2026-27", "2027-28"), 2)
    assert sorted(map(tuple, found.tolist())) == [(50.0, 50.0, 0.0), (150.0, 150.0, 0.0)]
    assert not contributions_by_year(asked, ("2027-28",), 2).any()
    paid = ForecastInputs("999", "2026-27", 2, 1, promised_gbp=100.0, paid_gbp=500.0)
    assert not contributions_by_year(paid, ("2025-26",), 2).any(), "more is paid than was promised"


@pytest.mark.parametrize(("horizon", "one_off"), [(1, 1.0), (2, 0.0), (3, -1 / 3)])
def test_how_coefficients_are_read(horizon, one_off):
    """Intercept and driver, then what a one-off change adds to each: 0.1 + 2 x 0.01 and one_off x (0.3 + 2 x 0.02)."""
    found = Learned(np.array([0.1, 0.01, 0.3, 0.02])).yearly(np.array([[2.0]]), horizon)
    assert found == pytest.approx([0.12 + one_off * 0.34])


def test_an_outcome_is_forgotten_once_it_weighs_less_than_a_thousandth():
    """With a memory of a half the eleventh year weighs less, the ninth does not: only that one moves the answer."""
    member = Member((), by_pupils=False, memory=0.5, ridge=1.0, one_off=1.0)

    def answer(age):
        old = Lessons(np.ones((2, 2)), np.array([0.0, 9.0]), np.array([0.0, age]), np.ones(2))
        return learn(old, member).coefficients

    alone = learn(Lessons(np.ones((1, 2)), np.zeros(1), np.zeros(1), np.ones(1)), member).coefficients
    assert (answer(11.0) == alone).all() and not (answer(9.0) == alone).all()


@pytest.mark.parametrize(("percent", "ends"), [(95, (0, 6)), (80, (1, 5)), (50, (2, 4))])
def test_a_band_lies_between_two_quantiles(percent, ends):
    fan = Fan("Plans", ("2024-01",), (10.0,), tuple((float(place),) for place in range(len(CHANCES))))
    assert fan.band(percent) == tuple((float(place),) for place in ends)


@pytest.mark.parametrize("one", defaults().values(), ids=lambda one: one.name)
def test_a_default_that_somebody_judged_says_so_in_its_source_too(one):
    """The mark is counted and the words are printed: a reader of the register sees which rows the count is of."""
    assert one.assumed == one.source.startswith("assumption")
