"""Post-16 plans in mainstream settings, further education included."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import MAINSTREAM, SettingClass
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Post-16 plans in mainstream settings, further education included",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Further education takes in university technical colleges, city technology colleges and higher "
        "education. Snapshot at the end of the month's last day; one person is one plan"
    ),
    part="plans in mainstream, further education or a sixth-form college",
    whole="plans in force of year 12 and above",
    example="31 of 70 plans: 44.3",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=("post-16, mainstream including FE colleges", "post-16, mainstream schools and colleges"),
    relations=(SameAs("post16_special_independent_pct.whole", "whole"),),
)
def post16_mainstream_fe_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of year 12 and above, those in mainstream, further education or a sixth-form college."""
    plans = caseload.at_end_of(month).years(12)
    return Ratio(len(plans.placed_in(MAINSTREAM | {SettingClass.GFE, SettingClass.SIXTH_FORM})), len(plans))
