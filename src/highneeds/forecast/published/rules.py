"""The plain rules that every forecast is judged beside: last value, drift, half and half, 70/30."""

from collections.abc import Callable

import numpy as np

from highneeds.forecast.published.panel import Array, PublishedPanel

OWN_YEARS = 3


def _own(panel: PublishedPanel) -> Array:
    """(councils,) own growth a year over the last three years, or as many as there are; else England's."""
    growth = np.full(len(panel.councils), np.nan)
    logs = _joined(panel)
    for years in range(min(OWN_YEARS, panel.years - 1), 0, -1):
        growth = np.where(np.isfinite(growth), growth, (logs[:, -1] - logs[:, -1 - years]) / years)
    return np.where(np.isfinite(growth), growth, _england(panel, OWN_YEARS))


def _joined(panel: PublishedPanel) -> Array:
    """Log plans as published; where a young council had none yet, its predecessors' as the panel joins them."""
    return np.where(np.isfinite(panel.plans), np.log(panel.plans), panel.level)


def _england(panel: PublishedPanel, years: int) -> float:
    years = min(years, panel.years - 1)
    return float((panel.england[-1] - panel.england[-1 - years]) / years)


def _last_value(panel: PublishedPanel) -> Array:
    return np.zeros(len(panel.councils))


def _drift(panel: PublishedPanel) -> Array:
    return _own(panel)


def _half_and_half(panel: PublishedPanel) -> Array:
    return 0.5 * _own(panel) + 0.5 * _england(panel, 3)


def _seventy_thirty(panel: PublishedPanel) -> Array:
    return 0.3 * _own(panel) + 0.7 * _england(panel, 2)


RULES: dict[str, Callable[[PublishedPanel], Array]] = {
    "last value": _last_value,
    "drift": _drift,
    "half and half": _half_and_half,
    "70/30": _seventy_thirty,
}
"""Name -> growth a year in logs (councils,)."""


def rule_points(panel: PublishedPanel, name: str, horizons: tuple[int, ...]) -> Array:
    """(councils, horizons) log plans by one rule."""
    growth = RULES[name](panel)
    reach = growth[:, None] * np.array(horizons, dtype=float)[None, :]
    return np.asarray(np.log(panel.opening)[:, None] + reach)
