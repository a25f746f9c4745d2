"""The page of claims: what we say, each paragraph with its claims."""

from dataclasses import dataclass
from typing import Literal

VerdictCode = Literal["holds", "fails", "cannot_check"]


@dataclass(frozen=True)
class Claim:
    """A figure, direction, comparison or date in a text, held against the data.

    verdict    holds, fails or cannot_check         stated    the words of the text
    computed   the figure by the data, or ''        why       one sentence
    to         the series or figure behind it: 'indicator:<id>', 'source:<id>' or ''
    bound      the bound figure that is offered in its place, or ''     shows     what a reader would see of it
    """

    verdict: VerdictCode
    stated: str
    computed: str
    why: str
    to: str
    bound: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Narrated:
    """One paragraph in our own words, with the place it restates ('REPORT 159', or '') and its claims."""

    text: str
    source: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class NarrativePart:
    """The paragraphs under one heading: 'Condition 3', 'On track: in year'."""

    title: str
    paragraphs: tuple[Narrated, ...]
