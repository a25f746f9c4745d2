"""The kinds of claim, found by themselves: a new file is a new kind."""

import sys
from functools import cache

from highneeds.claims.kinds._kind import Facet, Kind
from highneeds.claims.language.pattern import first_tags
from highneeds.vocabulary.registry import definitions_in


@cache
def kinds() -> tuple[Kind, ...]:
    """Those that read other kinds' parts as conditions first ('fell / in nine of twelve months'), then by name."""
    found = definitions_in(sys.modules[__name__], Kind)
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))


@cache
def patterns_from(tag: str) -> tuple[tuple[Kind, str, str], ...]:
    """(kind, role, pattern) of every pattern that can begin with an item of this tag."""
    every = [(kind, role, pattern) for kind in kinds() for role, pattern in kind.patterns]
    return tuple(one for one in every if tag in first_tags(one[2]))


__all__ = ["Facet", "Kind", "kinds", "patterns_from"]
