"""What a council's own SEN2 shows of every term: who was at risk, who came, moved and left, and what was in hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from highneeds.caseload import Caseload, Caseloads
from highneeds.caseload.pipeline import open_requests
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Floats, Ints, Term
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.need import NEEDS as NEED_WORDS
from highneeds.vocabulary.period import Month, SchoolYear
from highneeds.vocabulary.setting import SETTINGS as SETTING_WORDS

AGE_OF_RECEPTION = 4
NeedsOf = Callable[[Caseload], pl.DataFrame]
"""person, need (SEN2 code of the primary need) of one caseload."""

_SETTING = {row.code.value: SETTINGS.index(row.pack) for row in SETTING_WORDS}
_NEED = {row.code.value: NEEDS.index(row.pack) for row in NEED_WORDS}


@dataclass(frozen=True)
class Observed:
    """Counts by term, oldest first; ages are those of the school year of the term.

    at_risk, ended, started   (terms, ages, settings)
    moved                     (terms, ages, settings, settings)
    requests, agreed, refused, assessed, issued   (terms, ages)
    plans                     (ages, needs, settings) at the last day
    under_way, last_refused, last_not_issued      (ages) work in hand at the last day
    """

    terms: tuple[Term, ...]
    at_risk: Floats
    ended: Floats
    started: Floats
    moved: Floats
    requests: Floats
    agreed: Floats
    refused: Floats
    assessed: Floats
    issued: Floats
    plans: Ints
    under_way: Ints
    last_refused: Ints
    last_not_issued: Ints

    def years(self) -> tuple[int, ...]:
        return tuple(sorted({term.year for term in self.terms}))


def observed(caseloads: Sequence[Caseload], needs_of: NeedsOf | None = None) -> Observed:
    """Count every whole term that the returns cover. Two returns or more are needed to tell a rate from a year."""
    members = Caseloads.of(caseloads).members
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
    last = members[-1]
    first, final = Term(members[0].first_day.year, 0), Term(last.reference_date.year - 1, 2)
    terms = tuple(first.plus(step) for step in range(final.since(first) + 1))
    counted = [_term(Caseloads(members), term) for term in terms]
    stacked = {name: np.stack([one[name] for one in counted]) for name in counted[0]}
    return Observed(
        terms,
        **stacked,
        plans=_plans(last, final.last_day, needs_of),
        under_way=_under_way(last, final.last_day),
        last_refused=stacked["refused"][-1].astype(np.int64),
        last_not_issued=(stacked["assessed"][-1] - stacked["issued"][-1]).astype(np.int64),
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
    return {
        "at_risk": _count(before),
        "ended": _count(ended),
        "started": _count(started),
        "moved": _moves(moved),
        "requests": _ages(asked.filter((pl.col("outcome") != "H").fill_null(True))),
        "agreed": _ages(decided.filter(pl.col("outcome") == "Y")),
        "refused": _ages(decided.filter(pl.col("outcome") == "N")),
        "assessed": _ages(done.filter(pl.col("outcome").is_in(["Y", "N"]))),
        "issued": _ages(done.filter(pl.col("outcome") == "Y")),
    }


def _held(caseload: Caseload, day: date, term: Term) -> pl.DataFrame:
    """person, age, setting: plans in force on `day`, with ages of the school year of the term."""
    counted_in = SchoolYear.of(day, caseload.settings.rollover_month).start
    shift = term.school_year.start - counted_in + AGE_OF_RECEPTION
    age = (pl.col("year") + shift).clip(0, AGES - 1).fill_null(AGE_OF_RECEPTION)
    setting = pl.col("setting").cast(pl.String).replace_strict(_SETTING, default=SETTINGS.index("placement_unknown"))
    return caseload.at(day).plans.select("person", age.alias("age"), setting.alias("setting"))


def _count(rows: pl.DataFrame) -> Floats:
    found = np.zeros((AGES, len(SETTINGS)))
    np.add.at(found, (rows["age"].to_numpy(), rows["setting"].to_numpy()), 1.0)
    return found


def _moves(rows: pl.DataFrame) -> Floats:
    found = np.zeros((AGES, len(SETTINGS), len(SETTINGS)))
    places = (rows["age"].to_numpy(), rows["setting"].to_numpy(), rows["setting_after"].to_numpy())
    np.add.at(found, places, 1.0)
    return found


def _dated(caseload: Caseload, rows: pl.DataFrame, column: str, term: Term) -> pl.DataFrame:
    """Rows dated in the term, with the age of the child in its school year."""
    cohort = caseload.people.select("person", "school_cohort")
    age = (term.school_year.start - pl.col("school_cohort") - 5 + AGE_OF_RECEPTION).clip(0, AGES - 1)
    dated = rows.filter(pl.col(column).is_between(term.first_day, term.last_day))
    return dated.join(cohort, on="person", how="left").with_columns(age.fill_null(AGE_OF_RECEPTION).alias("age"))


def _ages(rows: pl.DataFrame) -> Floats:
    return np.bincount(rows["age"].to_numpy(), minlength=AGES).astype(np.float64)


def _plans(caseload: Caseload, day: date, needs_of: NeedsOf | None) -> Ints:
    """(ages, needs, settings) plans at the end of a day; a child without a need is counted as need_unknown."""
    rows = _held(caseload, day, Term.of(day))
    unknown = NEEDS.index("need_unknown")
    if needs_of is None:
        rows = rows.with_columns(pl.lit(unknown).alias("need"))
    else:
        code = pl.col("need").cast(pl.String).replace_strict(_NEED, default=unknown)
        needs = needs_of(caseload).with_columns(code).unique("person", keep="first", maintain_order=True)
        rows = rows.join(needs, on="person", how="left").with_columns(pl.col("need").fill_null(unknown))
    found = np.zeros((AGES, len(NEEDS), len(SETTINGS)), dtype=np.int64)
    np.add.at(found, (rows["age"].to_numpy(), rows["need"].to_numpy(), rows["setting"].to_numpy()), 1)
    return found


def _under_way(caseload: Caseload, day: date) -> Ints:
    """(ages) requests agreed and not yet ended, and those not yet decided."""
    rows = open_requests(caseload, day).join(caseload.people.select("person", "school_cohort"), on="person", how="left")
    age = (Term.of(day).school_year.start - pl.col("school_cohort") - 5 + AGE_OF_RECEPTION).clip(0, AGES - 1)
    return np.bincount(rows.select(age.fill_null(AGE_OF_RECEPTION)).to_series().to_numpy(), minlength=AGES)
