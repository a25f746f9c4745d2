"""What a kind of claim is: the patterns it reads, and a check of what they read against the evidence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from highneeds.claims.judge.frame import Frame
from highneeds.claims.judge.verdict import Judgement
from highneeds.claims.language.items import Item
from highneeds.claims.language.tables import table


@dataclass(frozen=True)
class Facet:
    """What one pattern of a kind read: the role it plays, and its items without the subjects between them."""

    kind: "ClaimKind"
    role: str
    items: tuple[Item, ...]

    def item(self, *tags: str) -> Item | None:
        return next((item for item in self.items if item.tag in tags), None)

    @property
    def number(self) -> Item | None:
        return self.item("NUM", "TIMES", "SIGNED", "LEVEL")

    @property
    def time(self) -> Item | None:
        return self.item("TIME")

    @property
    def span(self) -> tuple[int, int]:
        """From the number on, where there is one; else all of it."""
        first = self.number or self.items[0]
        return first.start, (first if self.number else self.items[-1]).end


@dataclass(frozen=True)
class ClaimKind:
    """One kind of claim.

    patterns   (role, pattern) pairs; the longest pattern of all kinds reads a stretch
    check      (the kind's facets in a clause, the reading) -> judgements; raises NotRead where it cannot judge
    order      kinds that take other kinds' facets as conditions come first
    examples   sentences with the verdict each must get on the evidence of the worked example; they are its tests
    """

    name: str
    patterns: tuple[tuple[str, str], ...]
    check: Callable[[Sequence[Facet], Frame], Iterator[Judgement]]
    order: int = 5
    examples: tuple[tuple[str, str], ...] = ()


def kind_of(name: str, check: Callable[[Sequence[Facet], Frame], Iterator[Judgement]], order: int = 5) -> ClaimKind:
    """A kind whose patterns and examples stand in the grammar."""
    part = table("grammar")[name]
    patterns = tuple((role, pattern) for role, listed in part["patterns"].items() for pattern in listed)
    return ClaimKind(name, patterns, check, order, tuple((text, verdict) for verdict, text in part["examples"]))
