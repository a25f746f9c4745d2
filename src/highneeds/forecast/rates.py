"""Learn what a council's forecast rests on: from published statistics alone, or from its own SEN2.

`from_published` works for any council of the folder, in two layers: totals, age bands and settings follow a path that
is back-tested at every origin; the flow engine is fitted so that its baseline means reproduce that path.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from highneeds.caseload import Caseload
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.assumptions import Assumption, Assumptions, Spread
from highneeds.forecast.defaults import default
from highneeds.forecast.learning.borrowed import borrowed_year
from highneeds.forecast.learning.evidence import Area, area_of, highest_prevalence, last_january, requests_growth
from highneeds.forecast.learning.fit import fit
from highneeds.forecast.learning.from_sen2 import Learnt
from highneeds.forecast.learning.observed import Observed, observed
from highneeds.forecast.learning.projection import Projection, ProjectionMethod, levelled, shapes
from highneeds.forecast.learning.track import solve
from highneeds.forecast.places import Overflow, Places
from highneeds.forecast.simulate import draw_paths
from highneeds.forecast.state import WHOLE_SETTINGS, Calendar, Floats
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note


def from_published(
    published: Published,
    la_number: str,
    projection_method: ProjectionMethod,
    *,
    years: int = 10,
    draws: int = DRAWS,
    seed: int = SEED,
    origin: int | None = None,
    rollover: int = 2,
) -> Assumptions:
    """Assumptions for one council from published statistics alone.

    With an `origin` nothing dated after that January is used; without one, all that the folder holds.
    """
    area = area_of(published, la_number)
    known = published if origin is None else published.known_at(origin)
    january = last_january(known, area)
    if origin is None:
        _still_there(published, area, january)
    calendar = Calendar(january, years, rollover)
    learnt = calendar.rate_years
    projection = levelled(projection_method(known, la_number, january, learnt, draws, seed))
    shapes(projection, learnt)
    year = borrowed_year(known, area, january, learnt)
    fitted, shown = fit(year, projection, calendar), projection.until(years)
    found = Assumptions(
        council=area.name,
        calendar=calendar,
        provisions=WHOLE_SETTINGS,
        population=year.people,
        opening=fitted.opening,
        rates=fitted.rates,
        spread=default_spread(),
        places=Places((), ordinary_overflow()),
        rows=(_projection_row(shown), *prevalence_row(known, shown, year.people[years - 1], january), *year.rows),
        notes=year.notes if year.needs_known else (*year.notes, NO_NEEDS),
        spend=projection.spend,
    )
    quiet = replace(found, spread=replace(found.spread, ends_share=0.0))
    shocks = solve(fitted, projection, draw_paths(quiet, draws, seed), found.spread.ends_share)
    return replace(found, spread=replace(found.spread, track=shocks))


def _still_there(published: Published, area: Area, january: int) -> None:
    """An abolished council is not forecast past its last January."""
    lookup = published.table("la_lookup")
    row = lookup.filter(lookup["la_number"] == area.code).row(0, named=True)
    if row["successor_la_number"] and row["last_year"] is not None and row["last_year"] <= january:
        raise InputError(
            f"{area.name} ({area.code}) had its last January in {row['last_year']}",
            where=published.where,
            remedy=f"Forecast its successor: {row['successor_la_number'].replace('|', ' or ')}",
        )


NO_NEEDS = Note.of("needs.absent")


def estimate(
    caseloads: Sequence[Caseload],
    published: Published,
    *,
    years: int = 10,
) -> Assumptions:
    """Assumptions from two or more years of a council's own SEN2, leaning on what is published.

    Nothing dated after the last return's January is used.
    """
    la_number = max(caseloads, key=lambda one: one.reference_date).council
    return learnt_from(observed(caseloads), published, la_number, years)


def learnt_from(seen: Observed, published: Published, la_number: str, years: int) -> Assumptions:
    """The same from what the returns have shown."""
    january = seen.terms[-1].year + 1
    known = published.known_at(january)
    area = area_of(known, la_number)
    calendar = Calendar(january, years)
    wider = borrowed_year(known, area, last_january(known, area), calendar.rate_years)
    learnt = Learnt(seen, wider, requests_growth(known, area))
    found = Assumptions(
        council=area.name,
        calendar=calendar,
        provisions=WHOLE_SETTINGS,
        population=learnt.wider.people,
        opening=learnt.opening(),
        rates=learnt.rates(calendar),
        spread=learnt.spread(),
        places=Places((), ordinary_overflow()),
        rows=(*learnt.rows(), *(default(name) for name in SEN2_USES)),
    )
    return found if seen.needs_known else replace(found, notes=(NO_NEEDS,))


SEN2_USES = (
    "half_life",
    "requests_half_life",
    "trend_damping",
    "trend_between_councils",
    "birth_growth",
    "request_share_of_spring",
    "request_share_of_summer",
    "finished_within_a_term",
    "refusals_that_come_back",
    "not_issued_that_come_back",
    "backlog_worked_off_per_term",
    "ends_in_spring",
    "ends_in_summer",
    "ends_council_spread",
    "ends_year_spread",
    "ends_year_kept",
    "reviews_worked_off_per_term",
    "need_rate_spread",
    "demand_spread",
    "demand_trend_spread",
    "agree_spread",
    "issue_spread",
    "band_spread",
    "end_spread",
    "tilt_spread",
    "moves_in_september",
    "gross_moves",
    "local_place_accepted",
    "overflow_accepted",
)


def default_spread() -> Spread:
    """How unsure each rate is."""
    return Spread(
        demand=default("demand_spread").value,
        demand_trend=default("demand_trend_spread").value,
        band=default("band_spread").value,
        agree=default("agree_spread").value,
        issue=default("issue_spread").value,
        end=0.0,
        end_band=default("end_spread").value,
        tilt=np.full(len(WHOLE_SETTINGS), default("tilt_spread").value),
        ends_share=default("shock_on_ends").value,
    )


def ordinary_overflow() -> tuple[Overflow, ...]:
    """Where children go when state special schools are full: the declared order, used once places are known."""
    accepted = default("overflow_accepted").value
    return (
        Overflow("special_state", ("special_independent",), (accepted,)),
        Overflow("mainstream_rp_unit", ("mainstream",), (accepted,)),
    )


def prevalence_row(known: Published, projection: Projection, by_age: Floats, january: int) -> tuple[Assumption, ...]:
    """How many of the people there are would have a plan, so that nobody has to take a long path on trust.

    by_age   (ages) people of the last January
    """
    people = float(by_age.sum())
    highest = highest_prevalence(known, january)
    if highest is None or people <= len(by_age):
        return ()
    low, middle, high = (100.0 * float(value) / people for value in path_at_end(projection))
    source = f"the path over today's children grown older; the highest council of January {january} has {highest:.1f}"
    title = "Plans per 100 people aged 0 to 25 in the last January"
    effect = "nothing: it shows how far the path goes beyond what has been seen. The path is not capped"
    shown = round(middle, 2), round(low, 2), round(high, 2)
    return (Assumption("prevalence", title, *shown, "per 100", source, "newest", effect),)


def path_at_end(projection: Projection) -> tuple[float, float, float]:
    """Low, mean and high of the last year's total."""
    low, high = np.quantile(projection.totals[:, -1], (0.1, 0.9))
    mean = float(projection.mean[-1])
    return min(float(low), mean), mean, max(float(high), mean)


def _projection_row(projection: Projection) -> Assumption:
    low, mean, high = path_at_end(projection)
    return Assumption(
        "path",
        "Plans in the last January of the path that the engine follows",
        round(mean, 1),
        round(low, 1),
        round(high, 1),
        "plans",
        projection.method,
        "newest",
        "the totals, age bands and settings of the baseline",
    )
