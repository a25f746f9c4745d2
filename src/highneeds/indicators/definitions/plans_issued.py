"""Plans issued."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import plans_issued_in
from highneeds.indicators.definitions._fields import ASSESSED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans issued",
    unit=Unit.COUNT,
    source="SEN2: assessment (outcome, date of outcome)",
    basis="By date of issue: the outcome date of an assessment with outcome Y",
    part="assessments that led to a plan, issued in the month",
    example="195 plans: 195",
    fields=ASSESSED,
    also_called=("plans issued", "new plans"),
    relations=(SameAs("issue_agreed_count.value"),),
)
def plans_issued(caseload: Caseload, month: Month) -> int:
    """Assessments with outcome Y dated in the month."""
    return plans_issued_in(caseload, month).height
