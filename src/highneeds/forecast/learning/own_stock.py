"""A path of published totals that goes through the council's own count of a later month.

Published totals are half a year old when they come out. A council that counts its plans every month knows where it is:
every draw is bent so that it passes through that count, and goes on from there with the growth it had.
"""

from dataclasses import replace

import numpy as np

from highneeds.forecast.learning.evidence import total_plans
from highneeds.forecast.learning.projection import Projection, ProjectionMethod, levelled
from highneeds.forecast.state import Floats
from highneeds.forecast.summary import OwnStock
from highneeds.intake.published import Published
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import Month

FURTHEST = 1.25
"""A count further from the mean path than this, up or down, counts something else: it is two years of England's growth
(11% a year, SEN2, January 2022 to 2024) missed altogether."""


def through_own_stock(method: ProjectionMethod, stock: OwnStock | None) -> tuple[ProjectionMethod, list[Note]]:
    """The method with its paths through the council's own count, and a list that the method fills with what it did."""
    said: list[Note] = []
    if stock is None:
        return method, said
    month = Month.parse(stock.month)

    def through(known: Published, la_number: str, origin: int, years: int, draws: int, seed: int) -> Projection:
        found = method(known, la_number, origin, years, draws, seed)
        opening = total_plans(known, la_number, origin)
        at = years_from(origin, month)
        if not opening or not 0 < at <= years:
            return found
        mean = float(np.exp(_at(_logs(opening, found.mean[None, :]), at)[0]))
        far = round(max(mean / stock.plans, stock.plans / mean), 6)
        if far > FURTHEST:
            said.append(Note.of("stock.too_far", month=month.label, plans=stock.plans, path=mean, source=stock.source))
            return found
        said.append(Note.of("stock.own", month=month.label, plans=stock.plans, path=mean, source=stock.source))
        return bent(found, opening, at, stock.plans)

    return through, said


def years_from(origin: int, month: Month) -> float:
    """Years from the January of the origin to a month."""
    return month.year - origin + (month.number - 1) / 12


def bent(projection: Projection, opening: float, at: float, plans: float) -> Projection:
    """Every draw through `plans` at `at` years after the origin.

    Before that the gap grows evenly from nothing at the origin; after it each draw keeps its growth. Parts keep their
    shares.
    """
    logs = _logs(opening, projection.totals)
    gap = np.log(plans) - _at(logs, at)
    reached = np.minimum(np.arange(1, logs.shape[1]) / at, 1.0)
    totals: Floats = np.exp(logs[:, 1:] + gap[:, None] * reached)
    return levelled(replace(projection, totals=totals))


def _logs(opening: float, totals: Floats) -> Floats:
    """(draws, years + 1) logs of the totals, the origin's first."""
    found: Floats = np.log(np.column_stack([np.full(len(totals), float(opening)), totals]))
    return found


def _at(logs: Floats, at: float) -> Floats:
    """(draws) the log total at a time between two Januaries."""
    before = min(int(at), logs.shape[1] - 2)
    part = at - before
    found: Floats = (1.0 - part) * logs[:, before] + part * logs[:, before + 1]
    return found
