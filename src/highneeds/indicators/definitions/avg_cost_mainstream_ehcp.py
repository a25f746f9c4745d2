"""Average yearly top-up of a plan in mainstream."""

from highneeds.indicators.definitions._registers import average_cost
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Average yearly top-up of a plan in mainstream",
    unit=Unit.GBP,
    source="register of unit costs (Finance)",
    basis=(
        "Yearly top-up cost / plans in mainstream, actual rate, of the rows in effect at the month's end; whole pounds"
    ),
    part="yearly cost of top-up in mainstream",
    whole="plans in mainstream",
    example="800000 of 100 plans: 8000",
    also_called=("average cost of a plan in mainstream schools",),
    of_top_ups=True,
)
def avg_cost_mainstream_ehcp(registers: IndicatorRegisters, month: Month) -> Answer:
    """From the register of unit costs."""
    return average_cost(registers, "mainstream", "all", month)
