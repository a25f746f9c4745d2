"""Requests declined at assessment stage."""

from highneeds.caseload import Caseload
from highneeds.caseload.caseload import decided
from highneeds.indicators.definitions._fields import REQUESTS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import AddsTo
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Requests declined at assessment stage",
    unit=Unit.COUNT,
    source="SEN2: requests (outcome, date of outcome)",
    basis="Request outcome Y or N by the date the requester was told; W, A and H are never decisions",
    part="requests that were refused, decided in the month",
    example="219 decisions: 219",
    fields=REQUESTS,
    also_called=(
        "decided, declined at assessment stage",
        "requests for assessment that were declined",
        "requests declined at assessment stage",
        "declined to assess",
        "decisions not to assess",
        "requests declined for assessment, decided",
    ),
    relations=(AddsTo("assess_agreed_pct.whole"), AddsTo("tribunal_rate_pct.whole")),
)
def assess_declined_count(caseload: Caseload, month: Month) -> int:
    """Requests decided N in the month."""
    return decided(caseload.dated_in("requests", "outcome_date", month), "N")
