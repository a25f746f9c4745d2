"""Commissioned places filled in specialist resourced provisions."""

from highneeds.indicators.definitions._registers import fill_rate
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Commissioned places filled in specialist resourced provisions",
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
    also_called=("SRP fill rate", "commissioned SRP places filled"),
)
def fill_rate_srp_pct(registers: IndicatorRegisters, month: Month) -> Answer:
    """From the register of places, and the caseload where the register names no pupils."""
    return fill_rate(registers, "srp", month)
