"""A number and the list it announces: 'four meetings (September 2024, November 2024, January 2025 and March 2025)'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed

_TO_BRACKET = re.compile(r"^[^().;:,\d]{3,80}\(")


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """The dates in the brackets are as many as the number says."""
    for number in reading.numbers:
        opening = _TO_BRACKET.match(reading.text[number.span[1] :])
        if number.counts is not Counts.COUNT or not opening or number.is_range or number.low > 12:
            continue
        start = number.span[1] + opening.end()
        end = reading.text.find(")", start)
        inside = [
            when for when in reading.whens if start <= when.span[0] < end and when.grain in ("month", "day", "yearless")
        ]
        words = re.sub(r"\b(?:and|in|on|the|of)\b|[,\s]", "", _without(reading, inside, start, end))
        if len(inside) >= 2 and not words:
            many = f"{len(inside)} are listed"
            yield Weighed(Verdict.HOLDS if len(inside) == number.low else Verdict.FAILS, many, str(len(inside))).at(
                number.span
            )


def _without(reading: Reading, inside: list[When], start: int, end: int) -> str:
    text = reading.text[start:end]
    for when in sorted(inside, key=lambda one: -one.span[0]):
        text = text[: when.span[0] - start] + text[when.span[1] - start :]
    return text


LISTING = Kind(
    name="listing",
    title="A number and the list it announces",
    order=180,
    read=read,
    examples=(
        Example("Reports went to three meetings (September 2024, November 2024 and January 2025).", HOLDS, "three"),
        Example("Reports went to four meetings (September 2024, November 2024 and January 2025).", FAILS, "four"),
    ),
)
