"""Decisions of a month: the words that several indicators share."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.caseload.caseload import decided
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio


def of_decided(rows: pl.DataFrame, outcome: str) -> Ratio:
    """Those of the rows decided `outcome` of those decided Y or N."""
    return Ratio(decided(rows, outcome), decided(rows, "Y") + decided(rows, "N"))


def plans_issued_in(caseload: Caseload, month: Month) -> pl.DataFrame:
    """Assessments that ended with a plan, by the date of its issue."""
    return caseload.dated_in("assessments", "outcome_date", month).filter(pl.col("outcome") == "Y")


def within_days(days: int) -> pl.Expr:
    """Decided at most so many days after the request was received, the last day included."""
    return (pl.col("outcome_date") - pl.col("received_date")).dt.total_days() <= days
