"""Share of requests agreed at issue stage."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import of_decided
from highneeds.indicators.definitions._fields import ASSESSED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Share of requests agreed at issue stage",
    unit=Unit.PERCENT,
    source="SEN2: assessment (outcome, date of outcome)",
    basis="Assessment outcome Y or N by its date; a decision without a date is not counted",
    part="assessments that led to a plan, decided in the month",
    whole="assessments decided Y or N in the month",
    example="219 of 429 decisions: 51.0",
    fields=ASSESSED,
    also_called=(
        "decisions, to issue a plan",
        "decided at issue stage, agreed",
        "plans agreed at issue stage",
        "requests agreed at issue stage",
        "agreed to issue",
        "decisions to issue a plan",
        "assessments that led to a plan",
        "assessments completed, agreed at issue stage",
    ),
    relations=(SameAs("issue_agreed_count.value", "part"), SameAs("issue_declined_count.value", "rest")),
)
def issue_agreed_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the assessments decided Y or N in the month, those decided Y."""
    return of_decided(caseload.dated_in("assessments", "outcome_date", month), "Y")
