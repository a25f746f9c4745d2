"""What a kind of claim is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement


@dataclass(frozen=True)
class Example:
    """A sentence about the worked figures (docs/explanation/claims.md) and how this kind judges it."""

    text: str
    verdict: Verdict
    stated: str = ""


@dataclass(frozen=True)
class Kind:
    """name      as the claim is called in every table
    title     what it is, for the manual
    order     lower reads first; what it accounts for, later kinds leave alone
    read      the claims of this kind in a sentence; `used` are the spans already accounted for
    examples  at least one that holds and one that fails
    """

    name: str
    title: str
    order: int
    read: Callable[[Reading, frozenset[Span]], Iterable[Judgement]]
    examples: tuple[Example, ...]


HOLDS, FAILS, CANNOT_CHECK = Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_CHECK
