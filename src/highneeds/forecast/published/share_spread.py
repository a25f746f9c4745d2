"""How far a council's shares have strayed from what was forecast, by part: the spread for whoever draws the parts."""

from collections.abc import Callable, Sequence

import numpy as np

from highneeds.forecast.published.bands import MEMORY, USUAL_POWER, weighted_quantile
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import PastForecast, outcomes
from highneeds.forecast.published.panel import Array, PublishedPanel
from highneeds.forecast.published.parts import Shares

LEAST_PLANS = 20
"""Shares of fewer plans than this are chance, which the counting of single plans already holds."""

LEAST_CELLS = 30
USUAL_SPREAD = 0.25

Cut = Callable[[PublishedPanel], Shares]
SharePaths = Callable[[PublishedPanel, Shares, tuple[int, ...]], Array]


def share_spread(
    before: Sequence[PastForecast], panel: PublishedPanel, cut: Cut, paths: SharePaths, horizons: Sequence[int]
) -> Array:
    """(horizons, parts) spread of the log of a share about the one forecast, from outcomes known by the panel.

    Measured one to three years ahead, all together under the usual power of time, which carries later years on. A part
    with too few cells to tell takes the spread of all parts together.
    """
    now = cut(panel)
    strays, weights = _strays(before, panel, now, cut, paths)
    together = _spread(strays.ravel(), weights.ravel())
    yearly = [_spread(strays[:, part], weights[:, part], together) for part in range(len(now.names))]
    reach = np.array(horizons, dtype=float)[:, None] ** USUAL_POWER
    return np.asarray(reach * np.array(yearly)[None, :])


def _strays(
    before: Sequence[PastForecast], panel: PublishedPanel, now: Shares, cut: Cut, paths: SharePaths
) -> tuple[Array, Array]:
    """(cells, parts) log of share over share forecast, a year's worth, and their weights; nought where not counted."""
    strays, weights = [np.zeros((0, len(now.names)))], [np.zeros((0, len(now.names)))]
    for look in before:
        then = cut(look.panel)
        forecast = _named(paths(look.panel, then, HORIZONS), then.names, now.names)
        for column, horizon in enumerate(HORIZONS):
            stray, counted = _stray(look, panel, now, forecast[:, column], horizon)
            strays.append(stray / horizon**USUAL_POWER)
            weights.append(counted * MEMORY ** max(0, panel.january - look.panel.january - horizon))
    return np.concatenate(strays), np.concatenate(weights)


def _named(shares: Array, names: tuple[str, ...], wanted: tuple[str, ...]) -> Array:
    into = np.array([[name == want for want in wanted] for name in names], dtype=float).reshape(len(names), len(wanted))
    return np.asarray(shares @ into)


def _stray(
    look: PastForecast, panel: PublishedPanel, now: Shares, forecast: Array, horizon: int
) -> tuple[Array, Array]:
    outcome, known = outcomes(look.panel, panel, horizon)
    if not known.any():
        return np.zeros((0, forecast.shape[1])), np.zeros((0, forecast.shape[1]))
    year = look.panel.january + horizon - panel.first
    place = np.array([panel.councils.index(council) for council in look.panel.councils])[known]
    came, expected = now.shares[place, year], forecast[known]
    enough = np.minimum(came, expected) * outcome[known][:, None] >= LEAST_PLANS
    counted = enough & now.returned[place, year][:, None]
    return np.log(np.where(counted, came, 1) / np.where(counted, expected, 1)), counted.astype(float)


def _spread(strays: Array, weights: Array, otherwise: float = USUAL_SPREAD) -> float:
    counted = weights > 0
    if counted.sum() < LEAST_CELLS:
        return otherwise
    middle = weighted_quantile(np.abs(strays[counted]), weights[counted], np.array([0.5]))[0]
    return 1.4826 * float(middle)
