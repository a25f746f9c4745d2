"""The largest step: 'the largest monthly rise came in January 2025', 'the steepest fall was in June 2024'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, show_change, softened

_UP = r"rise|increase|growth|jump|climb|surge"
_DOWN = r"fall|drop|decrease|reduction|decline|dip"
_EXTREME = re.compile(
    rf"\b(?:largest|biggest|sharpest|steepest|greatest|fastest|highest)(?: single)?(?:[- ]month(?:ly)?| month-on-month"
    rf"| one-month| single-month)? (?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b"
    rf"|\b(?:rose|(?P<fell>fell|dropped)|increased) (?:the )?(?:most|fastest)\b",
    re.I,
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for hit in _EXTREME.finditer(reading.text):
        sign = -1 if hit["down"] or hit["fell"] else 1
        months = [when for when in reading.points if when.is_month]
        series, firm = reading.series_about(hit.span(), None)
        if not months or not series:
            continue
        when = min(months, key=lambda one: abs(one.span[0] - hit.end()))
        found = [softened(_judged(reading, one, sign, when), firm) for one in series]
        order = (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS)
        best = min(found, key=lambda weighed: order.index(weighed.verdict))
        inside = tuple(one.span for one in reading.directions if overlaps(one.span, hit.span()))
        yield best.owning(hit.span(), *inside, when.span)


def _judged(reading: Reading, series: Series, sign: int, when: When) -> Weighed:
    first, last = (series.months[0], series.months[-1]) if series.months else (when.first, when.first)
    for window in reading.windows:
        if window.role in ("between", "since", "year_to", "past", "throughout") and when.span[0] >= window.span[1]:
            first, last = max(first, window.first), min(last, window.last)
    steps = {
        month: series.points[month] - earlier
        for month in series.months
        if first <= month <= last and (earlier := series.points.get(month.plus(-1))) is not None
    }
    if when.first not in steps:
        return cannot(f"The step into {when.first.label} is not known", series.id)
    month = max(steps, key=lambda one: steps[one] * sign)
    shown = f"{show_change(series.unit, steps[month])} in {month.label}"
    ties = [one for one in steps if steps[one] == steps[month]]
    verdict = Verdict.HOLDS if when.first in ties else Verdict.FAILS
    return Weighed(verdict, f"The largest step that way is {shown}", shown, series.id)


EXTREME_CHANGE = Kind(
    name="largest change",
    title="The largest rise or fall of a month",
    order=85,
    read=read,
    examples=(
        Example("The largest monthly rise in the number of overdue annual reviews came in January 2025.", HOLDS),
        Example("The largest monthly rise in the number of overdue annual reviews came in November 2024.", FAILS),
    ),
)
