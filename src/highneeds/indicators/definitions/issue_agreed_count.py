"""Requests agreed at issue stage."""

from highneeds.caseload import Caseload
from highneeds.caseload.caseload import decided
from highneeds.indicators.definitions._fields import ASSESSED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import AddsTo
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Requests agreed at issue stage",
    unit=Unit.COUNT,
    source="SEN2: assessment (outcome, date of outcome)",
    basis="Assessment outcome Y or N by its date; a decision without a date is not counted",
    part="assessments that led to a plan, decided in the month",
    example="219 decisions: 219",
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
    relations=(AddsTo("issue_agreed_pct.whole"), AddsTo("tribunal_rate_pct.whole")),
)
def issue_agreed_count(caseload: Caseload, month: Month) -> int:
    """Assessments decided Y in the month."""
    return decided(caseload.dated_in("assessments", "outcome_date", month), "Y")
