"""Post-16 plans in special or independent settings."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SPECIALIST, SettingClass
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Post-16 plans in special or independent settings",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Nobody is dropped for age: a plan still open at 25 counts. Snapshot at the end of the month's last day; "
        "one person is one plan"
    ),
    part="plans in specialist provision or a special post-16 institution",
    whole="plans in force of year 12 and above",
    example="14 of 39 plans: 35.9",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=(
        "post-16, special or independent placements",
        "post-16, special schools and independent schools, specialist",
    ),
)
def post16_special_independent_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of year 12 and above, those in specialist provision or a special post-16 institution."""
    plans = caseload.at_end_of(month).years(12)
    return Ratio(len(plans.placed_in(SPECIALIST | {SettingClass.SP16})), len(plans))
