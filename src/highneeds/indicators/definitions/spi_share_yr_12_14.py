"""Plans of years 12 to 14 in special post-16 institutions."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import AddsTo, SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SettingClass
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans of years 12 to 14 in special post-16 institutions",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis="Snapshot at the end of the month's last day; one person is one plan",
    part="plans in a special post-16 institution",
    whole="plans in force of years 12 to 14",
    example="10 of 80 plans: 12.5",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=("SPIs, Years 12 to 14", "placements in SPIs, Years 12 to 14"),
    relations=(AddsTo("specialist_share_yr_12_14.part", "part"), SameAs("specialist_share_yr_12_14.whole", "whole")),
)
def spi_share_yr_12_14(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of years 12 to 14, those in a special post-16 institution."""
    plans = caseload.at_end_of(month).years(12, 14)
    return Ratio(len(plans.placed_in({SettingClass.SP16})), len(plans))
