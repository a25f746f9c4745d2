"""How a number is shown in a cell, as data: from it come its text for a reader and its format for a spreadsheet."""

from dataclasses import dataclass
from decimal import Decimal

from highneeds.vocabulary.rounding import MINUS, round_half_away

PERCENT = "%"
MILLION = 1_000_000


@dataclass(frozen=True)
class ShownNumber:
    """decimals  digits behind the point
    pound     with the sign of pounds
    millions  in millions: 29,900,000 as '29.9m'
    plus      with a plus before it
    unsigned  below nought without a minus, because words say on which side it is
    grouped   thousands apart: '7,765'
    before    the words before it: 'about '
    after     what stands behind it: '%', ' points', ' surplus'
    """

    decimals: int = 0
    pound: bool = False
    millions: bool = False
    plus: bool = False
    unsigned: bool = False
    grouped: bool = True
    before: str = ""
    after: str = ""

    def rounded(self, value: Decimal | int) -> Decimal:
        """The figure that a reader sees, in millions where these are shown."""
        return round_half_away(Decimal(value) / MILLION if self.millions else value, self.decimals)

    def text(self, value: Decimal | int) -> str:
        """'£29.9m', 'about £53m', '+0.4 points'."""
        seen = self.rounded(value)
        sign = "+" if self.plus else MINUS if seen < 0 and not self.unsigned else ""
        digits = f"{abs(seen):,.{self.decimals}f}" if self.grouped else f"{abs(seen):.{self.decimals}f}"
        return f"{self.before}{sign}{'£' * self.pound}{digits}{'m' * self.millions}{self.after}"


def in_millions(value: Decimal | int, decimals: int = 1, before: str = "", after: str = "") -> ShownNumber:
    """29,900,000 with one decimal, 53,000,000 with none."""
    exponent = round_half_away(Decimal(value) / MILLION, decimals).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return ShownNumber(max(-exponent, 0), pound=True, millions=True, before=before, after=after)


def change(value: float | Decimal | int, decimals: int, after: str = "", pound: bool = False) -> ShownNumber:
    """A rise has a plus, as long as it does not round to nought."""
    return ShownNumber(decimals, pound, plus=round_half_away(value, decimals) > 0, after=after)
