"""How sure a forecast can be: bands from the errors that the same method made at earlier Januaries.

Errors are in logs, set against the typical error of their origin (one year's national surprise is not every council's
spread), and divided by a scale that grows as a council gets smaller. Nothing is read that was not known at the January.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.published.panel import Array
from highneeds.vocabulary.errors import InputError

LEVELS = np.arange(1, 200) / 200
"""Chances of the quantiles kept: 0.005 to 0.995, so 2.5%, 10%, 25%, 50%, 75%, 90% and 97.5% are among them."""

MEMORY = 0.9
SCALES = (125.0, 250.0, 500.0, 1000.0, 2000.0)
"""Plans at which chance in a small council adds as much to the spread as everything else does."""

USUAL_SCALE = 500.0
SHOCK_AT_MOST = 0.2
LATER_POWER = 0.7
POWER_RANGE = (0.5, 1.0)


@dataclass(frozen=True)
class Errors:
    """Past errors at one horizon.

    error    (errors,)   log outcome less log forecast
    size     (errors,)   plans at the origin
    age      (errors,)   years since the outcome
    group    (errors,)   origin (and part): errors of one group are centred together
    """

    error: Array
    size: Array
    age: Array
    group: Array


@dataclass(frozen=True)
class Calibration:
    """Quantiles of the scaled error at each horizon, and the scale by size.

    quantiles   horizon -> (levels,)
    """

    scale: float
    quantiles: Mapping[int, Array]
    errors_used: Mapping[int, int]

    def at(self, horizon: int, chance: Array) -> Array:
        """The scaled error at given chances, same shape."""
        return np.interp(chance, LEVELS, self.quantiles[horizon])

    def spread(self, size: Array) -> Array:
        """How many times as wide the band of a council of this size is as that of a very large one."""
        return np.sqrt(1 + self.scale / np.maximum(size, 1.0))

    def band(self, points: Array, size: Array, horizon: int, chances: Sequence[float]) -> Array:
        """(chances, councils) plans; points (councils,) are log plans."""
        away = self.at(horizon, np.asarray(chances, dtype=float))[:, None] * self.spread(size)[None, :]
        return np.exp(points[None, :] + away)


def calibrate(errors: Mapping[int, Errors], horizons: Sequence[int], drift: float = 0.0) -> Calibration:
    """Bands for every horizon asked for, from past errors at those horizons that have any.

    drift   spread of England's own growth from year to year, in logs: a horizon beyond the known ones carries it on
    """
    known = {horizon: _centred(found) for horizon, found in sorted(errors.items()) if found.error.size}
    if not known:
        raise InputError(
            "There are too few Januaries to learn how sure a forecast is",
            where="ehcp_caseload_total",
            remedy="Give published totals of at least four Januaries up to the origin.",
        )
    scale = _best_scale(list(known.values()))
    measured = {horizon: _quantiles(found, scale) for horizon, found in known.items()}
    quantiles = _widening({h: _quantiles_at(h, measured, drift) for h in range(1, max(horizons) + 1)})
    return Calibration(scale, quantiles, {horizon: found.error.size for horizon, found in known.items()})


@dataclass(frozen=True)
class _Centred:
    error: Array
    size: Array
    weight: Array
    shock: float


def _centred(found: Errors) -> _Centred:
    """Errors less the median of their group; `shock` is the typical size of those medians."""
    error = found.error.copy()
    middles = []
    for group in np.unique(found.group):
        here = found.group == group
        middle = float(np.median(error[here]))
        middles.append((abs(middle), MEMORY ** float(found.age[here].min())))
        error[here] -= middle
    sizes, weights = (np.array(column) for column in zip(*middles, strict=True))
    shock = 1.4826 * float(weighted_quantile(sizes, weights, np.array([0.5]))[0])
    return _Centred(error, found.size, MEMORY**found.age, shock)


def _best_scale(known: Sequence[_Centred]) -> float:
    """The scale by size under which past errors were likeliest (Laplace), over all horizons."""
    return min(SCALES, key=lambda scale: (sum(_surprise(found, scale) for found in known), abs(scale - USUAL_SCALE)))


def _surprise(found: _Centred, scale: float) -> float:
    spread = np.sqrt(1 + scale / np.maximum(found.size, 1.0))
    weight = found.weight / found.weight.sum()
    typical = max(float((weight * np.abs(found.error) / spread).sum()), 1e-9)
    return float((weight * np.log(spread)).sum() + np.log(typical))


def _quantiles(found: _Centred, scale: float) -> Array:
    scaled = found.error / np.sqrt(1 + scale / np.maximum(found.size, 1.0))
    quantiles = weighted_quantile(scaled, found.weight, LEVELS)
    spread = 1.4826 * max(float(weighted_quantile(np.abs(scaled), found.weight, np.array([0.5]))[0]), 1e-9)
    shock = min(SHOCK_AT_MOST, found.shock / spread)
    return np.asarray((quantiles - np.median(quantiles)) * np.sqrt(1 + shock**2))


def _quantiles_at(horizon: int, measured: Mapping[int, Array], drift: float) -> Array:
    """Measured where there are errors; else carried on from the nearest measured horizon by a power of time."""
    if horizon in measured:
        return measured[horizon]
    nearest = max((h for h in measured if h < horizon), default=min(measured))
    carried = measured[nearest] * (horizon / nearest) ** _power(measured)
    extra = drift * max(0, horizon - nearest)
    spread = max(float(np.interp(0.8413, LEVELS, carried)), 1e-9)
    return np.asarray(carried * np.sqrt(1 + (extra / spread) ** 2))


def _power(measured: Mapping[int, Array]) -> float:
    first, last = min(measured), max(measured)
    if first == last:
        return LATER_POWER
    wider = _width(measured[last]) / max(_width(measured[first]), 1e-9)
    return float(np.clip(np.log(wider) / np.log(last / first), *POWER_RANGE))


def _width(quantiles: Array) -> float:
    return float(np.interp(0.9, LEVELS, quantiles) - np.interp(0.1, LEVELS, quantiles))


def _widening(quantiles: Mapping[int, Array]) -> dict[int, Array]:
    """A later year is never surer than an earlier one."""
    wide: dict[int, Array] = {}
    for horizon in sorted(quantiles):
        now, before = quantiles[horizon], wide.get(horizon - 1)
        side = np.where(LEVELS < 0.5, -1.0, 1.0)
        wide[horizon] = now if before is None else side * np.maximum(side * now, side * before)
    return wide


def weighted_quantile(values: Array, weights: Array, chances: Array) -> Array:
    """Quantiles of weighted values, in a straight line between the middles of their weights."""
    order = np.argsort(values, kind="stable")
    ordered, weight = values[order], weights[order]
    middle = np.cumsum(weight) - weight / 2
    return np.interp(chances, middle / weight.sum(), ordered)
