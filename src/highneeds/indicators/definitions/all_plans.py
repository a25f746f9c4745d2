"""Plans in force."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import Follows
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans in force",
    unit=Unit.COUNT,
    source="SEN2: named plan",
    basis="Snapshot at the end of the month's last day; one person is one plan; also one still open at 25",
    part="children with a plan in force",
    example="20635 plans: 20635",
    fields=PLANS,
    also_called=("active plans", "plans in force"),
    relations=(
        Follows(
            came=("issue_agreed_count.value",),
            went=("ceased_count.value",),
            unseen=1,
            # A plan that ends on a month's last day is in force at its end, and ceased in it.
            stayed="ceased_count.value",
        ),
    ),
)
def all_plans(caseload: Caseload, month: Month) -> int:
    """Children with a plan in force at the end of the month."""
    return len(caseload.at_end_of(month))
