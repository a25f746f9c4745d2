"""When the next annual review is due, and whether it is overdue, on each of three bases."""

from datetime import date

import polars as pl

from highneeds.caseload.caseload import Caseload
from highneeds.caseload.settings import OverdueBasis


def review_dates(caseload: Caseload, day: date) -> pl.DataFrame:
    """person, last_done: the last review that counts as done by `day`, of everybody who has had one.

    decision    the council's letter (SEN2 LastReview)
    meeting     the review meeting (SEN2 ReviewMeeting)
    finalised   a letter that does not amend, or the final plan of a phase transfer; an amended plan counts by its own
                start date, which `reviews` takes in any case
    """
    done = caseload.active_plans.select("person", _done(caseload).alias("done"), "phase_transfer_final")
    if caseload.settings.overdue_basis is OverdueBasis.FINALISED:
        final = done.select("person", done="phase_transfer_final")
        done = pl.concat([done.select("person", "done"), final])
    done = done.filter((pl.col("done") <= day) & pl.col("person").is_not_null())
    return done.group_by("person").agg(pl.col("done").max().alias("last_done"))


def reviews(caseload: Caseload, day: date) -> pl.DataFrame:
    """person, due, overdue, ... : everybody with a plan in force on `day`.

    due       the later of the plan's start and the last review done by `day`, and so many months on
    overdue   due before `day`; on the day itself it is not overdue
    """
    plans = caseload.at(day).plans.join(review_dates(caseload, day), on="person", how="left")
    later = pl.max_horizontal("starts", "last_done")
    due = later.dt.offset_by(f"{caseload.settings.review_months}mo")
    return plans.with_columns(due.alias("due")).with_columns((pl.col("due") < day).alias("overdue"))


def _done(caseload: Caseload) -> pl.Expr:
    basis = caseload.settings.overdue_basis
    if basis is OverdueBasis.MEETING:
        return pl.col("review_meeting")
    if basis is OverdueBasis.FINALISED:
        amends = pl.col("review_outcome").is_in(caseload.settings.amend_outcomes).fill_null(False)
        return pl.when(~amends).then(pl.col("last_review"))
    return pl.col("last_review")
