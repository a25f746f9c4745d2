"""Children moving from mainstream to special or independent settings, at phase transfer."""

from highneeds.indicators.definitions._registers import moved_at_transfer
from highneeds.indicators.mechanism.given import IndicatorRegisters
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.registers.definitions.phase_transfers import moved_to_special
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children moving from mainstream to special or independent settings, at phase transfer",
    unit=Unit.COUNT,
    source="register of phase transfers; SEN2 does not record why a placement changed",
    basis="Transfers whose plan became final in the month, by the type they come from and the type that is named",
    part="children who moved from mainstream to special or independent settings because of a phase transfer",
    example="3 final transfers between the two: 3",
    also_called=("mainstream to special schools, at phase transfer",),
)
def mainstream_to_special_phase_transfer(registers: IndicatorRegisters, month: Month) -> Answer:
    """From the register of phase transfers."""
    return moved_at_transfer(registers, moved_to_special, month)
