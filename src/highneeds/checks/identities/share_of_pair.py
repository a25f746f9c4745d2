"""A printed percentage is the first count over the sum of both."""

from collections.abc import Iterator

from highneeds.checks.identities._kind import IdentityKind, IdentityPromise, one_month
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away


def broken_months(promise: IdentityPromise) -> Iterator[tuple[Month, str]]:
    """Months in which 100 x first / (first + second), exact, is further from the printed share than its rounding."""
    first, second = promise.terms
    for month in promise.months():
        whole = first[month] + second[month]
        if not whole:
            continue
        exact, printed = 100 * first[month] / whole, promise.result[month]
        if abs(exact - printed) > promise.half_units[0]:
            share = round_half_away(exact, 1)
            yield month, f"{printed} is printed, but {first[month]} of {whole} is {share}"


share_of_pair = IdentityKind(
    name="share_of_pair",
    title="A percentage is its own count over the sum of both counts",
    fix="Correct the count or the percentage, whichever was taken at another time.",
    source="definitions of assess_agreed_pct and issue_agreed_pct",
    ask=broken_months,
    terms=2,
    example=(one_month("45.8", "166", "196"), ("45.8 is printed, but 166 of 362 is 45.9",)),
    holds_for=(
        one_month("45.9", "166", "196"),
        one_month("12.2", "49", "351"),  # 49 of 400 is 12.25, which rounds to either
        one_month("12.3", "49", "351"),
        one_month("45.8", "0", "0"),
    ),
    also_broken_by=(one_month("46.0", "166", "196"),),
)
