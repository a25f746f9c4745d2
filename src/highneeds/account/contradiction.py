"""Two published sums for one thing: found, placed, and both kept. Neither is chosen, nothing is averaged."""

from collections.abc import Sequence

from highneeds.account.stated import Stated
from highneeds.checks.finding import Finding, Severity


def contradiction(about: str, statements: Sequence[Stated]) -> Finding | None:
    """A finding where the statements are not one and the same sum; 'about' and exact agree on the same figure."""
    if len({(one.low, one.high) for one in statements}) < 2:
        return None
    places = "; ".join(one.evidence for one in statements)
    ids = tuple(one.fact for one in statements)
    return Finding(
        "ACCOUNT-03",
        Severity.QUERY,
        "facts.csv",
        None,
        " ".join(ids),
        "value",
        f"{about} is published in {len(statements)} ways: {places}",
        "Ask which figure is current; both are kept with their source.",
        of_each=ids,
    )
