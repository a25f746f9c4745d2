"""The same method at every earlier January, with what was known then: what it forecast, and how wrong it was.

Members of the ensemble are weighed, and bands calibrated, on outcomes known at the January in question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from highneeds.forecast.published.bands import Calibration, Errors, calibrate
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.panel import Array, PublishedPanel, panel_at
from highneeds.forecast.published.rules import RULES, rule_points
from highneeds.forecast.published.totals import REFORM_JANUARY, member_points, reaches
from highneeds.intake.published import Published
from highneeds.vocabulary.progress import CountProgress

METHOD = "highneeds"
JANUARIES_BEFORE = 2
CHOICE_MEMORY = 0.7
LOG_DECIMALS = 9
SHARPNESS = 100.0
"""A member whose past error is one per cent above the best one's counts for 1/e of it."""


@dataclass(frozen=True)
class PastForecast:
    """What was forecast at one January.

    members   (members, councils, horizons)  log plans, for HORIZONS
    weights   (members,)                     as they stood at that January
    points    method -> (councils, horizons)  log plans; METHOD is the members' weighted average, the rest are the rules
    reach     (members, horizons, councils)  growth beside England's, from which any horizon follows
    """

    panel: PublishedPanel
    members: Array
    weights: Array
    points: Mapping[str, Array]
    reach: Array


def look_back(published: Published, through: int, progress: CountProgress | None = None) -> tuple[PastForecast, ...]:
    """Every January from the third published to `through`, in order, each with only what was known then.

    What the shipped statistics teach is learnt once: every council and every question of a process asks for the same.
    """
    if published.shipped and progress is None:
        return _learnt_once(published, through)
    return _look_back(published, through, progress)


@lru_cache(maxsize=4)
def _learnt_once(published: Published, through: int) -> tuple[PastForecast, ...]:
    return _look_back(published, through, None)


def _look_back(published: Published, through: int, progress: CountProgress | None) -> tuple[PastForecast, ...]:
    newest = panel_at(published, through)
    januaries = range(newest.first + JANUARIES_BEFORE, through + 1)
    looks: list[PastForecast] = []
    for done, january in enumerate(januaries):
        panel = newest if january == through else panel_at(published, january)
        reach = reaches(panel)
        members = member_points(panel, reach, HORIZONS)
        weights = member_weights(looks, panel, len(members))
        points = {METHOD: averaged(members, weights)}
        points |= {name: rule_points(panel, name, HORIZONS) for name in RULES}
        looks.append(PastForecast(panel, members, weights, points, reach))
        if progress:
            progress(done + 1, len(januaries))
    return tuple(looks)


def member_weights(before: Sequence[PastForecast], panel: PublishedPanel, members: int) -> Array:
    """(members,) weights summing to 1, by the errors on outcomes known at the panel's January; equal where none is."""
    lost = np.zeros(members)
    for look in before:
        for column, horizon in enumerate(HORIZONS):
            outcome, known = outcomes(look.panel, panel, horizon)
            error = np.abs(np.expm1(look.members[:, known, column] - np.log(outcome[known])))
            age = panel.january - look.panel.january - horizon
            lost += CHOICE_MEMORY**age * error.sum(axis=1) / horizon
    best = lost.min()
    weights = np.exp(-SHARPNESS * (lost / best - 1)) if best > 0 else np.ones(members)
    return np.asarray(weights / weights.sum())


def averaged(members: Array, weights: Array) -> Array:
    """The members' weighted average, rounded well below a plan so that it has the same bytes on any machine."""
    return np.asarray(np.round(np.tensordot(weights, members, axes=1), LOG_DECIMALS))


def outcomes(then: PublishedPanel, now: PublishedPanel, horizon: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    """(councils of `then`,) the plans that came `horizon` years later, and whether they are known in `now`."""
    year = then.january + horizon
    if year > now.january:
        return np.full(len(then.councils), np.nan), np.zeros(len(then.councils), dtype=bool)
    place = {council: row for row, council in enumerate(now.councils)}
    plans = now.plans[[place[council] for council in then.councils], year - now.first]
    return plans, np.isfinite(plans) & then.forecast_for(year)


def errors_before(before: Sequence[PastForecast], panel: PublishedPanel, method: str = METHOD) -> dict[int, Errors]:
    """Errors of a method at each horizon, from outcomes known at the panel's January."""
    return {horizon: _errors(before, panel, method, column) for column, horizon in enumerate(HORIZONS)}


def _errors(before: Sequence[PastForecast], panel: PublishedPanel, method: str, column: int) -> Errors:
    horizon, found = HORIZONS[column], []
    for look in before:
        outcome, known = outcomes(look.panel, panel, horizon)
        error = np.log(outcome[known]) - look.points[method][known, column]
        age = np.full(error.shape, float(panel.january - look.panel.january - horizon))
        found.append(np.stack([error, look.panel.opening[known], age, np.full(error.shape, look.panel.january)]))
    columns = np.concatenate(found, axis=1) if found else np.zeros((4, 0))
    return Errors(*columns)


def calibration(
    before: Sequence[PastForecast], panel: PublishedPanel, horizons: Sequence[int], method: str = METHOD
) -> Calibration:
    """The bands of a method at the panel's January."""
    return calibrate(errors_before(before, panel, method), horizons, england_drift(panel))


def england_drift(panel: PublishedPanel) -> float:
    """How much England's yearly growth has differed from its mean since the reform, in logs."""
    steps = np.diff(panel.england)
    since = max(0, REFORM_JANUARY - panel.first)
    known = steps[since:] if len(steps) - since >= 2 else steps
    return float(known.std()) if known.size else 0.0
