"""Rounding and printing of figures, once, at the end. Halves go away from zero, as on a council's calculator."""

from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"  # a real minus sign, so that a screen reader says it


def round_half_away(value: float | Decimal | int, decimals: int = 0) -> Decimal:
    """`value` to so many decimals, halves away from zero: 2.25 -> 2.3, -2.25 -> -2.3.

    A float is read as it prints, so that 2.675 is 2.675 and not 2.67499.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    step = Decimal(1).scaleb(-decimals)
    return exact.quantize(step, rounding=ROUND_HALF_UP)


def with_commas(value: float | Decimal | int, decimals: int = 0) -> str:
    """7765 -> '7,765'; a negative number gets a real minus sign."""
    rounded = round_half_away(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def signed(value: float | Decimal | int, decimals: int = 0) -> str:
    """A change: '+0.4', '−1.7', '0'."""
    rounded = round_half_away(value, decimals)
    return ("+" if rounded > 0 else "") + with_commas(rounded, decimals)


def pounds(value: float | Decimal | int, decimals: int = 0) -> str:
    """Pounds in full: 53252 -> '£53,252', -4.5 -> '−£5'; with two decimals '£53,252.00'."""
    text = with_commas(value, decimals)
    return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"


def millions(value: float | Decimal | int, decimals: int = 1, million: str = "m") -> str:
    """Pounds as a reader of reports wants them: 29_900_000 -> '£29.9m', 53_000_000 -> '£53m'."""
    rounded = round_half_away(Decimal(str(value)) / 1_000_000, decimals)
    return f"{MINUS if rounded < 0 else ''}£{abs(rounded).normalize():,f}{million}"
