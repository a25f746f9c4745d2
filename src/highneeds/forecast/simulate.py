"""Run the forecast: draw what is drawn once per path, then hand blocks of draws to a kernel.

The seam to threads, processes or a cluster is `concurrent.futures`: any Executor will do, and the result is the same
bytes whatever the number of workers or the size of a block.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from highneeds.forecast import kernels
from highneeds.forecast.assumptions import Assumptions, Spread
from highneeds.forecast.kernels.layout import Inputs, Outcome, Paths, in_order, inputs_of
from highneeds.forecast.seeds import Purpose, generator, keys
from highneeds.forecast.state import AGE_BANDS, Floats, Ints, Keys

Progress = Callable[[int, int], None]
MOST_PROVISIONS = 64
"""Dice are kept for this many, so that a school added by a scenario leaves every other die as it was."""


@dataclass(frozen=True)
class How:
    """How a simulation is run; none of it changes the result.

    kernel     'numba', 'numpy' or 'reference'
    threads    blocks run at once when no executor is given
    block      draws in one block
    executor   where blocks are sent: a process pool, or a cluster's
    progress   told (draws done, draws in all)
    """

    kernel: str = "numba"
    threads: int = 2
    block: int = 100
    executor: Executor | None = None
    progress: Progress | None = None


@dataclass(frozen=True)
class Run:
    """A simulation with what it was made from.

    points   the assumptions of draw d are those of point d modulo their number; () where all draws have the same
    """

    assumptions: Assumptions
    seed: int
    paths: Paths
    outcome: Outcome
    points: tuple[Assumptions, ...] = ()

    @property
    def draws(self) -> int:
        return self.outcome.draws


def simulate(assumptions: Assumptions, draws: int, seed: int, how: How | None = None) -> Run:
    """Simulate one set of assumptions."""
    return simulate_points((assumptions,), draws, seed, how)


def simulate_points(points: tuple[Assumptions, ...], draws: int, seed: int, how: How | None = None) -> Run:
    """Simulate assumptions that are themselves uncertain: draw d follows point d modulo their number.

    Every point has its own arrays (a lever at low, central or high strength), and all roll the same dice.
    """
    way = how or How()
    paths = draw_paths(points[0], draws, seed)
    keyring = keys(seed, draws)
    jobs = []
    for number, point in enumerate(points):
        inputs, mine = inputs_of(point, _weight(point)), np.arange(number, draws, len(points))
        for first in range(0, len(mine), way.block):
            which = mine[first : first + way.block]
            jobs.append((which, inputs, paths.part(which), keyring[which]))
    return Run(points[0], seed, paths, _all_jobs(jobs, draws, way), points if len(points) > 1 else ())


def same_plans(one: Assumptions, other: Assumptions) -> bool:
    """True where both give the same plans, draw for draw, so that one differs from the other in money at most."""
    physical = ("rates", "opening", "spread", "provisions", "calendar")
    if any(getattr(one, name) is not getattr(other, name) for name in physical) or one.places != other.places:
        return False
    mine, theirs = (1.0 if weight is None else weight for weight in (_weight(one), _weight(other)))
    return bool(np.all(mine == theirs))


def _weight(assumptions: Assumptions) -> Floats | None:
    return None if assumptions.prices is None else assumptions.prices.weight(assumptions)


def run_block(name: str, which: Ints, inputs: Inputs, paths: Paths, keyring: Keys) -> tuple[Ints, Outcome]:
    """One block of draws: what a worker does."""
    return which, kernels.kernel(name)(inputs, paths, keyring)


def _all_jobs(jobs: list[tuple[Ints, Inputs, Paths, Keys]], draws: int, how: How) -> Outcome:
    with _workers(how) as workers:
        futures = [workers.submit(run_block, how.kernel, *job) for job in jobs]
        return in_order(_as_they_come(futures, draws, how.progress), draws)


def _as_they_come(
    futures: list[Future[tuple[Ints, Outcome]]], draws: int, progress: Progress | None
) -> Iterator[tuple[Ints, Outcome]]:
    """Blocks as they are done; the list is emptied, so that a block that was taken need not stay in memory."""
    done, waiting = 0, as_completed(list(futures))
    futures.clear()
    for future in waiting:
        part = future.result()
        done += len(part[0])
        if progress:
            progress(done, draws)
        yield part


@contextmanager
def _workers(how: How) -> Iterator[Executor]:
    if how.executor is not None:
        yield how.executor
        return
    with ThreadPoolExecutor(max_workers=how.threads) as pool:
        yield pool


def draw_paths(assumptions: Assumptions, draws: int, seed: int) -> Paths:
    """What is drawn once for a whole path and kept: the common shock, the rates, the tilts.

    The first draws of a longer run are the draws of a shorter one.
    """
    spread, years, count = assumptions.spread, assumptions.calendar.years, len(assumptions.provisions)
    bands = len(AGE_BANDS)
    normal = generator(seed, Purpose.RATES).standard_normal((draws, 5 + 2 * bands + MOST_PROVISIONS))
    level, trend, agree, issue, end = normal[:, :5].T
    shock = _shock(spread, level, trend, years)
    ending = spread.end * end[:, None] + spread.end_band * normal[:, 5 + bands : 5 + 2 * bands]
    tilt = np.broadcast_to(spread.tilt, count) * normal[:, 5 + 2 * bands : 5 + 2 * bands + count]
    return Paths(
        demand=np.exp(shock),
        band=_exp_centred(spread.band, normal[:, 5 : 5 + bands]),
        agree=spread.agree * agree,
        issue=spread.issue * issue,
        end=np.exp(ending[:, None, :] - spread.ends_share * shock[:, :, None]),
        tilt=np.exp(tilt),
    )


def _shock(spread: Spread, level: Floats, trend: Floats, years: int) -> Floats:
    """(draws, years) log of the common shock. With a track it is given; otherwise a level and a drift, mean one.

    The drift spreads as a wandering level does, with the root of the years, and keeps its side for the path.
    """
    if spread.track is not None:
        return np.ascontiguousarray(spread.track[: len(level)])
    grown = np.sqrt(np.arange(years))
    variance = spread.demand**2 + (spread.demand_trend * grown) ** 2
    found: Floats = spread.demand * level[:, None] + spread.demand_trend * grown * trend[:, None] - variance / 2
    return found


def _exp_centred(sd: float, normal: Floats) -> Floats:
    found: Floats = np.exp(sd * normal - sd**2 / 2)
    return found
