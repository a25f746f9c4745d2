"""Average yearly cost of a placement in maintained special schools, post-16."""

from highneeds.indicators.definitions._registers import average_cost
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Average yearly cost of a placement in maintained special schools, post-16",
    unit=Unit.GBP,
    source="register of unit costs (Finance)",
    basis="Yearly cost of the placements / placements, of the rows in effect at the month's end; whole pounds",
    part="yearly cost of the placements",
    whole="placements",
    example="5766000 of 100 placements: 57660",
    also_called=("average cost, maintained special school, post-16",),
)
def avg_cost_maintained_special_post16(registers: IndicatorRegisters, month: Month) -> Answer:
    """From the register of unit costs."""
    return average_cost(registers, "maintained_special", "post16", month)
