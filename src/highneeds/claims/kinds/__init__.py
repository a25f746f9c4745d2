"""The kinds of claim, found by themselves: a new file is a new kind."""

import sys
from functools import cache

from highneeds.claims.kinds._kind import ClaimKind, Facet
from highneeds.claims.language.pattern import first_tags
from highneeds.vocabulary.registry import definitions_in


@cache
def kinds() -> tuple[ClaimKind, ...]:
    """Those that read other kinds' parts as conditions first ('fell / in nine of twelve months'), then by name."""
    found = definitions_in(sys.modules[__name__], ClaimKind)
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))


@cache
def patterns_from(tag: str) -> tuple[tuple[ClaimKind, str, str], ...]:
    """(kind, role, pattern) of every pattern that can begin with an item of this tag."""
    every = [(kind, role, pattern) for kind in kinds() for role, pattern in kind.patterns]
    return tuple(one for one in every if tag in first_tags(one[2]))


__all__ = ["ClaimKind", "Facet", "kinds", "patterns_from"]
