"""Plans that ceased."""

from highneeds.caseload import Caseload
from highneeds.caseload.endings import plans_ended
from highneeds.indicators.definitions._fields import PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans that ceased",
    unit=Unit.COUNT,
    source="SEN2: named plan (cease date)",
    basis="By cease date, the day the plan ended, not the day of the decision or the notice",
    part="plans that ceased in the month",
    example="140 plans: 140",
    fields=PLANS,
)
def ceased_count(caseload: Caseload, month: Month) -> int:
    """Plans whose cease date lies in the month."""
    return plans_ended(caseload, month.first_day, month.last_day).height
