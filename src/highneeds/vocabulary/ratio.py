"""Two numbers kept apart until someone must see one."""

from dataclasses import dataclass
from decimal import Decimal

from highneeds.vocabulary.rounding import round_half_away


@dataclass(frozen=True)
class Ratio:
    """Two counts, kept apart so that councils can be added together before dividing."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """part / whole; None where there is no whole, because then there is no answer."""
        return self.part / self.whole if self.whole else None

    def percent(self, decimals: int = 1) -> Decimal | None:
        """100 x part / whole, halves away from zero; None where there is no whole."""
        if not self.whole:
            return None
        return round_half_away(Decimal(100) * Decimal(self.part) / Decimal(self.whole), decimals)

    def __add__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.part + other.part, self.whole + other.whole)
