"""Which requests are open on a day: received, and not ended."""

from datetime import date, timedelta

import polars as pl

from highneeds.caseload.days import RowsByDay

ALWAYS = pl.lit(date.min)
"""The end of what is over on every day."""


def requests_by_day(requests: pl.DataFrame, assessments: pl.DataFrame) -> RowsByDay:
    """Each request from its receipt to the day before it ended; per request, also of a child who has a plan.

    Ended is: request N or W from its date; assessment Y, N or W from its date; assessment H; or request H without any
    assessment. An ending without a date does not end it, because nothing says by when.
    """
    outcome, dated = pl.col("outcome"), pl.col("outcome_date")
    its_end = pl.when(outcome == "H").then(ALWAYS).when(outcome.is_in(["Y", "N", "W"])).then(dated)
    assessed = assessments.lazy().group_by("request").agg(its_end.min().alias("assessed"), has_any=pl.lit(True))
    historic = (outcome == "H") & pl.col("has_any").is_null()
    own_end = pl.when(historic).then(ALWAYS).when(outcome.is_in(["N", "W"])).then(dated)
    both = requests.lazy().join(assessed, on="request", how="left", maintain_order="left")
    last_open = pl.min_horizontal(own_end, "assessed") - timedelta(days=1)
    return RowsByDay(both.select("received_date", last_open=last_open).collect(), "received_date", "last_open")
