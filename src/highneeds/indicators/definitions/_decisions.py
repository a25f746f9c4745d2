"""Decisions of a month: the words that several indicators share."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.caseload.caseload import dated_in, decided
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio


def agreed_of_decided(rows: pl.DataFrame, outcome: str, month: Month) -> Ratio:
    """Those decided `outcome` of those decided Y or N."""
    return Ratio(decided(rows, outcome, month), decided(rows, "Y", month) + decided(rows, "N", month))


def plans_issued_in(caseload: Caseload, month: Month) -> pl.DataFrame:
    """Assessments that ended with a plan, by the date of its issue."""
    return caseload.assessments.filter((pl.col("outcome") == "Y") & dated_in("outcome_date", month))


def within_days(days: int) -> pl.Expr:
    """Decided at most so many days after the request was received, the last day included."""
    return (pl.col("outcome_date") - pl.col("received_date")).dt.total_days() <= days
