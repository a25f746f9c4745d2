"""Children moving from mainstream to special or independent settings."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import PLACED, PLANS
from highneeds.indicators.definitions._moves import moved_between
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import MAINSTREAM, SPECIALIST
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children moving from mainstream to special or independent settings",
    unit=Unit.COUNT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Plan in force at both month-ends. Further education, special post-16, alternative provision, EOTAS and "
        "no placement are neither; a month without placement breaks the chain"
    ),
    part="children placed in mainstream at the previous month-end and in specialist provision at this one",
    example="621 children: 621",
    fields=PLANS + PLACED,
    settings=True,
    also_called=("moves from mainstream schools into special schools", "from mainstream into special schools"),
)
def mainstream_to_special_total(caseload: Caseload, month: Month) -> int:
    """Children with a plan at both month-ends who crossed in the month."""
    return moved_between(caseload, month, MAINSTREAM, SPECIALIST)
