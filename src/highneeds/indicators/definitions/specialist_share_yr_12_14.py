"""Plans of years 12 to 14 in specialist provision, special post-16 institutions included."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SPECIALIST, SettingClass
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans of years 12 to 14 in specialist provision, special post-16 institutions included",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Specialist: state special, non-maintained special, independent special and mainstream independent "
        "schools. Snapshot at the end of the month's last day; one person is one plan; equals the row without "
        "special post-16 institutions plus their own row"
    ),
    part="plans in specialist provision or a special post-16 institution",
    whole="plans in force of years 12 to 14",
    example="31 of 80 plans: 38.8",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=("specialist share, Years 12 to 14", "specialist share, Years 12 to 14, including SPIs (SPIs)"),
    relations=(PartOf("all_plans.value", "whole", "years 0 to 14"),),
)
def specialist_share_yr_12_14(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of years 12 to 14, those in specialist provision or a special post-16 institution."""
    plans = caseload.at_end_of(month).years(12, 14)
    return Ratio(len(plans.placed_in(SPECIALIST | {SettingClass.SP16})), len(plans))
