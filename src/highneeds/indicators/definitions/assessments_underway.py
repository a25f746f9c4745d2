"""Needs assessments currently underway."""

from highneeds.caseload import Caseload
from highneeds.caseload.pipeline import open_requests
from highneeds.indicators.definitions._fields import ASSESSED, REQUESTS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import Follows
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Needs assessments currently underway",
    unit=Unit.COUNT,
    source="SEN2: requests, assessment",
    basis=(
        "The whole pipeline from request to the decision to issue, per request, also of a child who has a plan. "
        "Ended by request N or W or assessment Y, N or W dated by then, assessment H, or request H without "
        "assessment"
    ),
    part="requests received by the month's end and not ended by it",
    example="812 requests: 812",
    fields=REQUESTS + ASSESSED,
    also_called=("needs assessments under way", "open assessments", "requests, assessments under way"),
    relations=(
        Follows(
            came=("requests_received.value",),
            went=("assess_declined_count.value", "issue_agreed_count.value", "issue_declined_count.value"),
            unseen=-1,
        ),
    ),
)
def assessments_underway(caseload: Caseload, month: Month) -> int:
    """Requests received by the snapshot and not ended by it."""
    return open_requests(caseload, month.last_day).height
