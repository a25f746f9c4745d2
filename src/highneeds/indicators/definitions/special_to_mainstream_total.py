"""Children moving from special or independent to mainstream settings."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import PLACED, PLANS
from highneeds.indicators.definitions._moves import moved_between
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import MAINSTREAM, SPECIALIST
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children moving from special or independent to mainstream settings",
    unit=Unit.COUNT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Plan in force at both month-ends. Further education, special post-16, alternative provision, EOTAS and "
        "no placement are neither; a month without placement breaks the chain"
    ),
    part="children placed in specialist provision at the previous month-end and in mainstream at this one",
    example="621 children: 621",
    fields=PLANS + PLACED,
    settings=True,
    also_called=("moves from special schools into mainstream schools", "from special into mainstream schools"),
)
def special_to_mainstream_total(caseload: Caseload, month: Month) -> int:
    """Children with a plan at both month-ends who crossed in the month."""
    return moved_between(caseload, month, SPECIALIST, MAINSTREAM)
