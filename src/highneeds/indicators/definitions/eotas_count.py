"""Plans with provision otherwise than at school."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import SettingClass
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans with provision otherwise than at school",
    unit=Unit.COUNT,
    source="SEN2: placement detail (SENsetting OLA)",
    basis=(
        "Arrangements by the council under section 61 of the Children and Families Act 2014. Snapshot at the end "
        "of the month's last day; one person is one plan"
    ),
    part="plans in force with SENsetting OLA",
    example="312 plans: 312",
    fields=PLANS + PLACED,
    relations=(PartOf("all_plans.value"),),
)
def eotas_count(caseload: Caseload, month: Month) -> int:
    """Plans in force whose placement is SENsetting OLA."""
    return len(caseload.at_end_of(month).placed_in({SettingClass.OLA}))
