"""Between exact pounds and whole pence: the one place where the account rounds. Halves go away from zero."""

from decimal import Decimal
from fractions import Fraction


def nearest(pounds: Fraction) -> int:
    """Exact pounds as whole pence, halves away from zero."""
    pence = pounds * 100
    whole = (abs(pence.numerator) * 2 + pence.denominator) // (2 * pence.denominator)
    return whole if pence >= 0 else -whole


def pence_of(pounds: Decimal | int | str) -> int:
    """Pounds as whole pence, halves away from zero."""
    return nearest(Fraction(Decimal(pounds)))


def decimal_pounds(pence: int) -> Decimal:
    """Whole pence as pounds with two decimals: 123450 -> 1234.50. A zero carries no sign."""
    return Decimal(pence).scaleb(-2)


def share_of(part: int, share: Decimal) -> int:
    """So many percent of a sum in pence, halves away from zero."""
    return nearest(Fraction(part, 100) * Fraction(share) / 100)


def percent_of(part: int, whole: int, decimals: int = 1) -> Decimal | None:
    """100 x part / |whole|, halves away from zero; None where there is no whole. Keeps the sign of `part`."""
    if not whole:
        return None
    scaled = nearest(Fraction(part * 10**decimals, abs(whole)))
    return Decimal(scaled).scaleb(-decimals)


def percent_of_plan(variance: int, plan: int, decimals: int = 1) -> Decimal | None:
    """A variance as percent of the deficit that was planned; None of a nil or a surplus plan, which is no whole."""
    return percent_of(variance, plan, decimals) if plan > 0 else None
