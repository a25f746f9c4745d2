"""The lexicon: every phrase of `words.yaml`, found by its words, the longest first; one may mean several things."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from highneeds.claims.language.tables import table

WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[^\sa-z0-9]", re.I)


@dataclass(frozen=True)
class Sense:
    """One meaning of a phrase. tag: SUBJECT, HEDGE, GLUE, or the name of a mark; value: the idea or the hedge."""

    tag: str
    value: str


ARTICLES = ("a", "an", "the")
"""Passed over inside a phrase, so that no phrase need list them."""


@dataclass
class _Node:
    after: dict[str, "_Node"] = field(default_factory=dict)
    senses: dict[Sense, None] = field(default_factory=dict)
    """In their order, each once."""


class Lexicon:
    def __init__(self) -> None:
        self.root = _Node()
        self.light: frozenset[str] = frozenset()
        self.narrowing: frozenset[str] = frozenset()
        self.better: dict[str, frozenset[str]] = {}

    def add(self, phrase: str, sense: Sense) -> None:
        for words in spellings(phrase):
            node = self.root
            inner = (word for word in words[1:-1] if word not in ARTICLES)
            for word in (words[0], *inner, *words[1:][-1:]):
                node = node.after.setdefault(word, _Node())
            node.senses[sense] = None

    def longest(self, words: list[str], at: int) -> tuple[list[Sense], int]:
        """The senses of the longest phrase that starts here, and how many words it has."""
        node, found, best = self.root, list[Sense](), 0
        for step in range(at, len(words)):
            nxt = node.after.get(words[step])
            if nxt is None:
                if step > at and words[step] in ARTICLES:
                    continue
                break
            node = nxt
            if node.senses:
                found, best = list(node.senses), step - at + 1
        return found, best


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Words and signs in lower case with their places. A hyphen between letters parts two words and is no sign."""
    found = [(hit[0].lower().removesuffix("'s"), hit.start(), hit.end()) for hit in WORD.finditer(text)]
    return [one for one in found if not (one[0] == "-" and _joins(text, one[1]))]


def _joins(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalpha() and after.isalpha() and len(re.findall(r"\w+$", text[:at])[0]) > 1


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """'led|lead to (a) plan' -> its four spellings; <name> stands for each spelling of a group."""
    slots: list[list[tuple[str, ...]]] = []
    for word in re.findall(r"\([^()]*\)|<\w+>|[^\s()<>]+|>", phrase.strip()):
        optional = word.startswith("(")
        inner = word[1:-1] if optional else word
        choices = _group(inner[1:-1]) if inner.startswith("<") else inner.split("|")
        slots.append([*map(_words, choices), *([()] if optional else [])])
    for chosen in itertools.product(*slots):
        words = tuple(itertools.chain.from_iterable(chosen))
        if words:
            yield words


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word, _, _ in words_of(text))


@cache
def _group(name: str) -> list[str]:
    return [" ".join(words) for phrase in _phrases(table("words")["groups"][name]) for words in spellings(phrase)]


def _phrases(listed: object) -> Iterable[str]:
    """The phrases of a row: parted by commas, one with a comma of its own between double quotes."""
    text = ", ".join(listed) if isinstance(listed, list) else str(listed)
    found = [(quoted or plain).strip() for quoted, plain in re.findall(r'"([^"]+)"|([^,"]+)', text)]
    return [one for one in found if one]


@cache
def lexicon() -> Lexicon:
    tables = table("words")
    made = Lexicon()
    made.light, made.narrowing = frozenset(tables["light"]), frozenset(tables["narrowing"])
    made.better = {way: frozenset(ideas) for way, ideas in tables["better"].items()}
    rows = [("SUBJECT", idea, phrases) for idea, phrases in tables["subjects"].items()]
    rows += [(mark, mark, phrases) for mark, phrases in tables["marks"].items()]
    rows += [("HEDGE", hedge, phrases) for hedge, phrases in tables["hedges"].items()]
    for tag, value, phrases in (*rows, ("GLUE", "", tables["glue"])):
        for phrase in _phrases(phrases):
            made.add(phrase, Sense(tag, value))
    return made
