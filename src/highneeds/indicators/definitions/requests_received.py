"""Requests for an assessment received."""

from highneeds.caseload import Caseload, pipeline
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
    return pipeline.requests_received(caseload, month).height
