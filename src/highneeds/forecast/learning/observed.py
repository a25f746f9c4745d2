"""What a council's own SEN2 shows of every term: who was at risk, who came, moved and left, and what was in hand.

Work in hand and reviews not done are stocks of a day, kept apart from the flows: see `learning.backlogs`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from highneeds.caseload import Caseload, Caseloads
from highneeds.caseload.pipeline import open_requests
from highneeds.caseload.reviews import reviews
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Floats, Ints, Term
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.need import NEEDS as NEED_WORDS
from highneeds.vocabulary.period import Month, SchoolYear
from highneeds.vocabulary.setting import SETTINGS as SETTING_WORDS

AGE_OF_RECEPTION = 4
UNKNOWN = NEEDS.index("need_unknown")
IN_TIME = timedelta(weeks=20)
"""From the request to the plan: SEND Regulations 2014, regulation 13(2)."""

_SETTING = {row.code.value: SETTINGS.index(row.pack) for row in SETTING_WORDS}
_NEED = {row.code.value: NEEDS.index(row.pack) for row in NEED_WORDS}


@dataclass(frozen=True)
class Observed:
    """Counts by term, oldest first; ages are those of the school year of the term.

    at_risk, ended, started, left   (terms, ages, needs, settings); left are those who changed setting
    moved                           (terms, ages, settings, settings)
    requests, agreed, refused, assessed, issued   (terms, ages)
    in_hand, finished               (terms) assessments in time that could be finished in the term, and that were
    late, late_finished             (terms) those over 20 weeks as the term starts, and how many were ended in it
    overdue, overdue_ended          (terms, ages, settings) plans whose review was overdue as the year began, and those
                                    of them that ended; nought where no return says
    overdue_years                   the years whose first return says which reviews are overdue, oldest first
    overdue_stock                   (overdue years) plans with an overdue review at that return
    overdue_done                    (overdue years) of those overdue the time before, how many are not overdue now
    plans                           (ages, needs, settings) at the last day
    overdue_plans                   (ages, settings) of them those whose review is overdue
    undecided, under_way, over_time (ages) at the last day: requests in time without a decision, those agreed and in
                                    time, and all those over 20 weeks
    last_refused, last_not_issued   (ages) of the last term
    """

    terms: tuple[Term, ...]
    at_risk: Floats
    ended: Floats
    started: Floats
    left: Floats
    moved: Floats
    requests: Floats
    agreed: Floats
    refused: Floats
    assessed: Floats
    issued: Floats
    in_hand: Floats
    finished: Floats
    late: Floats
    late_finished: Floats
    overdue: Floats
    overdue_ended: Floats
    overdue_years: tuple[int, ...]
    overdue_stock: Floats
    overdue_done: Floats
    plans: Ints
    overdue_plans: Floats
    undecided: Ints
    under_way: Ints
    over_time: Ints
    last_refused: Ints
    last_not_issued: Ints

    def years(self) -> tuple[int, ...]:
        return tuple(sorted({term.year for term in self.terms}))

    @property
    def needs_known(self) -> bool:
        """Whether any child's need is recorded."""
        return bool(np.delete(self.plans, UNKNOWN, axis=1).sum() > 0)


def observed(caseloads: Sequence[Caseload]) -> Observed:
    """Count every whole term that the returns cover. Two returns or more are needed to tell a rate from a year."""
    members = Caseloads.of(caseloads).members
    _check(members)
    last = members[-1]
    first, final = Term(members[0].first_day.year, 0), Term(last.reference_date.year - 1, 2)
    terms = tuple(first.plus(step) for step in range(final.since(first) + 1))
    series = Caseloads(members)
    counted = [_term(series, term) for term in terms]
    stacked: dict[str, Any] = {name: np.stack([one[name] for one in counted]) for name in counted[0]}
    yearly = _first_of_years(members)
    late = [_overdue_of(one) for one in yearly]
    return Observed(
        terms,
        **stacked,
        overdue_years=tuple(one.reference_date.year for one in yearly),
        overdue_stock=np.array([one.height for one in late], dtype=float),
        overdue_done=np.array([0, *(_done(one, after) for one, after in pairwise(late))], dtype=float),
        plans=_plans(last, final.last_day),
        overdue_plans=_count(_aged(late[-1], yearly[-1], Term.of(final.last_day))),
        **_in_hand_on(last, final.last_day),
        last_refused=stacked["refused"][-1].astype(np.int64),
        last_not_issued=np.maximum(stacked["assessed"][-1] - stacked["issued"][-1], 0).astype(np.int64),
    )


def _check(members: tuple[Caseload, ...]) -> None:
    if len(members) < 2:
        raise InputError(
            "One SEN2 return cannot show how rates change",
            remedy="Give the returns of two Januaries or more, or forecast from published statistics",
        )
    unclassed = [one for one in members if not one.classed]
    if unclassed:
        raise InputError(
            f"The placements of the return of {unclassed[0].reference_date} name schools of unknown kind",
            remedy="Accept the return again with --establishments, or forecast from published statistics",
        )


def _term(caseloads: Caseloads, term: Term) -> dict[str, Floats]:
    caseload = caseloads.for_month(Month.of(term.first_day))
    before = _held(caseload, term.first_day - timedelta(days=1), term)
    after = _held(caseload, term.last_day, term)
    both = before.join(after, on="person", how="inner", suffix="_after")
    ended, started = (one.join(other, on="person", how="anti") for one, other in ((before, after), (after, before)))
    moved = both.filter(pl.col("setting") != pl.col("setting_after"))
    asked = _dated(caseload, caseload.requests, "received_date", term)
    decided = _dated(caseload, caseload.requests, "outcome_date", term)
    done = _dated(caseload, caseload.assessments, "outcome_date", term)
    late = _overdue_before(caseloads, caseload, term)
    return {
        "at_risk": _by_need(before, caseload),
        "ended": _by_need(ended, caseload),
        "started": _by_need(started, caseload),
        "left": _by_need(moved, caseload),
        "moved": _moves(moved),
        "requests": _ages(asked.filter((pl.col("outcome") != "H").fill_null(True))),
        "agreed": _ages(decided.filter(pl.col("outcome") == "Y")),
        "refused": _ages(decided.filter(pl.col("outcome") == "N")),
        "assessed": _ages(done.filter(pl.col("outcome").is_in(["Y", "N"]))),
        "issued": _ages(done.filter(pl.col("outcome") == "Y")),
        "overdue": _count(before.join(late, on="person", how="semi")),
        "overdue_ended": _count(ended.join(late, on="person", how="semi")),
        **_work(caseload, term),
    }


def _held(caseload: Caseload, day: date, term: Term) -> pl.DataFrame:
    """person, age, setting: plans in force on `day`, with ages of the school year of the term."""
    return _aged(caseload.at(day).plans, caseload, term, SchoolYear.of(day, caseload.settings.rollover_month))


def _aged(plans: pl.DataFrame, caseload: Caseload, term: Term, counted_in: SchoolYear | None = None) -> pl.DataFrame:
    """person, age, setting of rows of a snapshot whose curriculum year is that of `counted_in`."""
    then = counted_in or SchoolYear.of(caseload.reference_date, caseload.settings.rollover_month)
    shift = term.school_year.start - then.start + AGE_OF_RECEPTION
    age = (pl.col("year") + shift).clip(0, AGES - 1).fill_null(AGE_OF_RECEPTION)
    setting = pl.col("setting").cast(pl.String).replace_strict(_SETTING, default=SETTINGS.index("placement_unknown"))
    return plans.select("person", age.alias("age"), setting.alias("setting"))


def _count(rows: pl.DataFrame) -> Floats:
    found = np.zeros((AGES, len(SETTINGS)))
    np.add.at(found, (rows["age"].to_numpy(), rows["setting"].to_numpy()), 1.0)
    return found


def _by_need(rows: pl.DataFrame, caseload: Caseload) -> Floats:
    """(ages, needs, settings) of person, age, setting; a child without a recorded need is counted as need_unknown."""
    found = np.zeros((AGES, len(NEEDS), len(SETTINGS)))
    need = _need_of_everyone(caseload)[rows["person"].to_numpy()]
    np.add.at(found, (rows["age"].to_numpy(), need, rows["setting"].to_numpy()), 1.0)
    return found


def _need_of_everyone(caseload: Caseload) -> Ints:
    """(people) the primary need of each person of the caseload; people are rows of their own number."""
    found = np.full(caseload.people.height, UNKNOWN, dtype=np.int64)
    need = caseload.needs["need"].replace_strict(_NEED, default=UNKNOWN, return_dtype=pl.Int64)
    found[caseload.needs["person"].to_numpy()] = need.to_numpy()
    return found


def _moves(rows: pl.DataFrame) -> Floats:
    found = np.zeros((AGES, len(SETTINGS), len(SETTINGS)))
    places = (rows["age"].to_numpy(), rows["setting"].to_numpy(), rows["setting_after"].to_numpy())
    np.add.at(found, places, 1.0)
    return found


def _dated(caseload: Caseload, rows: pl.DataFrame, column: str, term: Term) -> pl.DataFrame:
    """Rows dated in the term, with the age of the child in its school year."""
    return _with_age(caseload, rows.filter(pl.col(column).is_between(term.first_day, term.last_day)), term)


def _with_age(caseload: Caseload, rows: pl.DataFrame, term: Term) -> pl.DataFrame:
    cohort = caseload.people.select("person", "school_cohort")
    age = (term.school_year.start - pl.col("school_cohort") - 5 + AGE_OF_RECEPTION).clip(0, AGES - 1)
    return rows.join(cohort, on="person", how="left").with_columns(age.fill_null(AGE_OF_RECEPTION).alias("age"))


def _ages(rows: pl.DataFrame) -> Floats:
    return np.bincount(rows["age"].to_numpy(), minlength=AGES).astype(np.float64)


def _plans(caseload: Caseload, day: date) -> Ints:
    """(ages, needs, settings) plans at the end of a day."""
    return _by_need(_held(caseload, day, Term.of(day)), caseload).astype(np.int64)


def _work(caseload: Caseload, term: Term) -> dict[str, Floats]:
    """Assessments of one term: what could be finished in it and was, in time and over time apart."""
    before, after = term.first_day - timedelta(days=1), term.last_day
    start = open_requests(caseload, before).select("request", "received_date")
    still = open_requests(caseload, after).select("request")
    late = start.filter(pl.col("received_date") < before - IN_TIME)
    agreed = caseload.requests.filter((pl.col("outcome") == "Y") & (pl.col("outcome_date") <= after))
    since = pl.col("outcome_date") > before
    hand = agreed.filter(since | pl.col("request").is_in(start["request"].implode()))
    hand = hand.join(late, on="request", how="anti")
    counts = {
        "in_hand": hand.height,
        "finished": hand.join(still, on="request", how="anti").height,
        "late": late.height,
        "late_finished": late.join(still, on="request", how="anti").height,
    }
    return {name: np.array(float(count)) for name, count in counts.items()}


def _in_hand_on(caseload: Caseload, day: date) -> dict[str, Any]:
    """(ages) the requests that are open at the end of a day: undecided, under way, over time."""
    rows = _with_age(caseload, open_requests(caseload, day), Term.of(day))
    late = pl.col("received_date") < day - IN_TIME
    agreed = ((pl.col("outcome") == "Y") & (pl.col("outcome_date") <= day)).fill_null(False)
    parts = {"undecided": ~late & ~agreed, "under_way": ~late & agreed, "over_time": late}
    return {name: _ages(rows.filter(part)).astype(np.int64) for name, part in parts.items()}


def _first_of_years(members: tuple[Caseload, ...]) -> tuple[Caseload, ...]:
    """The first return of each calendar year: that of January, where there are extracts besides."""
    found = {one.reference_date.year: one for one in reversed(members)}
    return tuple(found[year] for year in sorted(found))


def _overdue_of(caseload: Caseload) -> pl.DataFrame:
    """person, year, setting, linkage_key: plans with an overdue review at the return; none where it does not say."""
    plans = reviews(caseload, caseload.reference_date).filter(pl.col("overdue"))
    if not caseload.carries("active_plans", "last_review"):
        plans = plans.clear()
    return plans.join(caseload.people.select("person", "linkage_key"), on="person", how="left")


def _done(before: pl.DataFrame, after: pl.DataFrame) -> int:
    """How many of those overdue at one return are not overdue at the next: reviewed, or without a plan."""
    known = before.filter(pl.col("linkage_key").is_not_null())
    return known.join(after, on="linkage_key", how="anti").height


def _overdue_before(caseloads: Caseloads, caseload: Caseload, term: Term) -> pl.DataFrame:
    """person (of `caseload`): those whose review was overdue at the return of the January of the term's year."""
    said = [one for one in _first_of_years(caseloads.members) if one.reference_date.year == term.year]
    if not said or said[0] is caseload:
        return caseload.people.select("person").clear()
    late = _overdue_of(said[0]).select("linkage_key").drop_nulls().unique()
    return caseload.people.join(late, on="linkage_key", how="semi").select("person")
