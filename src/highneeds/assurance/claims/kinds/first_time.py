"""When a limit was first passed: 'fell below 7,000 for the first time in September 2024'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.monthly import side_of
from highneeds.assurance.claims.numbers import Number
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, show, softened
from highneeds.vocabulary.period import Month

_FIRST = re.compile(
    r"\b(?:for the first time|(?<!the )first(?= (?:fell|dropped|went|dipped|rose|exceeded|passed|topped"
    r"|came|climbed|crossed|got)))\b",
    re.I,
)
_THROUGH = re.compile(r"\b(?:passed|crossed|topped|broke|reached|hit)\b(?: (?:the|through))?(?: \w+)?\s*£?$", re.I)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    hit = _FIRST.search(reading.text)
    months = [when for when in reading.points if when.is_month]
    if hit is None or not months or not reading.numbers:
        return
    if any(re.search(r"\bsince\s$", reading.text[: when.span[0]]) for when in months):
        return
    number = min(reading.numbers, key=lambda one: abs(one.span[0] - hit.start()))
    side = side_of(reading, number) or (1 if _THROUGH.search(reading.text[: number.span[0]]) else 0)
    if not side:
        return
    when = min(months, key=lambda one: abs(one.span[0] - hit.end()))
    series, firm = reading.series_about(number.span, number.counts)
    found = [softened(_judged(one, number, side, when.first), firm) for one in series if one.months]
    if found:
        order = (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS)
        best = min(found, key=lambda weighed: order.index(weighed.verdict))
        yield best.owning(hit.span(), number.span, when.span)


def _judged(series: Series, number: Number, side: int, month: Month) -> Weighed:
    first = next((one for one in series.months if (series.points[one] - number.low) * side > 0), None)
    if first is None:
        return Weighed(Verdict.FAILS, f"No month known is beyond {number.text.strip()}", "", series.id)
    shown = f"{first.label}: {show(series.unit, series.points[first])}"
    if first == series.months[0]:
        return cannot(f"The series begins beyond it, {shown}", series.id)
    right = first == month
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, f"First so in {shown}", first.label, series.id)


FIRST_TIME = Kind(
    name="first time",
    title="When a limit was first passed",
    order=80,
    read=read,
    examples=(
        Example("The number of overdue annual reviews fell below 7,000 for the first time in September 2024.", HOLDS),
        Example("The number of overdue annual reviews fell below 7,000 for the first time in June 2024.", FAILS),
    ),
)
