"""The one regression: a council's growth beside England's on its drivers, by least absolute error, with a ridge.

All councils, all earlier origins and horizons of one to three years are fitted together. The yearly rate may differ
between horizons by what a one-off change of level would do to it (`one_off`): a backlog worked off lifts one year only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.published.drivers import driver_columns
from highneeds.forecast.published.panel import Array, PublishedPanel

LEARN_FROM = 2013
"""First January learned from: the rates of the years before the reform of 2014 are another system's."""

HORIZONS = (1, 2, 3)
STEPS = 40
SETTLED = 1e-5
BLOCK = 128
FORGOTTEN = 1e-3
SMALLEST_ERROR = 0.004
INTERCEPT_RIDGE = 0.02
FULL_WEIGHT_PLANS = 3000.0
SIZE_WEIGHT = 0.7
HALF_TRUST_PLANS = 400.0


@dataclass(frozen=True)
class Member:
    """One setting of the regression; the forecast is the average over several.

    drivers     names of the columns
    by_pupils   prevalence per pupil rather than per head of population
    memory      weight of an outcome beside one a year newer
    ridge       pull of the coefficients to nought
    one_off     pull to nought of what differs between horizons
    """

    drivers: tuple[str, ...]
    by_pupils: bool
    memory: float
    ridge: float
    one_off: float


@dataclass(frozen=True)
class Learned:
    """Coefficients, and how to read them: intercept and drivers, then the same for what differs by horizon."""

    coefficients: Array

    def yearly(self, columns: Array, horizon: int) -> Array:
        """(councils,) growth a year beside England's over the horizon; columns (councils, drivers)."""
        return _at_horizon(columns, horizon) @ self.coefficients


def trusted_columns(panel: PublishedPanel, drivers: tuple[str, ...], by_pupils: bool) -> Array:
    """(councils, years, drivers) the drivers, held back where a council is small and its rates are mostly chance."""
    columns = driver_columns(panel, drivers, by_pupils)
    stock = np.nan_to_num(np.exp(panel.level), nan=0.0)
    trusted: Array = columns * np.sqrt(stock / (stock + HALF_TRUST_PLANS))[:, :, None]
    return trusted


@dataclass(frozen=True)
class Lessons:
    """All past growth that was known at the panel's January, one row per council, origin and horizon.

    rows      (lessons, 2 x (1 + drivers))
    growth    (lessons,)   growth a year beside England's
    age       (lessons,)   years since the outcome
    weight    (lessons,)   by size and horizon, so that the error is relative to the outcome
    """

    rows: Array
    growth: Array
    age: Array
    weight: Array


def lessons(panel: PublishedPanel, columns: Array, horizons: Iterable[int] = HORIZONS) -> Lessons:
    """Every origin from LEARN_FROM whose outcome is known at the panel's January."""
    start = max(0, min(LEARN_FROM - panel.first, panel.years - 2))
    found = [
        _origin_lessons(panel, columns, origin, horizon)
        for origin in range(start, panel.years)
        for horizon in horizons
        if origin + horizon < panel.years
    ]
    rows, growth, age, weight = zip(*found, strict=True)
    return Lessons(np.concatenate(rows), np.concatenate(growth), np.concatenate(age), np.concatenate(weight))


def _origin_lessons(
    panel: PublishedPanel, columns: Array, origin: int, horizon: int
) -> tuple[Array, Array, Array, Array]:
    outcome = origin + horizon
    both = np.isfinite(panel.plans[:, origin]) & np.isfinite(panel.plans[:, outcome])
    own = panel.level[both, outcome] - panel.level[both, origin]
    growth = (own - (panel.england[outcome] - panel.england[origin])) / horizon
    size = np.minimum(1, panel.plans[both, origin] / FULL_WEIGHT_PLANS) ** SIZE_WEIGHT
    age = np.full(growth.shape, float(panel.years - 1 - outcome))
    return _at_horizon(columns[both, origin], horizon), growth, age, size / np.exp(horizon * growth)


def learn(past: Lessons, member: Member) -> Learned:
    """The coefficients of least absolute error, by repeated weighted least squares with a ridge."""
    weight = past.weight * member.memory**past.age
    counts = weight > FORGOTTEN * weight.max()
    rows, growth, weight = past.rows[counts], past.growth[counts], weight[counts] / weight[counts].sum()
    half = rows.shape[1] // 2
    ridge = np.concatenate(([INTERCEPT_RIDGE], np.full(half - 1, member.ridge), np.full(half, member.one_off)))
    one_off = rows[:, half]  # what stands beside the intercept, which is one
    alike = [one_off == one for one in np.unique(one_off)]
    parts = [_in_blocks(rows[own, :half], growth[own], weight[own], (1.0, one_off[own][0])) for own in alike]
    return Learned(_least_absolute(parts, ridge))


def least_absolute(rows: Array, growth: Array, weight: Array, ridge: Array) -> Array:
    """(columns,) coefficients of least absolute error with a ridge; weights sum to 1."""
    return _least_absolute([_in_blocks(rows, growth, weight, (1.0,))], ridge)


_Blocks = tuple[Array, Array, Array, Array]
"""Rows of some columns, which stand there once for each factor, multiplied by it: columns (blocks, BLOCK, columns),
growth and weight (blocks, BLOCK, 1), factors (blocks, factors). What they add is worked out of the columns once, a
quarter of the work where they stand there twice."""


def _in_blocks(columns: Array, growth: Array, weight: Array, factors: tuple[float, ...]) -> _Blocks:
    """With empty rows of no weight at the end. Sums over small blocks come out the same on any number of threads."""
    spare = -len(columns) % BLOCK
    rows = np.concatenate((np.column_stack((columns, growth, weight)), np.zeros((spare, columns.shape[1] + 2))))
    blocks = rows.reshape(-1, BLOCK, rows.shape[1])
    return blocks[..., :-2], blocks[..., -2:-1], blocks[..., -1:], np.tile(factors, (len(blocks), 1))


def _least_absolute(parts: Iterable[_Blocks], ridge: Array) -> Array:
    """Coefficients by repeated weighted least squares; those of the columns by the first factor, then by the next."""
    columns, growth, weight, factors = (np.concatenate(each) for each in zip(*parts, strict=True))
    blocks, times = factors.shape
    wide = columns.shape[2]
    pairs = (factors[:, :, None] * factors[:, None, :]).reshape(blocks, -1).T
    coefficients = np.zeros(len(ridge))
    for _ in range(STEPS):
        own = factors @ coefficients.reshape(times, wide)
        error = np.abs(growth - columns @ own[:, :, None])
        weighted = (columns * (weight / np.maximum(error, SMALLEST_ERROR))).transpose(0, 2, 1)
        squares = (pairs @ (weighted @ columns).reshape(blocks, -1)).reshape(times, times, wide, wide)
        products = factors.T @ (weighted @ growth)[:, :, 0]
        before = coefficients
        whole = squares.transpose(0, 2, 1, 3).reshape(len(ridge), -1)
        coefficients = np.linalg.solve(whole + np.diag(ridge), products.ravel())
        if np.abs(coefficients - before).max() < SETTLED:
            break
    return coefficients


def _at_horizon(columns: Array, horizon: int) -> Array:
    """The drivers once for every horizon alike, and once in proportion to what one year's change makes of it."""
    one_off = 2.0 / horizon - 1.0
    base = np.concatenate((np.ones((len(columns), 1)), columns), axis=1)
    return np.concatenate((base, base * one_off), axis=1)
