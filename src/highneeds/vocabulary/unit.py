"""What a number counts, and how it is shown."""

from decimal import Decimal
from enum import StrEnum

from highneeds.vocabulary.rounding import pounds, signed, with_commas


class Unit(StrEnum):
    """The units of every figure in the product; the value is the word used in files."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    COUNT = "count"
    PLACES = "places"
    GBP = "gbp"
    PER_100 = "per_100"
    PER_1000 = "per_1000"
    PER_10000 = "per_10000"
    WEEKS = "weeks"
    YEARS = "years"
    PLANS = "plans"

    @property
    def decimals(self) -> int:
        """How many decimals a figure of this unit shows."""
        one = (Unit.PERCENT, Unit.PERCENTAGE_POINTS, Unit.PER_100, Unit.PER_1000, Unit.PER_10000)
        return 1 if self in one else 0

    def show(self, value: float | Decimal | int, decimals: int | None = None) -> str:
        """'37.5%', '7,765', '£53,252'."""
        places = self.decimals if decimals is None else decimals
        if self is Unit.GBP:
            return pounds(value)
        text = with_commas(value, places)
        return f"{text}%" if self is Unit.PERCENT else text

    def show_change(self, value: float | Decimal | int, decimals: int | None = None) -> str:
        """A change in the unit it is measured in: '+0.4 points', '+£1,334', '−12'."""
        places = self.decimals if decimals is None else decimals
        text = signed(value, places)
        if self is Unit.PERCENT:
            return f"{text} points"
        if self is Unit.GBP:
            return text.replace("+", "+£").replace("−", "−£") if text[0] in "+−" else f"£{text}"
        return text
