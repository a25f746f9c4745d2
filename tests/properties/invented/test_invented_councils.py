"""Invented councils with known rates: what is learnt from their SEN2 holds them as often as it says.

Truths are drawn as the register believes councils to differ, children are counted by chance, and two years of returns
are learnt from. `benchmarks/learning.py` does the same at scale and prints the figures of the manual.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from highneeds.forecast.learning.evidence import area_of, requests_growth
from highneeds.forecast.learning.from_sen2 import Learnt
from highneeds.forecast.many import councils_of
from highneeds.forecast.published import outlook
from highneeds.forecast.rates import learnt_from
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.state import FLOWS_BY_PROVISION, NEEDS
from highneeds.intake.published import Published, open_pack
from highneeds.invented.world import World, invented

YEARS = 5


@dataclass(frozen=True)
class Fitted:
    world: World
    council: str
    learnt: Learnt


@pytest.fixture(scope="module")
def published() -> Published:
    return open_pack()


@pytest.fixture(scope="module")
def fitted(published) -> list[Fitted]:
    found = []
    for seed in range(3):
        world = invented(published, YEARS, seed, only=councils_of(published)[seed::7])
        for council, life in world.lives.items():
            seen = world.seen(council, world.january, world.january + 1)
            growth = requests_growth(published, area_of(published, council))
            found.append(Fitted(world, council, Learnt(seen, life.year, growth)))
    return found


def held(distances: np.ndarray) -> float:
    """The share of truths inside the 80% band, in standard deviations from what was fitted."""
    return float((np.abs(distances) < 1.2816).mean())


def of(fitted: list[Fitted], found, truth) -> np.ndarray:
    pairs = [(found(one.learnt), truth(one.world.lives[one.council].truth)) for one in fitted]
    return np.array([(mean - known) / sd for (mean, sd), known in pairs])


def test_chances_and_paces_are_recovered_within_their_bands(fitted):
    assert len(fitted) >= 40
    assert 0.66 <= held(of(fitted, lambda one: one.agree_level, lambda truth: truth.agree)) <= 0.94
    assert 0.66 <= held(of(fitted, lambda one: one.issue_level, lambda truth: truth.issue)) <= 0.94
    assert 0.66 <= held(of(fitted, lambda one: (one.level, one.level_sd), lambda truth: truth.ends_lasting)) <= 0.94
    pace = np.array([one.learnt.finish for one in fitted])
    assert held((pace[:, 0] - 0.65) / pace[:, 1]) >= 0.66


def test_moves_are_recovered_within_their_bands(fitted):
    """Every move of the world follows the borrowed chances; each cell's band must hold its own."""
    places = []
    for one in fitted:
        for number, chances in ((0, one.learnt.wider.in_year), (2, one.learnt.wider.september)):
            cells = (one.learnt.of_term(one.learnt.at_risk, number).sum(axis=0) > 0) & (chances > 1e-4)
            places.append(one.learnt.leave[number].rank_of(chances)[cells])
    ranks = np.concatenate(places)
    assert 0.76 <= ((ranks > 0.1) & (ranks < 0.9)).mean() <= 0.97


def test_needs_that_make_no_difference_are_not_found_to_make_one(fitted):
    """In the world ends and moves do not depend on the need; chance alone stays within half the prior spread."""
    for name in ("end", "leave"):
        found = np.array(
            [one.learnt.by_need("ended" if name == "end" else "left", getattr(one.learnt, name)) for one in fitted]
        )
        assert np.abs(np.log(found[:, NEEDS.index("asd")])).mean() < 0.1
        assert (found[:, NEEDS.index("need_unknown")] == 1.0).all()


def test_bands_of_the_total_hold_what_came(fitted, published):
    inside, wide = [], []
    for one in fitted[::3]:
        world, origin = one.world, one.world.january + 2
        seen = world.seen(one.council, world.january, world.january + 1)
        run = simulate(learnt_from(seen, published, one.council, 3), 120, 1, RunOptions(threads=2))
        totals = run.outcome.by_provision[:, 2::3, FLOWS_BY_PROVISION.index("stock")].sum(axis=2)[:, :3]
        low, middle, high = np.quantile(totals, (0.1, 0.5, 0.9), axis=0)
        came = np.array([world.total(one.council, origin + ahead) for ahead in (1, 2, 3)])
        inside.append((low <= came) & (came <= high))
        wide.append((high - low) / middle)
    assert (np.mean(inside, axis=0) >= 0.6).all()
    assert 0.7 <= np.mean(inside) <= 0.95
    assert (np.diff(np.mean(wide, axis=0)) > 0).all()


def test_the_councils_own_returns_are_no_worse_than_published_statistics(tmp_path_factory, published):
    """In one world, where both ways see the same councils: paired errors of one in six, from two years of returns.

    The gain is too small for 26 councils to show. Begun in January 2024 this sample was better by 0.2 and 0.6 points
    two and three years ahead, with standard errors of 0.4 and 0.8; begun in January 2025, when the pack had grown, it
    is worse by 0.1 and 0.4, with 0.6 and 1.1. Over 142 councils of worlds 1, 2 and 3 begun in January 2025 own returns
    are better by 0.3 and 0.5 points of 4.4 and 6.9 (7%), with 0.3 and 0.4. So what is held here is that they are no
    worse than chance explains, with councils enough to see a third more error; `benchmarks/learning.py` shows the gain.
    """
    world = invented(published, YEARS, seed=3)
    folder = open_pack(world.write(tmp_path_factory.mktemp("invented")))
    origin = world.january + 2
    view = outlook(folder, origin, (1, 2, 3))
    own, public = [], []
    for council in list(world.lives)[::6]:
        seen = world.seen(council, world.january, world.january + 1)
        run = simulate(learnt_from(seen, folder, council, 3), 100, 1, RunOptions(threads=2))
        totals = run.outcome.by_provision[:, 2::3, FLOWS_BY_PROVISION.index("stock")].sum(axis=2)[:, :3]
        came = np.array([world.total(council, origin + ahead) for ahead in (1, 2, 3)])
        own.append(np.abs(np.median(totals, axis=0) / came - 1.0))
        public.append(np.abs(np.exp(view.points[view.row(council)]) / came - 1.0))
    worse = np.array(own) - np.array(public)
    by_chance = worse.std(axis=0, ddof=1) / np.sqrt(len(worse))
    assert (worse.mean(axis=0) < 2.0 * by_chance).all()
    assert (2.0 * by_chance < 0.35 * np.mean(public, axis=0)).all(), "too few councils to see a third more error"


def test_an_invented_year_is_counted_and_conserved(fitted):
    for one in fitted[:5]:
        seen = one.learnt.seen
        for term in range(len(seen.terms) - 1):
            after = seen.at_risk[term].sum() - seen.ended[term].sum() + seen.started[term].sum()
            assert after >= seen.at_risk[term + 1].sum()  # those past 25 end in September
        assert seen.plans.sum() == one.world.total(one.council, one.world.january + 2)
