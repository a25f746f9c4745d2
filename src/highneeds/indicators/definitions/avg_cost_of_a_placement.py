"""Average yearly cost of a placement: one definition per kind of school and phase."""

from highneeds.indicators.definitions._registers import average_cost
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, Indicator, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit

SCHOOLS = {"independent": "independent schools", "maintained_special": "maintained special schools"}
PHASES = {"primary": "primary", "secondary": "secondary", "post16": "post-16"}
ALSO_CALLED = {
    "independent": ("average cost, independent school, {}", "cost of a placement in independent, {}"),
    "maintained_special": ("average cost, maintained special school, {}",),
}


def cost_of(group: str, phase: str) -> Indicator:
    """group, phase: as the register of unit costs has them."""
    words = PHASES[phase]

    @indicator(
        name=f"avg_cost_{group}_{phase}",
        title=f"Average yearly cost of a placement in {SCHOOLS[group]}, {words}",
        unit=Unit.GBP,
        source="register of unit costs (Finance)",
        basis="Yearly cost of the placements / placements, of the rows in effect at the month's end; whole pounds",
        part="yearly cost of the placements",
        whole="placements",
        example="5766000 of 100 placements: 57660",
        also_called=tuple(one.format(words) for one in ALSO_CALLED[group]),
    )
    def avg_cost(registers: IndicatorRegisters, month: Month) -> Answer:
        return average_cost(registers, group, phase, month)

    return avg_cost


independent_primary = cost_of("independent", "primary")
independent_secondary = cost_of("independent", "secondary")
independent_post16 = cost_of("independent", "post16")
maintained_special_primary = cost_of("maintained_special", "primary")
maintained_special_secondary = cost_of("maintained_special", "secondary")
maintained_special_post16 = cost_of("maintained_special", "post16")
