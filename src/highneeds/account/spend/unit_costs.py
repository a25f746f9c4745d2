"""Unit costs by sector and phase: change over the year, and steps that look like a new basis."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from highneeds.account.pennies import pence_of, percent_of
from highneeds.vocabulary.period import Month

UnitCostSeries = Mapping[Month, Decimal | None]
STEP_PERCENT = Decimal(5)


@dataclass(frozen=True)
class BasisChange:
    """A month in which most phases of a sector jump together: prices move one by one, a basis moves all at once."""

    month: Month
    changes: Mapping[str, Decimal]

    @property
    def sentence(self) -> str:
        parts = ", ".join(f"{phase} {change:+.1f}%" for phase, change in self.changes.items())
        before = self.month.plus(-1).label
        return f"{before} to {self.month.label} is probably a new basis, not a price rise: {parts}."


def change_percent(series: UnitCostSeries, first: Month, last: Month) -> Decimal | None:
    """The change between two months; no answer where either is missing."""
    before, after = series.get(first), series.get(last)
    if before is None or after is None:
        return None
    return percent_of(pence_of(after) - pence_of(before), pence_of(before))


def steps(sector: Mapping[str, UnitCostSeries], threshold: Decimal = STEP_PERCENT) -> tuple[BasisChange, ...]:
    """Months in which more than half of the phases with figures change by more than `threshold` percent.

    sector   phase -> month -> average cost
    """
    months = sorted({month for series in sector.values() for month in series})
    return tuple(step for month in months if (step := _step(sector, month, threshold)))


def _step(sector: Mapping[str, UnitCostSeries], month: Month, threshold: Decimal) -> BasisChange | None:
    changes = {phase: change_percent(series, month.plus(-1), month) for phase, series in sector.items()}
    seen = {phase: change for phase, change in changes.items() if change is not None}
    jumped = [change for change in seen.values() if abs(change) > threshold]
    return BasisChange(month, seen) if len(jumped) > 1 and 2 * len(jumped) > len(seen) else None


def ends(series: UnitCostSeries) -> tuple[Month, Decimal, Month, Decimal] | None:
    """The first and the last month with a figure."""
    known = sorted((month, value) for month, value in series.items() if value is not None)
    return (*known[0], *known[-1]) if known else None


def blank(sector: Mapping[str, UnitCostSeries]) -> tuple[str, ...]:
    """Phases for which no month has a figure: rows to ask for."""
    return tuple(phase for phase, series in sector.items() if not any(value is not None for value in series.values()))
