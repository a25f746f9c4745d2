"""Where the account began: what the printed overspend, its share and the accumulated sum imply."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from highneeds.account.pennies import nearest, percent_of
from highneeds.account.stated import Stated


@dataclass(frozen=True)
class PublishedBlock:
    """The high needs block of a council and year as DfE published it, in pence."""

    year: str
    before_deductions: int
    after_deductions: int
    source: str


@dataclass(frozen=True)
class OpeningPosition:
    """implied_grant    overspend / share: what the grant must have been
    implied_range    the lowest and highest grant that the rounding of both printed figures allows
    earlier          what had built up before the opening year
    share_of_before   the overspend as percent of the published block before deductions
    """

    overspend: Stated
    share_percent: Decimal
    accumulated: Stated
    implied_grant: int
    implied_range: tuple[int, int]
    earlier: int
    published: PublishedBlock | None

    @property
    def share_of_before(self) -> Decimal | None:
        return percent_of(self.overspend.pence, self.published.before_deductions) if self.published else None

    @property
    def published_fits(self) -> bool | None:
        """Whether the published block before deductions lies where the printed figures put the grant."""
        if self.published is None:
            return None
        lowest, highest = self.implied_range
        return lowest <= self.published.before_deductions <= highest


def opening(
    overspend: Stated, share_percent: Decimal, accumulated: Stated, published: PublishedBlock | None = None
) -> OpeningPosition:
    """The opening position: implied grant = overspend / share, earlier deficit = accumulated - overspend."""
    half_sum = half_of_last_digit(overspend.pence)
    half_share = Decimal(5).scaleb(min(0, _exponent(share_percent)) - 1)
    grant = _grant(overspend.pence, share_percent)
    lowest = _grant(overspend.pence - half_sum, share_percent + half_share)
    highest = _grant(overspend.pence + half_sum, share_percent - half_share)
    earlier = accumulated.pence - overspend.pence
    return OpeningPosition(overspend, share_percent, accumulated, grant, (lowest, highest), earlier, published)


def half_of_last_digit(pence: int) -> int:
    """Half a unit of the last digit that is not nought: £52m was rounded by at most £0.5m."""
    digits = str(abs(pence))
    return int("1" + "0" * (len(digits) - len(digits.rstrip("0")))) // 2


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _grant(pence: int, percent: Decimal) -> int:
    return nearest(Fraction(pence, 100) / Fraction(percent) * 100)
