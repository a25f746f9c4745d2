"""What a council's growth beside England's is learned from: one column per driver, each (councils, years).

Every column is set against the typical council of the same January, so that a change of definition which moves all
councils at once does not look like demand. A council without a figure takes the typical council's: nought.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.published.panel import Array, PublishedPanel
from highneeds.forecast.state import bands_in_order

CLIP_SPREADS = 8.0
CLIP_MOMENTUM = 0.12
CLIP_LEVEL = 0.6


@dataclass(frozen=True)
class EnsembleView:
    """The panel, and which of the two measures of prevalence a member of the ensemble uses."""

    panel: PublishedPanel
    by_pupils: bool

    @property
    def stock(self) -> Array:
        """(councils, years) plans, with history."""
        return np.exp(self.panel.level)

    def rate(self, flow: str) -> Array:
        """(councils, years) a flow of the year before each January, per plan in that January."""
        return self.panel.flows[flow] / self.stock


def driver_columns(panel: PublishedPanel, names: tuple[str, ...], by_pupils: bool) -> Array:
    """(councils, years, drivers) the named drivers, centred, nought where there is no figure."""
    view = EnsembleView(panel, by_pupils)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a year in which no council has a figure is all missing
        columns = [DRIVERS[name](view) for name in names]
    return np.nan_to_num(np.stack(columns, axis=-1), nan=0.0)


def _momentum(years: int) -> Callable[[EnsembleView], Array]:
    def momentum(view: EnsembleView) -> Array:
        """Growth a year over the last `years` years, less England's; ten times, so that it is about one."""
        growth = np.full_like(view.panel.level, np.nan)
        own, england = view.panel.level, view.panel.england
        growth[:, years:] = (own[:, years:] - own[:, :-years] - (england[years:] - england[:-years])) / years
        return np.clip(growth, -CLIP_MOMENTUM, CLIP_MOMENTUM) * 10

    return momentum


def _prevalence(view: EnsembleView) -> Array:
    """Plans per head beside the typical council, in logs."""
    heads = _pupils(view.panel) if view.by_pupils else _people(view.panel)
    level = view.panel.level - view.panel.england - heads[:, None]
    return np.clip(level - _middle(level), -CLIP_LEVEL, CLIP_LEVEL)


def _people(panel: PublishedPanel) -> Array:
    """(councils,) log people aged 2 to 18, newest known; before any is known, pupils stand in."""
    newest = panel.people[:, -1]
    return np.log(newest) if np.isfinite(newest).any() else _pupils(panel)


def _pupils(panel: PublishedPanel) -> Array:
    """(councils,) log pupils, up to a constant: plans of the January before over the share of pupils with a plan."""
    share = panel.shares["school"]
    known = np.flatnonzero(np.isfinite(share).sum(axis=0))
    known = known[known > 0]
    if not known.size:
        return np.full(len(panel.councils), np.nan)
    last = int(known[-1])
    with np.errstate(divide="ignore"):
        logs: Array = panel.level[:, last - 1] - np.log(share[:, last])
    return np.where(np.isfinite(logs), logs, np.nan)


def _middle(values: Array) -> Array:
    """(years,) each year's median over the councils that have a figure; NaN where none has.

    The library's own median of columns with gaps takes ten times as long and gives the same bytes.
    """
    ordered = np.sort(values, axis=0)  # a missing figure goes to the end
    known = (~np.isnan(ordered)).sum(axis=0)
    low, high = np.maximum(known - 1, 0) // 2, known // 2
    years = np.arange(ordered.shape[1])
    middle: Array = (ordered[low, years] + ordered[np.minimum(high, len(ordered) - 1), years]) / 2
    return middle


def _beside_typical(values: Array) -> Array:
    """Each year's values less their median, in spreads of that year; extreme ones held at the clip."""
    away = values - _middle(values)
    spread = 1.4826 * _middle(np.abs(away))
    return np.clip(away / np.where(spread > 0, spread, np.nan), -CLIP_SPREADS, CLIP_SPREADS) / 3


def _rate(flow: str) -> Callable[[EnsembleView], Array]:
    return lambda view: _beside_typical(view.rate(flow))


def _pending(view: EnsembleView) -> Array:
    """Requests without a decision at the year's end; a year in which none were published takes the year before."""
    return _beside_typical(_carried(view.panel.flows["pending"]) / view.stock)


def _carried(values: Array) -> Array:
    earlier = np.full_like(values, np.nan)
    earlier[:, 1:] = values[:, :-1]
    return np.where(np.isfinite(values), values, earlier)


def _unmet(view: EnsembleView) -> Array:
    """Requests that neither were refused nor became a plan within the year: the work in hand has grown."""
    flows = view.panel.flows
    return _beside_typical((flows["requests"] - flows["refused"] - flows["new_plans"]) / view.stock)


def _late(view: EnsembleView) -> Array:
    """New plans issued after 20 weeks, per plan in force."""
    return _beside_typical((view.panel.flows["issued"] - view.panel.flows["in_time"]) / view.stock)


def _request_growth(view: EnsembleView) -> Array:
    requests = view.panel.flows["requests"]
    growth = np.full_like(requests, np.nan)
    growth[:, 1:] = np.log((requests[:, 1:] + 1) / (requests[:, :-1] + 1))
    return _beside_typical(growth)


def _oldest(view: EnsembleView) -> Array:
    """Share of plans held by the oldest age band: ends to come."""
    return _of_band(view.panel, view.panel.ages, -1, view.stock)


def _secondary_starts(view: EnsembleView) -> Array:
    """New plans at secondary age, per plan in force."""
    return _of_band(view.panel, view.panel.new_by_age, 2, view.stock)


def _of_band(panel: PublishedPanel, parts: Mapping[str, Array], place: int, stock: Array) -> Array:
    names = bands_in_order(tuple(parts))
    if len(names) < 3:
        return np.full_like(panel.level, np.nan)
    return _beside_typical(parts[names[place]] / stock)


def _school_share(name: str) -> Callable[[EnsembleView], Array]:
    return lambda view: _beside_typical(_carried(view.panel.shares[name]))


DRIVERS: dict[str, Callable[[EnsembleView], Array]] = {
    "momentum over 1 year": _momentum(1),
    "momentum over 2 years": _momentum(2),
    "momentum over 3 years": _momentum(3),
    "prevalence": _prevalence,
    "requests": _rate("requests"),
    "requests refused": _rate("refused"),
    "requests pending": _pending,
    "new plans": _rate("new_plans"),
    "requests not yet a plan": _unmet,
    "plans issued late": _late,
    "plans aged 20 to 25": _oldest,
    "new plans at secondary age": _secondary_starts,
    "primary pupils with a plan": _school_share("primary"),
    "pupils with a plan": _school_share("school"),
    "growth of requests": _request_growth,
    "assessed, no plan": _rate("not_issued"),
}

CORE = tuple(DRIVERS)[:13]
WIDE = tuple(DRIVERS)
