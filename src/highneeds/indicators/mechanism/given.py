"""What the indicators are given to look at."""

from dataclasses import dataclass, field

from highneeds.caseload import Caseload, Caseloads
from highneeds.registers.register import RegisterRow


@dataclass(frozen=True)
class IndicatorRegisters:
    """Rows of the registers that indicators use, with the caseload of the month where there is one.

    A register that was not given is None, which is another thing than an empty one.
    """

    places: tuple[RegisterRow, ...] | None = None
    unit_costs: tuple[RegisterRow, ...] | None = None
    appeals: tuple[RegisterRow, ...] | None = None
    phase_transfers: tuple[RegisterRow, ...] | None = None
    caseload: Caseload | None = None


@dataclass(frozen=True)
class IndicatorInputs:
    """caseloads: the accepted or given returns, None without any; registers: places and unit costs."""

    caseloads: Caseloads | None = None
    registers: IndicatorRegisters = field(default_factory=IndicatorRegisters)
