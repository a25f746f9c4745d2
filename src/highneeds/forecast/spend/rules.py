"""The plain rules that a forecast of spending is judged beside: each a growth a year in logs."""

from collections.abc import Callable

import numpy as np

from highneeds.forecast.published.panel import Array
from highneeds.forecast.spend.outturn import OutturnPanel

YEARS = 3
NATIONAL = 0.7


def _last_value(outturn: OutturnPanel) -> Array:
    return np.zeros(len(outturn.councils))


def _england_last(outturn: OutturnPanel) -> Array:
    return np.full(len(outturn.councils), outturn.step[-1] if len(outturn.step) else 0.0)


def _england_three_years(outturn: OutturnPanel) -> Array:
    """England's mean growth over three years, or as many as there are."""
    return np.full(len(outturn.councils), outturn.step[-YEARS:].mean() if len(outturn.step) else 0.0)


def _own_three_years(outturn: OutturnPanel) -> Array:
    """Own mean growth over three years, or as many as there are since a break in the return; else England's."""
    growth, last = np.full(len(outturn.councils), np.nan), outturn.years - 1
    for years in range(min(YEARS, last), 0, -1):
        own = (outturn.spend[:, last] - outturn.spend[:, last - years]) / years
        own = np.where(outturn.crosses_break(last - years, last), np.nan, own)
        growth = np.where(np.isfinite(growth), growth, own)
    return np.where(np.isfinite(growth), growth, _england_three_years(outturn))


def _blend(outturn: OutturnPanel) -> Array:
    """Seven parts of England's last growth and three of the council's own over three years."""
    return NATIONAL * _england_last(outturn) + (1 - NATIONAL) * _own_three_years(outturn)


SPEND_RULES: dict[str, Callable[[OutturnPanel], Array]] = {
    "last value": _last_value,
    "England's last growth": _england_last,
    "England's growth over 3 years": _england_three_years,
    "own growth over 3 years": _own_three_years,
    "70/30": _blend,
}
"""Name -> growth a year in logs (councils,)."""


def spend_rule_points(outturn: OutturnPanel, name: str, horizons: tuple[int, ...]) -> Array:
    """(councils, horizons) log pounds by one rule."""
    growth = SPEND_RULES[name](outturn)
    return np.asarray(outturn.base[:, None] + growth[:, None] * np.array(horizons, dtype=float)[None, :])
