"""How plans end: when, and for which reason SEN2 records."""

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


def plans_ended(caseload: Caseload, first: date, last: date) -> pl.DataFrame:
    """The plans that ceased between two days, both included, while they were this council's."""
    return caseload.dated_between("ended_plans", "cease_date", first, last)
