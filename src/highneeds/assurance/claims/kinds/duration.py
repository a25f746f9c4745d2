"""How long a stretch of time is: 'six financial years, from 2022-23 to 2027-28'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed

_YEARS = re.compile(
    r"(?:financial |full |school )?years?\b,?(?: (?:of|from|between|in|term|agreement|running|covering)\b|$|[,(])", re.I
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """The years named at both ends, counted with both of them."""
    spans = [
        when for when in reading.windows if len(when.parts) == 2 and all(part.grain == "fy" for part in when.parts)
    ]
    for number in reading.numbers:
        stated = number.counts is Counts.COUNT and _YEARS.match(number.noun) and number.span not in used
        if not stated or len(spans) != 1:
            continue
        first, last = spans[0].parts[0].first.year, spans[0].parts[1].first.year
        years = last - first + 1
        verdict = Verdict.HOLDS if number.low == years else Verdict.FAILS
        why = f"{spans[0].text.strip()} are {years} financial years"
        yield Weighed(verdict, why, f"{years} years").owning(number.span, spans[0].span)


DURATION = Kind(
    name="duration",
    title="How long a stretch of years is",
    order=56,
    read=read,
    examples=(
        Example("The agreement covers six financial years, from 2022-23 to 2027-28.", HOLDS, "six"),
        Example("The agreement covers five financial years, from 2022-23 to 2027-28.", FAILS, "five"),
    ),
)
