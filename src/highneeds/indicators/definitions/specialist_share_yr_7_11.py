"""Plans of years 7 to 11 in specialist provision."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SPECIALIST
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans of years 7 to 11 in specialist provision",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Specialist: state special, non-maintained special, independent special and mainstream independent "
        "schools. Snapshot at the end of the month's last day; one person is one plan"
    ),
    part="plans in specialist provision",
    whole="plans in force of years 7 to 11",
    example="54 of 100 plans: 54.0",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=(
        "specialist share, Years 7 to 11",
        "special or independent, Years 7 to 11",
        "special school placements, Years 7 to 11",
    ),
    relations=(
        PartOf("all_plans.value", "whole", "years 0 to 14"),
        PartOf("mainstream_share_school_age.whole", "whole", "years 0 to 11"),
    ),
)
def specialist_share_yr_7_11(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of years 7 to 11, those in specialist provision."""
    plans = caseload.at_end_of(month).years(7, 11)
    return Ratio(len(plans.placed_in(SPECIALIST)), len(plans))
