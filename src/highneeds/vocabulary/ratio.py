"""Two numbers kept apart until someone must see one."""

from dataclasses import dataclass
from decimal import Decimal

from highneeds.vocabulary.rounding import round_half_away


@dataclass(frozen=True)
class Ratio:
    """Two counts, kept apart so that councils can be added together before dividing."""

    part: int
    whole: int

    def percent(self, decimals: int = 1) -> Decimal | None:
        """100 x part / whole, halves away from zero; None where there is no whole."""
        if not self.whole:
            return None
        return round_half_away(Decimal(100) * Decimal(self.part) / Decimal(self.whole), decimals)
