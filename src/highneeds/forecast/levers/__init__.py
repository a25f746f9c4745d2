"""Levers: small things that change assumptions, one file each. `kinds()` finds them all."""

import sys

from highneeds.forecast.levers._lever import Lever, LeverKind
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in
from highneeds.vocabulary.source import Source

__all__ = ["Lever", "LeverKind", "kind_named", "kinds"]


def kinds() -> tuple[LeverKind, ...]:
    """Every kind of lever, in the order of their names."""
    return tuple(sorted(definitions_in(sys.modules[__name__], LeverKind), key=lambda kind: kind.name))


def kind_named(name: str, where: str | Source = "") -> LeverKind:
    """The kind of that name. An unknown one is refused."""
    for kind in kinds():
        if kind.name == name:
            return kind
    known = ", ".join(kind.name for kind in kinds())
    raise InputError(f"There is no lever called '{name}'", where=where, remedy=f"Use one of {known}")
