"""The whole that a count and its percentage imply moves slowly."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from highneeds.checks.identities._kind import IdentityKind, IdentityPromise, PeriodSeries
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import with_commas

LARGEST_MONTHLY_MOVE = Decimal("0.03")  # a caseload that moves by more than 3% in a month has changed its definition


def implied_whole(count: Decimal, percent: Decimal, half_unit: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest whole that rounding allows."""
    return 100 * count / (percent + half_unit), 100 * count / (percent - half_unit)


def broken_months(promise: IdentityPromise) -> Iterator[tuple[Month, str]]:
    months = [month for month in promise.months() if promise.result[month] > promise.half_units[0]]
    wholes = {m: implied_whole(promise.terms[0][m], promise.result[m], promise.half_units[0]) for m in months}
    for before, month in pairwise(months):
        (low, high), (low_before, high_before) = wholes[month], wholes[before]
        steps = before.months_until(month)
        if low > high_before * (1 + steps * LARGEST_MONTHLY_MOVE) or high < low_before * (
            1 - steps * LARGEST_MONTHLY_MOVE
        ):
            yield (
                month,
                f"count and percentage imply a whole of about {with_commas((low + high) / 2)}, "
                f"after about {with_commas((low_before + high_before) / 2)} in {before.label}",
            )


_JUNE, _JULY, _AUGUST = Month(2024, 6), Month(2024, 7), Month(2024, 8)


def _after_june(month: Month, percent: str) -> IdentityPromise:
    """8,000 plans throughout: 40.0% in June, and this share in a later month."""
    shares: PeriodSeries = {_JUNE: Decimal("40.0"), month: Decimal(percent)}
    return IdentityPromise(shares, (dict.fromkeys(shares, Decimal(8000)),), (Decimal("0.05"), Decimal(0)))


steady_whole = IdentityKind(
    name="steady_whole",
    title="A count and its percentage imply a whole that moves slowly",
    fix="Say what the percentage is of; the whole seems to have changed.",
    source="Arithmetic: a count over its share is the whole, within what the rounding of both allows",
    ask=broken_months,
    terms=1,
    example=(
        _after_june(_JULY, "41.4"),
        ("count and percentage imply a whole of about 19,324, after about 20,000 in Jun 2024",),
    ),
    holds_for=(
        _after_june(_JULY, "41.3"),
        _after_june(_JULY, "38.8"),
        _after_june(_AUGUST, "42.6"),
        _after_june(_AUGUST, "37.7"),
        _after_june(_JULY, "0.05"),
    ),
    also_broken_by=(_after_june(_JULY, "38.7"), _after_june(_AUGUST, "42.7"), _after_june(_AUGUST, "37.6")),
)
