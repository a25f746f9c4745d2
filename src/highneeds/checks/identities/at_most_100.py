"""Percentages of one whole never exceed 100 together."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.checks.identities._kind import IdentityKind, IdentityPromise, one_month
from highneeds.vocabulary.period import Month


def broken_months(promise: IdentityPromise) -> Iterator[tuple[Month, str]]:
    for month in promise.months():
        total = sum((term[month] for term in promise.terms), Decimal(0))
        if total - 100 > promise.slack:
            shown = " + ".join(str(term[month]) for term in promise.terms)
            yield month, f"{shown} is {total}, more than 100"


at_most_100 = IdentityKind(
    name="at_most_100",
    title="Parts of one whole do not exceed it",
    fix="Check that nobody is counted in both parts.",
    source="arithmetic",
    ask=broken_months,
    example=(one_month(None, "55.9", "44.3"), ("55.9 + 44.3 is 100.2, more than 100",)),
    holds_for=(one_month(None, "55.8", "44.3"), one_month(None, "1.0", "44.3")),
)
