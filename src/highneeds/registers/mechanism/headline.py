"""The headline of a register, as its definition writes it: figures in braces, clauses apart by semicolons."""

from functools import cache

HeadlineClause = tuple[str, ...]
"""The parts of a clause, apart by commas; what follows a figure that is not known falls away with it."""


@cache
def clauses_of(headline: str) -> tuple[HeadlineClause, ...]:
    """The clauses of a template, before any figure stands in it; () where there is no headline.

    >>> clauses_of("{open} open, {days} in the middle; {late} late.")
    (('{open} open', '{days} in the middle'), ('{late} late',))
    """
    return tuple(tuple(clause.split(", ")) for clause in headline.removesuffix(".").split("; ")) if headline else ()
