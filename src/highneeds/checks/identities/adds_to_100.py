"""Percentages that share one whole add up to 100."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.checks.identities._kind import IdentityKind, IdentityPromise, one_month
from highneeds.vocabulary.period import Month


def broken_months(promise: IdentityPromise) -> Iterator[tuple[Month, str]]:
    for month in promise.months():
        total = sum((term[month] for term in promise.terms), Decimal(0))
        if abs(total - 100) > promise.slack:
            shown = " + ".join(str(term[month]) for term in promise.terms)
            yield month, f"{shown} is {total}, not 100"


adds_to_100 = IdentityKind(
    name="adds_to_100",
    title="Percentages of one whole add up to 100",
    fix="Check that every percentage uses the same whole and the same day.",
    source="arithmetic",
    ask=broken_months,
    example=(one_month(None, "45.7", "54.5"), ("45.7 + 54.5 is 100.2, not 100",)),
    holds_for=(one_month(None, "45.7", "54.4"), one_month(None, "45.7", "54.2")),
    also_broken_by=(one_month(None, "45.7", "54.1"),),
)
