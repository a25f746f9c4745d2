"""How plans end. Four dates that are easily taken for one another are kept apart."""

from datetime import date

import polars as pl

from highneeds.caseload.caseload import Caseload

CEASE_REASONS = {
    "1": "reached the greatest age",
    "2": "needs met without a plan",
    "3": "went on to higher education",
    "4": "went on to paid employment",
    "5": "moved to another council",
    "6": "no longer wishes to engage",
    "7": "left England",
    "8": "died",
    "9": "other",
}


def endings(caseload: Caseload, first: date, last: date) -> pl.DataFrame:
    """Plans that ceased between two days, both included, with the four dates of an ending.

    decision     the council's letter after the review that decided to cease (SEN2 review outcome)
    notice       notice to cease was given: the child's placement became 'not in education, notice to cease' (NIEC)
    appeal_end   end of the time for appeal or of the appeal; SEN2 does not hold it, so it is empty here
    cease        the plan ended (SEN2 CeaseDate); the plan is maintained until then
    """
    ended = plans_ended(caseload, first, last).rename({"cease_date": "cease"})
    dates = ended.join(_decisions(caseload), on="person", how="left").join(_notices(caseload), on="person", how="left")
    by_then = [pl.when(pl.col(name) <= pl.col("cease")).then(pl.col(name)) for name in ("decision", "notice")]
    dates = dates.with_columns(*by_then, appeal_end=pl.lit(None, pl.Date))
    columns = ["person", "plan", "decision", "notice", "appeal_end", "cease", "cease_reason", "age_at_cease"]
    return dates.select(columns).sort("plan")


def plans_ended(caseload: Caseload, first: date, last: date) -> pl.DataFrame:
    """The plans that ceased between two days, both included, while they were this council's."""
    return caseload.plans.filter(pl.col("cease_date").is_between(first, last) & ours_when_ceased())


def ours_when_ceased() -> pl.Expr:
    """All but a plan that ended before its transfer in; one that says it ended before its own start is still ours."""
    transferred = pl.col("ours_from") > pl.col("start_date")
    return ~transferred.fill_null(False) | (pl.col("cease_date") >= pl.col("ours_from"))


def _decisions(caseload: Caseload) -> pl.DataFrame:
    ceasing = pl.col("review_outcome").is_in(caseload.settings.cease_outcomes)
    decided = caseload.active_plans.filter(ceasing & pl.col("person").is_not_null())
    return decided.group_by("person").agg(pl.col("last_review").max().alias("decision"))


def _notices(caseload: Caseload) -> pl.DataFrame:
    given = caseload.placements.filter(pl.col("setting") == "NIEC")
    return given.group_by("person").agg(pl.col("entry_date").max().alias("notice"))
