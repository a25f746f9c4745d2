"""Values and changes of a series as a reader wants them."""

from decimal import Decimal

from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import millions, pounds, signed, with_commas

MILLION = 1_000_000


def decimals_of(value: Decimal) -> int:
    """How many decimals a value carries, without zeros at its end."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def show(unit: str, value: Decimal) -> str:
    if unit.startswith("gbp"):
        return millions(value) if abs(value) >= MILLION else pounds(value)
    if unit == "percent" or unit.startswith("share_of"):
        return with_commas(value, max(1, min(2, decimals_of(value)))) + "%"
    return with_commas(value, min(2, decimals_of(value)))


def show_change(unit: str, change: Decimal) -> str:
    if unit == "percent":
        return f"{signed(change, max(1, decimals_of(change)))} points"
    if unit.startswith("gbp") and abs(change) >= MILLION:
        return ("+" if change > 0 else "") + millions(change)
    text = signed(change, decimals_of(change))
    return text.replace("+", "+£").replace("−", "−£") if unit.startswith("gbp") else text


def show_relative(first: Decimal, last: Decimal) -> str:
    return f"{signed((last - first) * 100 / first, 1)}%" if first else ""


def label(period: Month | FinancialYear) -> str:
    return period.label if isinstance(period, Month) else str(period)
