"""Places commissioned and how far they are filled: one definition of each per kind of place."""

from highneeds.indicators.definitions._registers import commissioned, fill_rate
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, Indicator, indicator
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.unit import Unit

SCHOOLS = {"special": "special schools", "srp": "specialist resourced provisions"}


def places_in(kind: str, *also_called: str) -> Indicator:
    """kind: as the register of places has it."""

    @indicator(
        name=f"commissioned_places_{kind}",
        title=f"Places commissioned in {SCHOOLS[kind]}",
        unit=Unit.PLACES,
        source="register of places (Commissioning)",
        basis="Places in effect on the last day of the financial year, or the last day the register reaches in it",
        part=f"places commissioned in {SCHOOLS[kind]}",
        example="6282 places: 6282",
        also_called=also_called,
    )
    def commissioned_places(registers: IndicatorRegisters, year: FinancialYear) -> Answer:
        return commissioned(registers, kind, year)

    return commissioned_places


def filled_in(kind: str, *also_called: str) -> Indicator:
    """From the register of places, and the caseload where the register names no pupils."""

    @indicator(
        name=f"fill_rate_{kind}_pct",
        title=f"Commissioned places filled in {SCHOOLS[kind]}",
        unit=Unit.PERCENT,
        source="register of places (Commissioning); where it names no pupils, SEN2",
        basis=(
            "Pupils / places of the register rows in effect at the month's end: the denominator changes on the day "
            "the places change. Two decimals"
        ),
        part="pupils in the places",
        whole="places commissioned",
        example="6457 of 6282 places: 102.79",
        decimals=2,
        also_called=also_called,
    )
    def filled(registers: IndicatorRegisters, month: Month) -> Answer:
        return fill_rate(registers, kind, month)

    return filled


special = places_in("special", "commissioned special school places", "commissioned special places in schools")
srp = places_in("srp", "commissioned SRP places")
special_filled = filled_in(
    "special", "special school fill rate", "commissioned special school places filled", "special places filled"
)
srp_filled = filled_in("srp", "SRP fill rate", "commissioned SRP places filled")
