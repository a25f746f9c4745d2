"""The sums of days and money that the registers share. Every one can be worked out with a pencil."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import round_half_away


def days_in(start: date, end: date, year: FinancialYear) -> int:
    """Days from `start` to `end` within a financial year, both ends included."""
    first, last = max(start, year.first_day), min(end, year.last_day)
    return max((last - first).days + 1, 0)


def year_days(year: FinancialYear) -> int:
    """365, or 366 where the year holds a 29 February."""
    return (year.last_day - year.first_day).days + 1


def in_year(annual: Decimal | int, start: date | None, end: date | None, year: FinancialYear) -> int:
    """A yearly sum for the days of it that fall into a year, rounded to the penny.

    Without a start it ran from before the year, without an end it runs to 31 March.
    """
    days = days_in(start or year.first_day, end or year.last_day, year)
    return int(round_half_away(Decimal(annual) * days / year_days(year)))


def months_in(start: Month, end: Month | None, year: FinancialYear) -> int:
    """Months of a financial year within [start, end], both included."""
    first = max(start, Month.of(year.first_day))
    last = min(end or Month.of(year.last_day), Month.of(year.last_day))
    return max(first.months_until(last) + 1, 0)


def plus_months(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day."""
    there = Month.of(day).plus(months)
    return there.first_day.replace(day=min(day.day, there.last_day.day))


def common_day(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> bool:
    """Whether two stretches of time share a day; None at the start is from ever, at the end for ever."""
    start = max(a[0] or date.min, b[0] or date.min)
    return start <= min(a[1] or date.max, b[1] or date.max)


def weighted_median(values: Sequence[tuple[Any, int]]) -> Decimal | None:
    """The middle value, each counted as often as its row stands for; of an even number the mean of the middle two.

    A row that stands for none, or by a slip for fewer, weighs nothing: -COUNT names it.
    """
    values = sorted((value, weight) for value, weight in values if weight > 0)
    total = sum(weight for _, weight in values)
    if not total:
        return None
    return (Decimal(_at(values, (total - 1) // 2)) + Decimal(_at(values, total // 2))) / 2


def _at(values: Sequence[tuple[Any, int]], place: int) -> Any:
    for value, weight in values:
        if place < weight:
            return value
        place -= weight
    raise IndexError(place)


def largest_remainder(total: int, weights: Mapping[str, Decimal]) -> dict[str, int]:
    """`total` pence shared by weight so that the shares add to it: down to pence, then one each to the largest rests.

    Ties go by name.
    """
    whole = sum(weights.values(), Decimal(0))
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {name: Decimal(total) * weight / whole for name, weight in weights.items()}
    return round_to_total(total, exact)


def round_to_total(total: int, exact: Mapping[str, Decimal]) -> dict[str, int]:
    """Amounts that add exactly to `total`, each rounded down or up by the largest remainder; ties by name."""
    shares = {name: int(amount // 1) for name, amount in exact.items()}
    left = total - sum(shares.values())
    for name in sorted(exact, key=lambda one: (-(exact[one] - shares[one]), one))[:left]:
        shares[name] += 1
    return shares
