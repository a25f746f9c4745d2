"""How long the back-test takes, and what each idea in the method brought.

Run: python benchmarks/backtest.py [FOLDER] [--tried]
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from highneeds.forecast.backtest import Score, backtest, scorecard, scorecard_table
from highneeds.forecast.published import growth, latest_january, lookback, outlook, panel, totals
from highneeds.forecast.published.drivers import CORE, WIDE
from highneeds.forecast.published.lookback import METHOD
from highneeds.forecast.published.totals import MEMBERS
from highneeds.intake.published import Published, open_pack
from highneeds.report.render.tables import as_text

HORIZONS = (1, 2, 3)


def main(words: list[str]) -> None:
    folders = [Path(word) for word in words if not word.startswith("--")]
    published = open_pack(folders[0] if folders else None)
    newest = latest_january(published)
    origins = list(range(newest - 7, newest + 1))
    if "--tried" in words:
        for name, change in TRIED.items():
            with change():
                print(f"{name:64}", *_totals(published, origins), flush=True)
        return
    council = published.table("la_lookup")["la_number"].sort()[0]
    timed("one council, five origins", lambda: scorecard(backtest(published, origins[-5:], HORIZONS, council)))
    timed("all councils, ten years ahead", lambda: outlook(published, newest, range(1, 11)))
    card = timed("all councils, eight origins, with the scorecard", lambda: _card(published, origins))
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    print(as_text(scorecard_table(card)))


def timed(words: str, work: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = work()
    print(f"{words}: {time.perf_counter() - began:.1f} s")
    return result


def _card(published: Published, origins: list[int]) -> tuple[Score, ...]:
    return scorecard(backtest(published, origins, HORIZONS))


def _totals(published: Published, origins: list[int]) -> Iterator[str]:
    for score in _card(published, origins):
        if score.cut == "total" and score.method == METHOD:
            yield f"{score.mape:.2f} ({score.ratio:.3f})  {score.cover80:.0f}% at {score.width80:.1f}  "


@contextmanager
def changed(**to: Any) -> Iterator[None]:
    """The method with some of its settings changed: totals__MEMBERS=... sets MEMBERS in the module totals."""
    modules = {"totals": totals, "growth": growth, "panel": panel, "lookback": lookback}
    places = [(modules[name.split("__")[0]], name.split("__")[1], value) for name, value in to.items()]
    before = [(module, name, getattr(module, name)) for module, name, _ in places]
    for module, name, value in places:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def with_members(change: Callable[[growth.Member], growth.Member]) -> Callable[[], Any]:
    """Every member changed; those that come out alike count once."""
    members = tuple(dict.fromkeys(change(member) for member in MEMBERS))
    first = totals.reaches

    def reaches(*words: Any) -> Any:
        return first(*words, members=members)

    return lambda: changed(lookback__reaches=reaches)


def with_drivers(*names: str) -> Callable[[], Any]:
    return with_members(lambda member: replace(member, drivers=names))


def without(name: str) -> Callable[[], Any]:
    return with_members(lambda member: replace(member, drivers=tuple(one for one in member.drivers if one != name)))


def england_over(years: int) -> Callable[[], Any]:
    def growth_of(found: panel.PublishedPanel, horizon: int) -> float:
        return float(np.diff(found.england)[-years:].mean() * totals.damped_years(horizon, totals.DAMPING_ENGLAND))

    return lambda: changed(totals__england_growth=growth_of)


@contextmanager
def least_squares() -> Iterator[None]:
    """Every error weighs as one of a quarter would, and the ridge is as much smaller."""
    smaller = with_members(lambda member: replace(member, ridge=member.ridge / 8, one_off=member.one_off / 8))
    with smaller(), changed(growth__SMALLEST_ERROR=0.25):
        yield


MOMENTUM, FLOWS = CORE[:3], CORE[4:9]
TRIED: dict[str, Callable[[], Any]] = {
    "the method": lambda: changed(),
    "England's growth since the reform, nothing of the council's own": with_members(
        lambda member: replace(member, ridge=1e9, one_off=1e9)
    ),
    "+ own momentum over 1, 2, 3 years": with_drivers(*MOMENTUM),
    "+ level of prevalence (stocks only)": with_drivers(*CORE[:4]),
    "+ requests": with_drivers(*CORE[:5]),
    "+ refused, pending, new plans, not yet a plan": with_drivers(*CORE[:4], *FLOWS),
    "+ plans issued late": with_drivers(*CORE[:10]),
    "+ ages and primary prevalence (the core set alone)": with_drivers(*CORE),
    "all sixteen drivers alone": with_drivers(*WIDE),
    **{f"without: {name}": without(name) for name in WIDE},
    "England's growth over the last 2 years": england_over(2),
    "England's growth over the last 3 years": england_over(3),
    "England's growth over the last 5 years": england_over(5),
    "all past outcomes weigh alike": with_members(lambda member: replace(member, memory=1.0)),
    "the same yearly rate at every horizon": with_members(lambda member: replace(member, one_off=1e9)),
    "no ridge": with_members(lambda member: replace(member, ridge=1e-6, one_off=1e-6)),
    "no holding back of small councils": lambda: changed(growth__HALF_TRUST_PLANS=1e-9),
    "least squares in place of least absolute error": least_squares,
    "prevalence by pupils only": with_members(lambda member: replace(member, by_pupils=True)),
    "prevalence by population only": with_members(lambda member: replace(member, by_pupils=False)),
    "breaks in returns left in": lambda: changed(panel__BREAK_AT_LEAST=1e9),
    "members weigh alike": lambda: changed(lookback__SHARPNESS=0.0),
    "only the best member so far": lambda: changed(lookback__SHARPNESS=1e5),
}

if __name__ == "__main__":
    main(sys.argv[1:])
