"""Phase transfers by local, special and independent placement."""

from highneeds.indicators.definitions._registers import placed_locally
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Phase transfers by local, special and independent placement",
    unit=Unit.PERCENT,
    source="register of phase transfers; the home area is not in SEN2",
    basis="School and home in one district, of the transfers of the latest year with both, at the month's end",
    part="phase transfers with a school in the district of the home",
    whole="phase transfers with both districts",
    example="30 of 40 transfers: 75.0",
)
def phase_transfer_placement_split(registers: IndicatorRegisters, month: Month) -> Answer:
    """The local share, from the register of phase transfers."""
    return placed_locally(registers, month)
