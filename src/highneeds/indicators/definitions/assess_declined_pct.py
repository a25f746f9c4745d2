"""Share of requests declined at assessment stage."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import of_decided
from highneeds.indicators.definitions._fields import REQUESTS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Share of requests declined at assessment stage",
    unit=Unit.PERCENT,
    source="SEN2: requests (outcome, date of outcome)",
    basis="Request outcome Y or N by the date the requester was told; W, A and H are never decisions",
    part="requests that were refused, decided in the month",
    whole="requests decided Y or N in the month",
    example="219 of 429 decisions: 51.0",
    fields=REQUESTS,
    also_called=(
        "decided, declined at assessment stage",
        "requests for assessment that were declined",
        "requests declined at assessment stage",
        "declined to assess",
        "decisions not to assess",
        "requests declined for assessment, decided",
    ),
    relations=(
        SameAs("assess_declined_count.value", "part"),
        SameAs("assess_agreed_count.value", "rest"),
        SameAs("assess_agreed_pct.whole", "whole"),
    ),
)
def assess_declined_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the requests decided Y or N in the month, those decided N."""
    return of_decided(caseload.dated_in("requests", "outcome_date", month), "N")
