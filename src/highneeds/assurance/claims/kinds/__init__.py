"""The kinds of claim, one file each. A file that defines a `Kind` is found by itself; nothing else needs to change."""

import sys
from functools import cache

from highneeds.assurance.claims.kinds._kind import Example, Kind
from highneeds.vocabulary.registry import definitions_in


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of claim in the order in which they read a sentence: the particular before the general."""
    return tuple(sorted(definitions_in(sys.modules[__name__], Kind), key=lambda kind: (kind.order, kind.name)))


__all__ = ["Example", "Kind", "kinds"]
