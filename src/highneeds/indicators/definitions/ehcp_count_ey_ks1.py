"""Plans in the early years and key stage 1."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans in the early years and key stage 1",
    unit=Unit.COUNT,
    source="SEN2: person, named plan",
    basis="Year 2 or below, from year -4. Snapshot at the end of the month's last day; one person is one plan",
    part="plans in force of year 2 or below",
    example="2578 plans: 2578",
    fields=PLANS + AGES,
    choices=("rollover_month",),
    also_called=("plans in early years and key stage 1",),
    relations=(PartOf("all_plans.value"),),
)
def ehcp_count_ey_ks1(caseload: Caseload, month: Month) -> int:
    """Plans in force of years -4 to 2."""
    return len(caseload.at_end_of(month).years(-4, 2))
