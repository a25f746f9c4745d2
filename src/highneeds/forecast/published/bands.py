"""How sure a forecast can be: bands from the errors that the same method made at earlier Januaries.

Errors are in logs, set against the typical error of their origin (one year's national surprise is not every council's
spread), and divided by a scale that grows as a council gets smaller and by a power of the years ahead, so that all of
them speak together. Nothing is read that was not known at the January.
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
SHOCK_AT_MOST = 0.25
"""England's own surprise, beside the spread between councils; without a cap the reform of 2014 would be all of it."""

USUAL_POWER = 0.6
POWER_TRUST = 20.0
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

    def at(self, horizon: int, chance: Array) -> Array:
        """The scaled error at given chances, same shape."""
        return np.interp(chance, LEVELS, self.quantiles[horizon])

    def spread(self, size: Array) -> Array:
        """How many times as wide the band of a council of this size is as that of a very large one."""
        return _spread(size, self.scale)

    def band(self, points: Array, size: Array, horizon: int, chances: Sequence[float] | Array) -> Array:
        """(chances, councils) plans; points (councils,) are log plans."""
        away = self.at(horizon, np.asarray(chances, dtype=float))[:, None] * self.spread(size)[None, :]
        return np.exp(points[None, :] + away)


def calibrate(errors: Mapping[int, Errors], horizons: Sequence[int], drift: float = 0.0) -> Calibration:
    """Bands for every horizon asked for, from all past errors together.

    drift   spread of England's own growth from year to year, in logs: horizons beyond those with errors carry it on
    """
    known = {horizon: _centred(found) for horizon, found in sorted(errors.items()) if found.error.size}
    if not known:
        raise InputError(
            "There are too few Januaries to learn how sure a forecast is",
            where="ehcp_caseload_total",
            remedy="Give published totals of at least four Januaries up to the origin.",
        )
    scale = _best_scale(list(known.values()))
    power = _power(known)
    shape = _shape(known, scale, power)
    later = range(1, max(horizons) + 1)
    quantiles = {horizon: _carried(shape * horizon**power, drift * max(0, horizon - max(known))) for horizon in later}
    return Calibration(scale, quantiles)


@dataclass(frozen=True)
class _Centred:
    """Errors less the median of their group.

    shock     the typical size of those medians
    typical   group -> (years since its outcomes, median size of its errors)
    """

    error: Array
    size: Array
    weight: Array
    shock: float
    typical: Mapping[float, tuple[float, float]]


def _centred(found: Errors) -> _Centred:
    error, middles, typical = found.error.copy(), [], {}
    for group in np.unique(found.group):
        here = found.group == group
        middle, age = float(np.median(error[here])), float(found.age[here].min())
        error[here] -= middle
        middles.append((abs(middle), MEMORY**age))
        typical[float(group)] = (age, float(np.median(np.abs(error[here]))))
    sizes, weights = (np.array(column) for column in zip(*middles, strict=True))
    shock = 1.4826 * float(weighted_quantile(sizes, weights, np.array([0.5]))[0])
    return _Centred(error, found.size, MEMORY**found.age, shock, typical)


def _best_scale(known: Sequence[_Centred]) -> float:
    """The scale by size under which past errors were likeliest (Laplace), over all horizons."""
    return min(SCALES, key=lambda scale: (sum(_surprise(found, scale) for found in known), abs(scale - USUAL_SCALE)))


def _surprise(found: _Centred, scale: float) -> float:
    spread = _spread(found.size, scale)
    weight = found.weight / found.weight.sum()
    typical = max(float((weight * np.abs(found.error) / spread).sum()), 1e-9)
    return float((weight * np.log(spread)).sum() + np.log(typical))


def _spread(size: Array, scale: float) -> Array:
    return np.asarray(np.sqrt(1 + scale / np.maximum(size, 1.0)))


def _power(known: Mapping[int, _Centred]) -> float:
    """Errors grow with this power of the years ahead: as they did at each origin, leaning on the usual power."""
    first = known[min(known)].typical
    weight, pull = POWER_TRUST, POWER_TRUST * USUAL_POWER
    for horizon, found in known.items():
        for group, (age, typical) in found.typical.items():
            if horizon > min(known) and group in first and min(typical, first[group][1]) > 0:
                reach = np.log(horizon / min(known))
                weight += MEMORY**age * reach**2
                pull += MEMORY**age * reach * np.log(typical / first[group][1])
    return float(np.clip(pull / weight, *POWER_RANGE))


def _shape(known: Mapping[int, _Centred], scale: float, power: float) -> Array:
    """(levels,) quantiles of the scaled error one year ahead, from errors at all horizons, and room for a shock."""
    scaled = {h: found.error / (_spread(found.size, scale) * h**power) for h, found in known.items()}
    error = np.concatenate(list(scaled.values()))
    weight = np.concatenate([found.weight for found in known.values()])
    quantiles = weighted_quantile(error, weight, LEVELS)
    usual = 1.4826 * max(float(weighted_quantile(np.abs(error), weight, np.array([0.5]))[0]), 1e-9)
    shock = max(min(SHOCK_AT_MOST, found.shock / (usual * h**power)) for h, found in known.items())
    return np.asarray((quantiles - np.median(quantiles)) * np.sqrt(1 + shock**2))


def _carried(quantiles: Array, extra: float) -> Array:
    """Wider by an independent spread of `extra`."""
    spread = max(float(np.interp(0.8413, LEVELS, quantiles)), 1e-9)
    return np.asarray(quantiles * np.sqrt(1 + (extra / spread) ** 2))


def weighted_quantile(values: Array, weights: Array, chances: Array) -> Array:
    """Quantiles of weighted values, in a straight line between the middles of their weights."""
    order = np.argsort(values, kind="stable")
    ordered, weight = values[order], weights[order]
    middle = np.cumsum(weight) - weight / 2
    return np.interp(chances, middle / weight.sum(), ordered)
