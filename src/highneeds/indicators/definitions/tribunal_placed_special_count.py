"""Children placed in special or independent settings after an appeal."""

from highneeds.indicators.definitions._registers import placed_after_appeal
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children placed in special or independent settings after an appeal",
    unit=Unit.COUNT,
    source="register of appeals (Tribunals Team); it is not part of SEN2",
    basis="Appeals closed in the month as allowed, part allowed, by consent or conceded, with a special place",
    part="children placed in specialist provision by order after an appeal",
    example="2 cases allowed with a place in a special school: 2",
    also_called=("placed in special or independent schools after appeal", "special or independent, tribunal"),
)
def tribunal_placed_special_count(registers: IndicatorRegisters, month: Month) -> Answer:
    """The register's measure placed_after_appeal, by month."""
    return placed_after_appeal(registers, month)
