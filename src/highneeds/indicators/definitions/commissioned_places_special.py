"""Places commissioned in special schools."""

from highneeds.indicators.definitions._registers import commissioned
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Places commissioned in special schools",
    unit=Unit.PLACES,
    source="register of places (Commissioning)",
    basis="Places in effect on the last day of the financial year, or the last day the register reaches in it",
    part="places commissioned in special schools",
    example="6282 places: 6282",
    also_called=("commissioned special school places", "commissioned special places in schools"),
)
def commissioned_places_special(registers: IndicatorRegisters, year: FinancialYear) -> Answer:
    """From the register of places."""
    return commissioned(registers, "special", year)
