"""Requests for an assessment received."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.caseload.caseload import dated_in
from highneeds.indicators.definitions._fields import REQUESTED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Requests for an assessment received",
    unit=Unit.COUNT,
    source="SEN2: requests (date received, outcome)",
    basis="By date of receipt; requests marked historic (H) are left out",
    part="requests received in the month",
    example="334 requests: 334",
    fields=REQUESTED,
    also_called=("requests received", "requests for assessment received"),
)
def requests_received(caseload: Caseload, month: Month) -> int:
    """Requests received in the month, not H."""
    not_historic = pl.col("outcome").ne_missing("H")
    return caseload.requests.filter(dated_in("received_date", month) & not_historic).height
