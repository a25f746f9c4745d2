"""Every indicator, found by itself: a new file is all it takes."""

from functools import cache

from highneeds.indicators import definitions
from highneeds.indicators.mechanism.indicator import Indicator
from highneeds.vocabulary.registry import definitions_in


@cache
def indicators() -> tuple[Indicator, ...]:
    """In the order of their ids."""
    found = definitions_in(definitions, Indicator)
    return tuple(sorted(found, key=lambda one: one.id))


def indicator_named(name: str) -> Indicator | None:
    return next((one for one in indicators() if one.id == name), None)
