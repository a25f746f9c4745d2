"""Share of requests agreed at assessment stage."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import of_decided
from highneeds.indicators.definitions._fields import REQUESTS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Share of requests agreed at assessment stage",
    unit=Unit.PERCENT,
    source="SEN2: requests (outcome, date of outcome)",
    basis="Request outcome Y or N by the date the requester was told; W, A and H are never decisions",
    part="requests that led to an assessment, decided in the month",
    whole="requests decided Y or N in the month",
    example="219 of 429 decisions: 51.0",
    fields=REQUESTS,
    also_called=(
        "decisions, to assess",
        "decided, agreed at assessment stage",
        "requests for assessment that were agreed",
        "requests agreed at assessment stage",
        "agreed to assess",
        "decisions to agree an assessment",
        "decisions to carry out an assessment",
        "requests accepted for assessment, decided",
    ),
    relations=(SameAs("assess_agreed_count.value", "part"), SameAs("assess_declined_count.value", "rest")),
)
def assess_agreed_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the requests decided Y or N in the month, those decided Y."""
    return of_decided(caseload.dated_in("requests", "outcome_date", month), "Y")
