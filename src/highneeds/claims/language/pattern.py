"""The little language in which a kind of claim says what it reads: 'FROM NUM [TIME]', 'UP|DOWN BY NUM'.

A word is a tag of an item, '|' parts what may stand there, brackets hold what may be missing, '!' before it
what must follow at once. Otherwise subjects may stand
between two parts ("from 9,961 reviews in January 2024"), since what a figure is about can stand anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from highneeds.claims.language.items import Item

PASSED_OVER = ("SUBJECT", "OF")


@dataclass(frozen=True)
class PatternPart:
    tags: frozenset[str]
    optional: bool
    close: bool


@cache
def parts_of(pattern: str) -> tuple[PatternPart, ...]:
    words = [(word, frozenset(word.strip("[]!").split("|"))) for word in pattern.split()]
    return tuple(PatternPart(tags, word.startswith("["), "!" in word) for word, tags in words)


def first_tags(pattern: str) -> frozenset[str]:
    """The tags with which the pattern can begin."""
    found: frozenset[str] = frozenset()
    for part in parts_of(pattern):
        found |= part.tags
        if not part.optional:
            break
    return found


def match(pattern: str, items: Sequence[Item], at: int) -> tuple[tuple[Item, ...], int] | None:
    """The items that fill the pattern from `at` on, without what is passed over, and the index after the last."""
    found: list[Item] = []
    end = at
    for part in parts_of(pattern):
        step = end
        passed = frozenset(PASSED_OVER) - part.tags if found and not part.close else frozenset()
        while step < len(items) and items[step].tag in passed:
            step += 1
        if step < len(items) and items[step].tag in part.tags:
            found.append(items[step])
            end = step + 1
        elif not part.optional:
            return None
    return (tuple(found), end) if found else None
