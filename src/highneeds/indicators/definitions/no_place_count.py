"""Children with a plan and no place at all."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import SettingClass
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children with a plan and no place at all",
    unit=Unit.COUNT,
    source="SEN2: named plan, placement detail (SENsetting)",
    basis=(
        "No open placement, or SENsetting NIEO or OTH. A placement at an establishment that the list does not "
        "hold is a place. Snapshot at the end of the month's last day; one person is one plan"
    ),
    part=(
        "plans in force without an open placement, or not in education (NIEO), or of a type without a school "
        "named (OTH)"
    ),
    example="803 plans: 803",
    fields=PLANS + PLACED,
    also_called=("no school place at all", "without a place"),
    relations=(PartOf("all_plans.value"),),
)
def no_place_count(caseload: Caseload, month: Month) -> int:
    """Plans in force with no open placement, or NIEO, or OTH."""
    without = {SettingClass.UKN, SettingClass.NIEO, SettingClass.OTH}
    return len(caseload.at_end_of(month).placed_in(without))
