"""How wrong and how sure: one method's forecasts held against what came, over rows whose outcome is known."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from highneeds.forecast.published.bands import LEVELS
from highneeds.forecast.published.panel import Array
from highneeds.vocabulary.table import Table

PERCENT_OF_AT_LEAST = 20
"""A part of fewer plans than this leaves the MAPE of parts: one plan of three is not a third of anything."""

LEAST_CHANGE = 0.5
"""Series that hardly ever moved have no MASE: there is nothing to divide by."""

WHOLES = ("total", "spend")
"""Cuts that are one figure a council, whose percentages are each council's own."""


@dataclass(frozen=True)
class Score:
    """One method at one horizon, over all rows whose outcome is known. Percentages are of the outcome.

    mape      mean error; of parts, those with at least PERCENT_OF_AT_LEAST plans
    wape      sum of errors over sum of outcomes
    mase      mean error beside the mean yearly change of the same series up to the origin
    bias      sum of forecasts over sum of outcomes, less one: above nought is too high
    crps      mean continuous ranked probability score over mean outcome
    cover50.. share of outcomes inside the band; width50.. its width, % of the forecast
    worst80   the lowest cover80 of any origin
    ratio     mape over its rival's on the same rows: of plans 70/30, of spending the best of the plain rules
    """

    cut: str
    method: str
    years_ahead: int
    rows: int
    mape: float
    ratio: float | None
    wape: float
    mase: float
    bias: float
    crps: float | None = None
    cover50: float | None = None
    cover80: float | None = None
    cover95: float | None = None
    width50: float | None = None
    width80: float | None = None
    width95: float | None = None
    worst80: float | None = None


@dataclass(frozen=True)
class ScoredRows:
    """Forecast and outcome of every row of one cut, method and horizon; bands (levels, rows) where there are any."""

    origin: Array
    forecast: Array
    outcome: Array
    usual_change: Array
    bands: Array | None


def scorecard_table(scores: Sequence[Score]) -> Table:
    """The scorecard for a person: percentages to one decimal, MAPE to two, ratios to three."""
    names = tuple(field.name for field in fields(Score))
    return Table.of(names, [[_shown(name, getattr(score, name)) for name in names] for score in scores], "Scorecard")


def _shown(name: str, value: object) -> object:
    if not isinstance(value, float):
        return value
    if not np.isfinite(value):
        return None
    return round(value, {"mape": 2, "wape": 2, "mase": 2, "crps": 2, "ratio": 3}.get(name, 1))


def score_of(cut: str, method: str, horizon: int, rows: ScoredRows, rival: float | None) -> Score:
    """One line of the scorecard; `rival` is the mean error of the method that it is held against."""
    error = np.abs(rows.forecast - rows.outcome)
    moving = rows.usual_change >= LEAST_CHANGE
    mape = mean_error(rows, cut)
    return Score(
        cut=cut,
        method=method,
        years_ahead=horizon,
        rows=len(error),
        mape=100 * mape,
        ratio=mape / rival if rival and np.isfinite(mape / rival) else None,
        wape=100 * float(error.sum() / rows.outcome.sum()),
        mase=float((error[moving] / rows.usual_change[moving]).mean()) if moving.any() else float("nan"),
        bias=100 * float(rows.forecast.sum() / rows.outcome.sum() - 1),
        **_sureness(rows, cut),
    )


def mean_error(rows: ScoredRows, cut: str) -> float:
    """Mean of error over outcome."""
    counted = rows.outcome >= (1 if cut in WHOLES else PERCENT_OF_AT_LEAST)
    if not counted.any():
        return float("nan")
    return float((np.abs(rows.forecast - rows.outcome)[counted] / rows.outcome[counted]).mean())


def _sureness(rows: ScoredRows, cut: str) -> dict[str, float]:
    if rows.bands is None:
        return {}
    found = {"crps": 100 * float(_crps(rows.bands, rows.outcome).mean() / rows.outcome.mean())}
    for band in (50, 80, 95):
        low, high = (rows.bands[level_of(0.5 + side * band / 200)] for side in (-1, 1))
        inside = (rows.outcome >= low) & (rows.outcome <= high)
        found[f"cover{band}"] = 100 * float(inside.mean())
        found[f"width{band}"] = 100 * _mean_width(high - low, rows.forecast, cut)
        if band == 80:
            found["worst80"] = 100 * min(float(inside[rows.origin == origin].mean()) for origin in set(rows.origin))
    return found


def _mean_width(width: Array, forecast: Array, cut: str) -> float:
    """Of totals the mean of width over forecast; of parts the sum over the sum, lest the tiny ones be all there is."""
    return float((width / forecast).mean()) if cut in WHOLES else float(width.sum() / forecast.sum())


def level_of(chance: float) -> int:
    """The place in LEVELS of a chance."""
    return int(np.argmin(np.abs(LEVELS - chance)))


def _crps(bands: Array, outcome: Array) -> Array:
    """(rows,) twice the mean pinball loss over the quantiles."""
    away = outcome[None, :] - bands
    loss = np.maximum(LEVELS[:, None] * away, (LEVELS[:, None] - 1) * away)
    return np.asarray(2 * loss.mean(axis=0))


def usual_change(series: Array) -> Array:
    """(rows,) mean change from one January to the next; series (rows, years)."""
    change = np.abs(np.diff(series, axis=1))
    counted = np.isfinite(change).sum(axis=1)
    return np.asarray(np.nan_to_num(change).sum(axis=1) / np.maximum(counted, 1))


def joined(found: Sequence[ScoredRows | None]) -> ScoredRows | None:
    """The rows of several origins as one; None where none has any."""
    rows = [one for one in found if one is not None]
    if not rows:
        return None
    bands = [one.bands for one in rows if one.bands is not None]
    return ScoredRows(
        origin=np.concatenate([one.origin for one in rows]),
        forecast=np.concatenate([one.forecast for one in rows]),
        outcome=np.concatenate([one.outcome for one in rows]),
        usual_change=np.concatenate([one.usual_change for one in rows]),
        bands=np.concatenate(bands, axis=1) if len(bands) == len(rows) else None,
    )
