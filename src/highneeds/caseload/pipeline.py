"""The pipeline from request to plan: what is open, what came in and went out, and whether the two agree."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from highneeds.caseload.caseload import Caseload, dated_in, decided
from highneeds.caseload.series import Caseloads
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.table import Table

PIPELINE_COLUMNS = (
    "month",
    "open_at_start",
    "requests",
    "refusals",
    "issues",
    "refusals_to_issue",
    "withdrawals",
    "expected_at_end",
    "open_at_end",
    "residual",
)


def open_requests(caseload: Caseload, day: date) -> pl.DataFrame:
    """Requests received by `day` and not ended by it; per request, also of a child who has a plan.

    Ended is: request N or W dated by then; assessment Y, N or W dated by then; assessment H; or request H without any
    assessment. An ending without a date does not end it, because nothing says by when.
    """
    dated = pl.col("outcome_date") <= day
    out = pl.col("outcome").is_in(["Y", "N", "W"]) & dated | (pl.col("outcome") == "H")
    assessed_out = caseload.assessments.filter(out)["request"].drop_nulls()
    assessed = caseload.assessments["request"].drop_nulls()
    refused = (pl.col("outcome").is_in(["N", "W"]) & dated).fill_null(False)
    received = caseload.requests.filter((pl.col("received_date") <= day) & ~refused)
    waiting = received.join(assessed_out.to_frame(), on="request", how="anti")
    historic = waiting.filter(pl.col("outcome") == "H").join(assessed.to_frame(), on="request", how="anti")
    return waiting.join(historic.select("request"), on="request", how="anti")


def reconcile(caseloads: Caseloads, months: Iterable[Month]) -> Table:
    """Open at the end = open at the start + requests - refusals - issues - refusals to issue - withdrawals.

    What the events of the month do not explain stands in `residual`: requests marked historic whose assessment was
    open, requests ended twice, endings dated before the receipt. It is shown, never spread over the other columns.
    Each month is told by the return that answers for it; a month that begins after the last return has no row.
    """
    reached = [month for month in months if month.first_day <= caseloads.ends]
    rows = [_row(caseloads.for_month(month), month) for month in reached]
    return Table.of(PIPELINE_COLUMNS, rows, "Requests and assessments underway")


def _row(caseload: Caseload, month: Month) -> tuple[object, ...]:
    start = open_requests(caseload, month.plus(-1).last_day).height
    end = open_requests(caseload, month.last_day).height
    came = _received(caseload, month)
    refused, request_withdrawn = decided(caseload.requests, "N", month), decided(caseload.requests, "W", month)
    issued, not_issued = decided(caseload.assessments, "Y", month), decided(caseload.assessments, "N", month)
    withdrawn = request_withdrawn + decided(caseload.assessments, "W", month)
    expected = start + came - refused - issued - not_issued - withdrawn
    return (str(month), start, came, refused, issued, not_issued, withdrawn, expected, end, end - expected)


def _received(caseload: Caseload, month: Month) -> int:
    not_historic = (pl.col("outcome") != "H").fill_null(True)
    return caseload.requests.filter(dated_in("received_date", month) & not_historic).height
