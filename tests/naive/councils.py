"""Invented councils for Hypothesis: few people, dates that crowd about month-ends, every kind of disorder."""

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from highneeds.intake.sen2.rows import (
    ActivePlan,
    Assessment,
    NamedPlan,
    Placement,
    Request,
    Return,
    YoungPerson,
    from_people,
)

REFERENCE = date(2025, 1, 16)
MONTHS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 8, 31), date(2024, 9, 30), date(2025, 1, 31)]  # last days


def days_about(last_day):
    """The days on which a month is decided: its ends, the ends of the month before, and the same a year earlier."""
    before = last_day.replace(day=1) - timedelta(days=1)
    a_year_ago = last_day.replace(
        year=last_day.year - 1, day=min(last_day.day, 28) if last_day.month == 2 else last_day.day
    )
    edges = [edge + timedelta(days=step) for edge in (before, last_day) for step in (-1, 0, 1)]
    return [*edges, last_day - timedelta(days=10), a_year_ago - timedelta(days=1), a_year_ago, date(2022, 3, 1)]


@cache
def days_or_none(last_day):
    return st.sampled_from([None, *days_about(last_day)])


SETTINGS = ["MsMdA", "RP", "SENU", "SpMdA", "SpNm", "SpIn", "MsIn", "SP16", "GFE", "6FC", "APRU", "OLA"]
SETTINGS += ["NIEO", "NIEC", "OTH", "EHE", "unclassed", None]

outcome = st.sampled_from(["Y", "Y", "N", "W", "A", "H", None])
flag = st.sampled_from([True, False, None])
steps = st.sampled_from([-3, 0, 41, 42, 43, 100, 139, 140, 141, 300, None])


@cache
def some(what, most):
    return st.lists(what, max_size=most).map(tuple)


@cache  # a strategy made anew for every draw costs more than what is drawn
def placements(maybe_day):
    return st.builds(
        Placement,
        rank=st.sampled_from([1, 1, 2, None]),
        entry_date=maybe_day,
        leaving_date=maybe_day,
        setting_class=st.sampled_from(SETTINGS),
    )


@cache
def active_plans(maybe_day):
    return st.builds(
        ActivePlan,
        transfer_la=st.sampled_from([None, None, None, "887", "0", "2024-09-01"]),
        review_meeting=maybe_day,
        review_outcome=st.sampled_from(["A", "C", "M", None]),
        last_review=maybe_day,
        phase_transfer_due=maybe_day,
        phase_transfer_final=maybe_day,
        placements=st.lists(placements(maybe_day), max_size=3).map(tuple),
    )


@cache
def plans(maybe_day):
    return st.builds(
        NamedPlan,
        start_date=maybe_day,
        cease_date=maybe_day,
        cease_reason=st.sampled_from(["1", "5", "9", "12", None]),
    )


@cache
@st.composite
def assessments(draw, received, maybe_day):
    gap = draw(steps)
    dated = received + timedelta(days=gap) if received and gap is not None else draw(maybe_day)
    return Assessment(
        outcome=draw(outcome),
        outcome_date=dated,
        week20=draw(flag),
        tribunal=draw(flag),
        other_tribunal=draw(flag),
        plans=draw(some(plans(maybe_day), 2)),
    )


@cache
@st.composite
def requests(draw, maybe_day):
    received, gap = draw(maybe_day), draw(steps)
    return Request(
        received_date=received,
        age_at_received=draw(st.sampled_from([None, 3, 4, 5, 12])),
        outcome=draw(outcome),
        outcome_date=received + timedelta(days=gap) if received and gap is not None else draw(maybe_day),
        tribunal=draw(flag),
        assessments=draw(some(assessments(received, maybe_day), 2)),
        active_plans=draw(some(active_plans(maybe_day), 1)),
    )


@cache
@st.composite
def people(draw, maybe_day):
    return YoungPerson(
        school_cohort=draw(st.one_of(st.none(), st.integers(1997, 2024))),
        requests=draw(some(requests(maybe_day), 2)),
    )


@st.composite
def councils(draw, most=6) -> tuple[date, Return]:
    """The last day of a month, and a council whose dates crowd about it."""
    last_day = draw(st.sampled_from(MONTHS))
    made = draw(st.lists(people(days_or_none(last_day)), min_size=1, max_size=most))
    return last_day, from_people(made, reference_date=REFERENCE, layout="2025")
