"""How the total divides among age bands and settings: each council's shares, carried forward and summing to one.

Ages: half the last share, half one year of pooled ageing at a time. Settings: the last share, moved by part of
England's drift and a little of the pooled move, and leaning on England. Pooled steps are those of the newest year.
Own growth cell by cell explodes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from highneeds.forecast.published.panel import Array, PublishedPanel
from highneeds.forecast.published.totals import DAMPING_OWN, LEARNED_HORIZON, damped_years
from highneeds.forecast.state import bands_in_order

RETURNED_AT_LEAST = 0.5
"""A council's parts count as returned when they make up at least this share of its total."""

DRIFT_YEARS = 2
DRIFT_SHARE = 0.4
LEAN_ON_ENGLAND = 0.07
"""A year: the further ahead, the less a council's own shares say."""
POOLED_SHARE = 0.4


@dataclass(frozen=True)
class Shares:
    """One cut of the total in every January.

    names     the parts: age bands youngest first, settings by name
    shares    (councils, years, parts)   summing to 1; a January without a return has the one before; NaN before any
    returned  (councils, years)          whether that January was returned
    england   (years, parts)             the councils' shares weighted by plans
    """

    names: tuple[str, ...]
    shares: Array
    returned: npt.NDArray[np.bool_]
    england: Array


def age_shares(panel: PublishedPanel) -> Shares:
    """The age bands of a panel."""
    return _shares(panel, panel.ages, bands_in_order(tuple(panel.ages)))


def setting_shares(panel: PublishedPanel) -> Shares:
    """The settings of a panel, by the pack's names."""
    return _shares(panel, panel.settings, tuple(sorted(panel.settings)))


def _shares(panel: PublishedPanel, parts: Mapping[str, Array], names: tuple[str, ...]) -> Shares:
    if not names:
        empty = np.zeros((*panel.plans.shape, 0))
        return Shares((), empty, np.zeros(panel.plans.shape, dtype=bool), empty[0])
    counts = np.nan_to_num(np.stack([parts[name] for name in names], axis=-1))
    whole = counts.sum(axis=-1)
    returned = (whole > 0) & (whole >= RETURNED_AT_LEAST * np.nan_to_num(panel.plans, nan=np.inf))
    shares = np.where(returned[:, :, None], counts / np.where(whole > 0, whole, 1)[:, :, None], np.nan)
    for year in range(1, panel.years):
        shares[:, year] = np.where(np.isfinite(shares[:, year]), shares[:, year], shares[:, year - 1])
    return Shares(names, shares, returned, _weighted(shares, panel.plans))


def _weighted(shares: Array, plans: Array) -> Array:
    weight = np.nan_to_num(plans)[:, :, None] * np.isfinite(shares)
    whole = weight.sum(axis=0)
    return np.asarray((np.nan_to_num(shares) * weight).sum(axis=0) / np.where(whole > 0, whole, 1))


def last_shares(cut: Shares) -> Array:
    """(councils, parts) the newest shares; England's where a council has never returned any."""
    newest = cut.shares[:, -1]
    return np.asarray(np.where(np.isfinite(newest), newest, cut.england[-1]))


def age_paths(panel: PublishedPanel, cut: Shares, horizons: tuple[int, ...]) -> Array:
    """(councils, horizons, bands) shares by age band, each summing to 1."""
    last = last_shares(cut)
    steps = _pooled_steps(panel, cut, ageing=True)
    return _paths(last, horizons, lambda horizon: 0.5 * last + 0.5 * _stepped(last, steps, horizon, ageing=True))


def setting_paths(panel: PublishedPanel, cut: Shares, horizons: tuple[int, ...]) -> Array:
    """(councils, horizons, settings) shares by setting, each summing to 1."""
    last = last_shares(cut)
    steps = _pooled_steps(panel, cut, ageing=False)
    years = min(DRIFT_YEARS, panel.years - 1)
    drift = (cut.england[-1] - cut.england[-1 - years]) / years

    def at(horizon: int) -> Array:
        drifted = _to_one(np.maximum(last + DRIFT_SHARE * horizon * drift, 0))
        kept = (1 - LEAN_ON_ENGLAND) ** horizon
        leaning = kept * drifted + (1 - kept) * cut.england[-1]
        pooled = POOLED_SHARE * _stepped(last, steps, horizon, ageing=False) + (1 - POOLED_SHARE) * last
        return np.asarray(0.5 * leaning + 0.5 * pooled)

    return _paths(last, horizons, at)


def _paths(last: Array, horizons: tuple[int, ...], at: Callable[[int], Array]) -> Array:
    """Learned to the third year; after that the last year's move goes on, less each year."""
    if not last.shape[1]:
        return np.zeros((len(last), len(horizons), 0))
    known = {horizon: _to_one(at(horizon)) for horizon in range(1, LEARNED_HORIZON + 1)}
    final, move = known[LEARNED_HORIZON], known[LEARNED_HORIZON] - known[LEARNED_HORIZON - 1]
    later = {
        horizon: _to_one(np.maximum(final + move * (damped_years(horizon, DAMPING_OWN) - LEARNED_HORIZON), 0))
        for horizon in horizons
    }
    return np.stack([known.get(horizon, later[horizon]) for horizon in horizons], axis=1)


def _to_one(shares: Array) -> Array:
    whole = shares.sum(axis=-1, keepdims=True)
    return np.asarray(shares / np.where(whole > 0, whole, 1))


def _pooled_steps(panel: PublishedPanel, cut: Shares, ageing: bool) -> Array:
    """(parts, 3) next year's share as a constant, a part of the same share and a part of the next younger one.

    By least squares over all councils that returned both of the newest two years, weighted by plans. Settings have no
    younger part.
    """
    return np.array([_one_step(panel, cut, part, ageing) for part in range(len(cut.names))])


def _one_step(panel: PublishedPanel, cut: Shares, part: int, ageing: bool) -> Array:
    both = cut.returned[:, -2] & cut.returned[:, -1] if panel.years > 1 else np.zeros(len(panel.councils), dtype=bool)
    if not both.any():
        return np.array([0.0, 1.0, 0.0])
    weight = np.sqrt(panel.plans[both, -2])
    rows, following = _terms(cut.shares[both, -2], part, ageing), cut.shares[both, -1, part]
    found: Array = np.linalg.lstsq(rows * weight[:, None], following * weight, rcond=None)[0]
    return found


def _terms(shares: Array, part: int, ageing: bool) -> Array:
    younger = shares[:, part - 1] if ageing and part else np.zeros(len(shares))
    return np.stack([np.ones(len(shares)), shares[:, part], younger], axis=1)


def _stepped(shares: Array, steps: Array, years: int, ageing: bool) -> Array:
    for _ in range(years):
        terms = [_terms(shares, part, ageing) @ steps[part] for part in range(shares.shape[1])]
        shares = _to_one(np.maximum(np.stack(terms, axis=1), 1e-9))
    return shares
