"""Total plans at each horizon from one January: England's growth, and each council's own beside it."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

import numpy as np

from highneeds.forecast.published.drivers import CORE, WIDE
from highneeds.forecast.published.growth import Lessons, Member, learn, lessons, trusted_columns
from highneeds.forecast.published.panel import Array, PublishedPanel
from highneeds.forecast.published.pipeline import pipeline_growth

REFORM_JANUARY = 2015
"""First census under Part 3 of the Children and Families Act 2014, in force from 1 September 2014."""

EARLY_YEARS = 3
LEARNED_HORIZON = 3
DAMPING_OWN = 0.8
DAMPING_ENGLAND = 0.95

MEMBERS: tuple[Member, ...] = tuple(
    Member(drivers, by_pupils, memory, ridge, one_off)
    for drivers, by_pupils, memory, ridge, one_off in product(
        (CORE, WIDE), (False, True), (0.3, 0.6), (0.3, 0.8), (1.0, 4.0)
    )
)


def england_growth(panel: PublishedPanel, horizon: int) -> float:
    """England's growth in logs over the horizon: its mean since the reform, damped beyond the third year.

    Before there is a year of growth since the reform, the mean of the last three years stands in. Requests of the last
    calendar year move it, as far as they can be trusted; see `pipeline`.
    """
    steps = np.diff(panel.england)
    since = REFORM_JANUARY - panel.first
    known = steps[since:] if len(steps) > since else steps[-EARLY_YEARS:]
    usual = float(known.mean())
    return usual * damped_years(horizon, DAMPING_ENGLAND) + pipeline_growth(panel, usual, min(horizon, LEARNED_HORIZON))


def damped_years(horizon: int, damping: float) -> float:
    """How many years' growth a horizon is worth: whole years to the third, each later one a little less."""
    later = sum(damping**year for year in range(1, horizon - LEARNED_HORIZON + 1))
    return min(horizon, LEARNED_HORIZON) + later


def reaches(panel: PublishedPanel, members: tuple[Member, ...] = MEMBERS) -> Array:
    """(members, LEARNED_HORIZON, councils) growth beside England's by each horizon that is learnt.

    Learnt once in a process from the same figures, by their fingerprint: every day that statistics are asked for has a
    panel of its own for each January, and all but the newest are alike.
    """
    return _reaches(_Alike(panel.fingerprint, panel), members)


@dataclass(frozen=True)
class _Alike:
    """A panel, and what tells it from others."""

    fingerprint: str
    panel: PublishedPanel = field(compare=False)


@lru_cache(maxsize=32)
def _reaches(alike: _Alike, members: tuple[Member, ...]) -> Array:
    panel, taught = alike.panel, {}
    for kind in dict.fromkeys((member.drivers, member.by_pupils) for member in members):
        columns = trusted_columns(panel, *kind)
        taught[kind] = (columns[:, -1], lessons(panel, columns))
    found = np.stack([_reach(member, *taught[member.drivers, member.by_pupils]) for member in members])
    found.setflags(write=False)  # it is handed out again
    return found


def _reach(member: Member, now: Array, past: Lessons) -> Array:
    """(LEARNED_HORIZON, councils) by one member; now (councils, drivers) are the drivers in the panel's January."""
    learned = learn(past, member)
    return np.stack([h * learned.yearly(now, h) for h in range(1, LEARNED_HORIZON + 1)])


def member_points(panel: PublishedPanel, learnt: Array, horizons: tuple[int, ...]) -> Array:
    """(members, councils, horizons) log plans forecast by each member of the ensemble from its `reaches`."""
    reach = {h: learnt[:, h - 1] for h in range(1, LEARNED_HORIZON + 1)}
    last_step = reach[LEARNED_HORIZON] - reach[LEARNED_HORIZON - 1]
    later = {h: reach[LEARNED_HORIZON] + last_step * (damped_years(h, DAMPING_OWN) - LEARNED_HORIZON) for h in horizons}
    opening = np.log(panel.opening)
    return np.stack([opening + england_growth(panel, h) + reach.get(h, later[h]) for h in horizons], axis=2)
