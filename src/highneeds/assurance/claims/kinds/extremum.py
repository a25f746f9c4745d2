"""The highest or lowest of a time: 'peaked in August 2024', 'their lowest since March'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Number
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, show, softened
from highneeds.vocabulary.period import Month

_HIGH = re.compile(
    r"\b(?:no (?:other )?month (?:saw|had|has seen|recorded|was|brought)(?: an?)? (?:higher|larger|greater"
    r"|more)(?=[^.;]* than)"
    r"|(?:higher|larger|greater|more) than (?:in|at) any (?:other )?(?:month|point|time)(?! since)|peaked"
    r"|peak(?:ing)?(?= (?:at|in|of|was|came))|(?:its|their|a|the|an all-time|record) peak"
    r"|(?:more|higher|larger|greater)(?=\b[^.;,]{0,80} than (?:in|at) any (?:other )?month\b(?! since))"
    r"|highest|record high|maximum|(?:its|their|a|the) high(?: point)?(?= (?:of|in|was))|largest"
    r"|most expensive|busiest|topped out|greatest)\b",
    re.I,
)
_LOW = re.compile(
    r"\b(?:no (?:other )?month (?:saw|had|has seen|recorded|was|brought)(?: an?)? (?:lower|smaller|fewer"
    r"|less)(?=[^.;]* than)"
    r"|(?:lower|smaller|fewer|less) than (?:in|at) any (?:other )?(?:month|point|time)(?! since)|lowest"
    r"|(?:fewer|lower|smaller|less)(?=\b[^.;,]{0,80} than (?:in|at) any (?:other )?month\b(?! since))"
    r"|bottomed(?: out)?|record low|minimum|trough(?:ed)?|low(?: point)?(?= (?:of|in|was|came))"
    r"|low point|smallest|fewest|cheapest|quietest|nadir)\b",
    re.I,
)


RANKS = {"second": 2, "third": 3, "fourth": 4}


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for pattern, side in ((_HIGH, 1), (_LOW, -1)):
        for hit in pattern.finditer(reading.text):
            before = reading.text[: hit.start()]
            if re.search(r"\b(?:one of the|among the|up to a)\s(?:\w+\s)?$", before):
                continue
            ranked = re.search(r"\b(second|third|fourth)[- ]$", before, re.I)
            rank = RANKS[ranked[1].lower()] if ranked else 1
            yield weigh(reading, hit.span(), side, rank).at(hit.span())


def weigh(reading: Reading, span: Span, side: int, rank: int = 1) -> Weighed:
    counted = [number for number in reading.numbers if not number.noun.lower().startswith(("month", "year"))]
    near = min(counted, key=lambda number: abs(number.span[0] - span[1]), default=None)
    series, firm = reading.series_about(span, near.counts if near else None)
    when = _when(reading, span)
    if not series:
        return cannot("No series of this workspace is behind it")
    found = [softened(_judged(reading, one, when, near, side, rank), firm) for one in series]
    holds = [weighed for weighed in found if weighed.verdict is Verdict.HOLDS]
    return holds[0] if holds else found[0]


def _when(reading: Reading, span: Span) -> When | None:
    months = [when for when in reading.points if when.is_month and not _bounds(reading, when)]
    return min(months, key=lambda when: abs(when.span[0] - span[1]), default=None)


def _bounds(reading: Reading, when: When) -> bool:
    return bool(re.search(r"\bsince\s$", reading.text[: when.span[0]]))


def _judged(reading: Reading, series: Series, when: When | None, near: Number | None, side: int, rank: int) -> Weighed:
    inside = _inside(reading, series, when)
    if len(inside) > 1 and any(one.role == "since" and one.first == inside[0][0] for one in reading.windows):
        inside = inside[1:]  # 'lowest since January': lower than in every month after it
    if series.kind != "indicator" or not inside:
        return cannot("Too few months are known to call one the highest or lowest", series.id)
    if len(inside) < rank:
        return cannot("Too few months are known", series.id)
    month, value = sorted(inside, key=lambda item: -item[1] * side)[rank - 1]
    ties = [other for other, same in inside if same == value]
    word = {1: "", 2: "second ", 3: "third ", 4: "fourth "}[rank] + ("highest" if side > 0 else "lowest")
    shown = f"{show(series.unit, value)} in {month.label}"
    why = f"The {word} of {inside[0][0].label} to {inside[-1][0].label} is {shown}"
    if when is None and near is None:
        if any(_bounds(reading, one) for one in reading.points):
            verdict = Verdict.HOLDS if series.months[-1] in ties else Verdict.FAILS
            return Weighed(verdict, why, shown, series.id)
        return cannot("The text names neither month nor figure", series.id)
    if when is None:
        assert near is not None
        return Weighed(Verdict.HOLDS if agrees(near, value) else Verdict.FAILS, why, shown, series.id)
    return Weighed(Verdict.HOLDS if when.first in ties else Verdict.FAILS, why, shown, series.id)


def _inside(reading: Reading, series: Series, when: When | None) -> tuple[tuple[Month, Decimal], ...]:
    if not series.months:
        return ()
    first, last = series.months[0], series.months[-1]
    for window in reading.windows:
        if window.role == "since" and window.first != (when.first if when else None):
            first, last = window.first, when.first if when else last
        elif window.role in ("between", "throughout", "past", "year_to"):
            first, last = window.first, window.last
    for year in reading.points:
        if year.grain in ("year", "fy") and not _bounds(reading, year):
            first, last = year.first, year.last
    return series.within(first, last)


EXTREMUM = Kind(
    name="extremum",
    title="The highest or lowest of a time",
    order=400,
    read=read,
    examples=(
        Example(
            "More requests were agreed at assessment stage in September 2024 than in any other month.", FAILS, "More"
        ),
        Example("The share of overdue annual reviews was lowest in October 2024.", HOLDS, "lowest"),
        Example("The number of overdue annual reviews peaked in March 2024.", FAILS, "peaked"),
    ),
)
