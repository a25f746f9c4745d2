"""Plans of years 12 to 14 in specialist provision, without special post-16 institutions."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import AddsTo, SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SPECIALIST
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans of years 12 to 14 in specialist provision, without special post-16 institutions",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Specialist: state special, non-maintained special, independent special and mainstream independent "
        "schools. Snapshot at the end of the month's last day; one person is one plan"
    ),
    part="plans in specialist provision",
    whole="plans in force of years 12 to 14",
    example="21 of 80 plans: 26.3",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=("specialist share, Years 12 to 14, excluding SPIs",),
    relations=(AddsTo("specialist_share_yr_12_14.part", "part"), SameAs("specialist_share_yr_12_14.whole", "whole")),
)
def specialist_share_yr_12_14_excl_spi(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of years 12 to 14, those in specialist provision."""
    plans = caseload.at_end_of(month).years(12, 14)
    return Ratio(len(plans.placed_in(SPECIALIST)), len(plans))
