"""Run the forecast: draw what is drawn once per path, then hand blocks of draws to a kernel.

The seam to threads, processes or a cluster is `concurrent.futures`: any Executor will do, and the result is the same
bytes whatever the number of workers or the size of a block.
"""

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from highneeds.forecast import kernels
from highneeds.forecast.assumptions import Assumptions, Spread
from highneeds.forecast.kernels.layout import DrawnPaths, Inputs, SimulatedFlows, in_order, inputs_of
from highneeds.forecast.seeds import Purpose, generator, keys
from highneeds.forecast.state import AGE_BANDS, Floats, Ints, Keys
from highneeds.vocabulary.progress import CountProgress

MOST_PROVISIONS = 64
"""Random numbers are kept for this many, so that a school added by a scenario leaves every other as it was."""


@dataclass(frozen=True)
class RunOptions:
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
    progress: CountProgress | None = None


@dataclass(frozen=True)
class SimulationRun:
    """A simulation with what it was made from.

    points   the assumptions of draw d are those of point d modulo their number; () where all draws have the same
    """

    assumptions: Assumptions
    seed: int
    paths: DrawnPaths
    outcome: SimulatedFlows
    points: tuple[Assumptions, ...] = ()

    @property
    def draws(self) -> int:
        return self.outcome.draws


def simulate(assumptions: Assumptions, draws: int, seed: int, options: RunOptions | None = None) -> SimulationRun:
    """Simulate one set of assumptions."""
    return simulate_points((assumptions,), draws, seed, options)


def simulate_points(
    points: tuple[Assumptions, ...], draws: int, seed: int, options: RunOptions | None = None
) -> SimulationRun:
    """Simulate assumptions that are themselves uncertain: draw d follows point d modulo their number.

    Every point has its own arrays (a lever at low, central or high strength), and all use the same random numbers.
    """
    chosen = options or RunOptions()
    paths = draw_paths(points[0], draws, seed)
    keyring = keys(seed, draws)
    jobs = []
    for number, point in enumerate(points):
        inputs, mine = inputs_of(point, _weight(point)), np.arange(number, draws, len(points))
        for first in range(0, len(mine), chosen.block):
            which = mine[first : first + chosen.block]
            jobs.append((which, inputs, paths.part(which), keyring[which]))
    return SimulationRun(points[0], seed, paths, _all_jobs(jobs, draws, chosen), points if len(points) > 1 else ())


def same_plans(one: Assumptions, other: Assumptions) -> bool:
    """True where both give the same plans, draw for draw, so that one differs from the other in money at most."""
    physical = ("rates", "opening", "spread", "provisions", "calendar")
    if any(getattr(one, name) is not getattr(other, name) for name in physical) or one.places != other.places:
        return False
    mine, theirs = (1.0 if weight is None else weight for weight in (_weight(one), _weight(other)))
    return bool(np.all(mine == theirs))


def _weight(assumptions: Assumptions) -> Floats | None:
    return None if assumptions.prices is None else assumptions.prices.weight(assumptions)


def run_block(name: str, which: Ints, inputs: Inputs, paths: DrawnPaths, keyring: Keys) -> tuple[Ints, SimulatedFlows]:
    """One block of draws: what a worker does."""
    return which, kernels.kernel(name)(inputs, paths, keyring)


def _all_jobs(jobs: list[tuple[Ints, Inputs, DrawnPaths, Keys]], draws: int, options: RunOptions) -> SimulatedFlows:
    with _workers(options) as workers:
        futures = [workers.submit(run_block, options.kernel, *job) for job in jobs]
        return in_order(_as_they_come(futures, draws, options.progress), draws)


def _as_they_come(
    futures: list[Future[tuple[Ints, SimulatedFlows]]], draws: int, progress: CountProgress | None
) -> Iterator[tuple[Ints, SimulatedFlows]]:
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
def _workers(options: RunOptions) -> Iterator[Executor]:
    if options.executor is not None:
        yield options.executor
        return
    with ThreadPoolExecutor(max_workers=options.threads) as pool:
        yield pool


def draw_paths(assumptions: Assumptions, draws: int, seed: int) -> DrawnPaths:
    """What is drawn once for a whole path and kept: the common shock, the rates, the tilts.

    The first draws of a longer run are the draws of a shorter one.
    """
    spread, years, count = assumptions.spread, assumptions.calendar.rate_years, len(assumptions.provisions)
    bands = len(AGE_BANDS)
    normal = generator(seed, Purpose.RATES).standard_normal((draws, 5 + 2 * bands + MOST_PROVISIONS))
    level, trend, agree, issue, end = normal[:, :5].T
    shock = _shock(spread, level, trend, years)
    ending = spread.end * end[:, None] + spread.end_band * normal[:, 5 + bands : 5 + 2 * bands]
    tilt = np.broadcast_to(spread.tilt, count) * normal[:, 5 + 2 * bands : 5 + 2 * bands + count]
    return DrawnPaths(
        demand=np.exp(shock),
        band=_exp_centred(spread.band, normal[:, 5 : 5 + bands]),
        agree=spread.agree * agree,
        issue=spread.issue * issue,
        end=np.exp(ending[:, None, :] - spread.ends_share * shock[:, :, None]),
        tilt=np.exp(tilt),
    )


def _shock(spread: Spread, level: Floats, trend: Floats, years: int) -> Floats:
    """(draws, years) log of the common shock. With a track it is given; otherwise a level and a drift, mean one.

    A track that ends sooner stays as at its end. The drift spreads as a wandering level does, with the root of the
    years, and keeps its side for the path.
    """
    if spread.track is not None:
        kept = np.minimum(np.arange(years), spread.track.shape[1] - 1)
        return np.ascontiguousarray(spread.track[: len(level), kept])
    grown = np.sqrt(np.arange(years))
    variance = spread.demand**2 + (spread.demand_trend * grown) ** 2
    found: Floats = spread.demand * level[:, None] + spread.demand_trend * grown * trend[:, None] - variance / 2
    return found


def _exp_centred(sd: float, normal: Floats) -> Floats:
    found: Floats = np.exp(sd * normal - sd**2 / 2)
    return found
