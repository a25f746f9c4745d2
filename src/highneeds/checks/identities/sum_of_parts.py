"""A printed total is the sum of its printed parts."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.checks.identities._kind import IdentityKind, IdentityPromise, one_month
from highneeds.vocabulary.period import Month


def broken_months(promise: IdentityPromise) -> Iterator[tuple[Month, str]]:
    for month in promise.months():
        total, printed = sum((term[month] for term in promise.terms), Decimal(0)), promise.result[month]
        if abs(total - printed) > promise.slack:
            shown = " + ".join(str(term[month]) for term in promise.terms)
            yield month, f"{printed} is printed as the total, but {shown} is {total}"


sum_of_parts = IdentityKind(
    name="sum_of_parts",
    title="A total is the sum of its parts",
    fix="Say which definition the total uses, or print the sum.",
    source="arithmetic",
    ask=broken_months,
    example=(one_month("37.6", "25.7", "11.7"), ("37.6 is printed as the total, but 25.7 + 11.7 is 37.4",)),
    holds_for=(one_month("37.5", "25.7", "11.7"), one_month("37.5", "37.4"), one_month("37.3", "37.4")),
    also_broken_by=(one_month("37.2", "25.7", "11.7"),),
)
