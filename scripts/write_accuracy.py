"""Write the accuracy tables of the methods papers from the scorecard: python scripts/write_accuracy.py

Between `<!-- accuracy: NAME -->` and `<!-- end of NAME -->` stands what the back-test says of the shipped pack. A test
holds the pages to it, so that no figure of a method outlives a change of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from highneeds.forecast.aggregates.areas import areas_of
from highneeds.forecast.aggregates.backtest import area_scorecard
from highneeds.forecast.aggregates.errors import plan_errors, spend_errors
from highneeds.forecast.aggregates.spread import PLANS, SPEND
from highneeds.forecast.backtest import BackTest, Score, scorecard, spend_by_origin, spend_scorecard
from highneeds.forecast.backtest.run import backtest_from
from highneeds.forecast.backtest.spend import SpendBackTest, spend_backtest_from
from highneeds.forecast.published.lookback import METHOD, look_back
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.spend import OutturnPanel, SpendOutlook, look_back_at_spend
from highneeds.forecast.spend.method import england_spend
from highneeds.forecast.spend.outturn import middle_of_year
from highneeds.intake.published import open_pack

PAGES = Path(__file__).parent.parent / "docs" / "explanation"
HORIZONS = (1, 2, 3)
ORIGINS, SPEND_ORIGINS = 7, 5
"""How many Januaries before the newest are scored: those from which a horizon of three years can be judged, and two."""


def tables() -> Mapping[str, str]:
    """Every table by its name."""
    published = open_pack()
    newest = latest_january(published)
    looks = look_back(published, newest)
    spent = look_back_at_spend(published, looks)
    tested = backtest_from(looks, looks[-1].panel, range(newest - ORIGINS - 1, newest), HORIZONS)
    of_spend = spend_backtest_from(spent, looks, range(newest - SPEND_ORIGINS, newest), HORIZONS)
    areas = areas_of(published)
    sums = {
        "plans": area_scorecard(plan_errors(looks, areas), [one.panel.january for one in tested.outlooks], PLANS),
        "spending": area_scorecard(spend_errors(spent, areas), [one.january for one in of_spend.outlooks], SPEND),
    }
    scores = scorecard(tested)
    return {
        "plans": _methods(one for one in scores if one.cut == "total"),
        "parts": _parts(scores),
        "plans by origin": _by_origin(_plans_by_origin(tested)),
        "spending": _methods(spend_scorecard(of_spend)),
        "spending by origin": _by_origin(spend_by_origin(of_spend)),
        "whose error": _whose_error(of_spend),
        "sums": _sums(sums),
    }


def written(text: str, found: Mapping[str, str]) -> str:
    """A page with every table of it as it is now."""

    def now(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- accuracy: {name} -->\n{found[name]}\n<!-- end of {name} -->"

    return re.sub(r"<!-- accuracy: (?P<name>[a-z ]+) -->\n.*?<!-- end of (?P=name) -->", now, text, flags=re.S)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _methods(scores: Iterable[Score]) -> str:
    """One row per method and horizon."""
    heads = ("method", "years", "rows", "MAPE %", "ratio", "WAPE %", "MASE", "bias %", "CRPS %")
    return _table(
        (*heads, "50% holds", "80% holds", "95% holds", "80% width", "worst origin"),
        [
            (
                "**the method**" if one.method == METHOD else one.method,
                str(one.years_ahead),
                str(one.rows),
                *(_shown(value, places) for value, places in _figures(one)),
            )
            for one in sorted(scores, key=lambda one: one.years_ahead)
        ],
    )


def _figures(one: Score) -> tuple[tuple[float | None, int], ...]:
    return (
        (one.mape, 2),
        (one.ratio, 3),
        (one.wape, 2),
        (one.mase, 2),
        (one.bias, 1),
        (one.crps, 2),
        (one.cover50, 1),
        (one.cover80, 1),
        (one.cover95, 1),
        (one.width80, 1),
        (one.worst80, 1),
    )


def _shown(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


def _plans_by_origin(tested: BackTest) -> dict[int, tuple[Score, ...]]:
    alone = {one.panel.january: scorecard(replace(tested, outlooks=(one,)), cuts=("total",)) for one in tested.outlooks}
    return {origin: scores for origin, scores in alone.items() if scores}


def _by_origin(found: Mapping[int, tuple[Score, ...]]) -> str:
    """MAPE (bias) and what the 80% band held, one row per origin."""
    rows = []
    for origin, scores in sorted(found.items()):
        ours = {one.years_ahead: one for one in scores if one.method == METHOD}
        rows.append((str(origin), *(_cell(ours.get(horizon)) for horizon in HORIZONS)))
    return _table(("origin", "1 year", "2 years", "3 years"), rows)


def _cell(one: Score | None) -> str:
    return "" if one is None else f"{one.mape:.2f} ({one.bias:+.1f}), {one.cover80:.0f}"


def _whose_error(tested: SpendBackTest) -> str:
    """England's error by origin, of its plans and of the price of a plan; then their mean and its standard error."""
    found = {(one.january, h): _england_errors(one, tested.truth, h) for one in tested.outlooks for h in HORIZONS}
    heads = ("origin", "1 year: plans, price, both", "2 years", "3 years")
    rows = [
        (str(one.january), *(_signed(found[one.january, horizon]) for horizon in HORIZONS)) for one in tested.outlooks
    ]
    last = [np.array([sum(one) for (_, h), one in found.items() if h == horizon and one]) for horizon in HORIZONS]
    means = (f"{one.mean():+.1f}, {one.std(ddof=1) / np.sqrt(len(one)):.1f}" for one in last)
    return _table(heads, [*rows, ("mean of both, standard error", *means)])


def _england_errors(view: SpendOutlook, truth: OutturnPanel | None, horizon: int) -> tuple[float, ...]:
    """Per cent that England's plans and its price were too high by; empty where the outcome is not known."""
    start = view.outturn.newest.start
    if truth is None or start + horizon > truth.newest.start:
        return ()
    years = slice(start - truth.first, start - truth.first + horizon)
    plans, spending = truth.plan_step[years].sum(), truth.step[years].sum()
    forecast = middle_of_year(view.plans.england, view.outturn.panel.first, start, horizon + 1)
    growth = forecast[-1] - forecast[0]
    both = england_spend(view.outturn, view.plans, (horizon,))[0]
    return 100 * float(growth - plans), 100 * float((both - growth) - (spending - plans))


def _signed(errors: tuple[float, ...]) -> str:
    return ", ".join(f"{one:+.1f}" for one in (*errors, sum(errors))) if errors else ""


def _parts(scores: Iterable[Score]) -> str:
    """WAPE of ages and settings beside the 70/30 rule, and what their 80% bands held."""
    found = {(one.cut, one.method, one.years_ahead): one for one in scores}
    rows = []
    for cut in ("age band", "setting", "setting as published"):
        ours, rule = ([found[cut, method, h] for h in HORIZONS] for method in (METHOD, "70/30"))
        rows.append(
            (cut, *(f"{one.wape:.2f}" for one in ours), _slashed(rule, "wape", 2), _slashed(ours, "cover80", 0))
        )
    return _table(("WAPE %", "1 year", "2 years", "3 years", "70/30 by last shares", "80% holds"), rows)


def _slashed(scores: Iterable[Score], name: str, places: int) -> str:
    return " / ".join(f"{getattr(one, name):.{places}f}" for one in scores)


def _sums(found: Mapping[str, Iterable[Score]]) -> str:
    heads = ("of", "sum", "years", "forecasts", "MAPE %", "bias %", "80% holds", "80% width")
    return _table(
        heads,
        [
            (
                name,
                one.cut,
                str(one.years_ahead),
                str(one.rows),
                *(f"{value:.1f}" for value in (one.mape, one.bias, one.cover80 or 0.0, one.width80 or 0.0)),
            )
            for name, scores in found.items()
            for one in scores
        ],
    )


def main(say: Callable[[str], None] = print) -> None:
    """Write every page that holds a table."""
    found = tables()
    for page in sorted(PAGES.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if "<!-- accuracy:" in text:
            page.write_text(written(text, found), encoding="utf-8")
            say(page.name)


if __name__ == "__main__":
    main()
