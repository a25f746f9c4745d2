"""The pipeline from request to plan: what is open, what came in and went out, and whether the two agree."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from highneeds.caseload.caseload import Caseload, decided
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
    """Requests received by `day` and not ended by it (see `requests_by_day`)."""
    return caseload.requests[caseload.requests_by_day.open_on(day)]


def requests_received(caseload: Caseload, month: Month) -> pl.DataFrame:
    """Requests received in the month; those marked historic (H) are left out."""
    return caseload.dated_in("requests", "received_date", month).filter(pl.col("outcome").ne_missing("H"))


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
    came = requests_received(caseload, month).height
    requests, assessments = (caseload.dated_in(name, "outcome_date", month) for name in ("requests", "assessments"))
    refused, issued, not_issued = decided(requests, "N"), decided(assessments, "Y"), decided(assessments, "N")
    withdrawn = decided(requests, "W") + decided(assessments, "W")
    expected = start + came - refused - issued - not_issued - withdrawn
    return (str(month), start, came, refused, issued, not_issued, withdrawn, expected, end, end - expected)
