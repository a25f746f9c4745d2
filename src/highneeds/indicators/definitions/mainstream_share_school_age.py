"""Plans of Reception to year 13 in a mainstream setting."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import MAINSTREAM
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans of Reception to year 13 in a mainstream setting",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Resourced provision and SEN units are mainstream; mainstream independent schools are not. Snapshot at "
        "the end of the month's last day; one person is one plan"
    ),
    part="plans in mainstream, resourced provision or a SEN unit",
    whole="plans in force of years 0 to 13",
    example="41 of 101 plans: 40.6",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=(
        "mainstream share, school-age",
        "mainstream share, Years R to 13",
        "mainstream schools, school-age children with a plan",
    ),
    relations=(PartOf("all_plans.value", "whole"),),
)
def mainstream_share_school_age(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of years 0 to 13, those in mainstream, resourced provision or a SEN unit."""
    plans = caseload.at_end_of(month).years(0, 13)
    return Ratio(len(plans.placed_in(MAINSTREAM)), len(plans))
