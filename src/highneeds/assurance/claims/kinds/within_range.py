"""A range or a limit over time: 'between 90% and 95% until August 2024', 'never below 70%'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number, Size
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, show, softened
from highneeds.vocabulary.period import Month

_SIDES = {Size.OVER: 1, Size.AT_LEAST: 1, Size.WELL_OVER: 1, Size.UNDER: -1, Size.UP_TO: -1}
_ABOVE = re.compile(
    r"\b(?:above|over|more than|exceed(?:s|ed|ing)?|at least|higher than|in excess of"
    r"|topped|reach(?:ed|es)?|hit|touched)\b(?: \w+){0,2}\s*£?$",
    re.I,
)
_BELOW = re.compile(r"\b(?:below|under|less than|fewer than|lower than|at most|beneath)\b(?: \w+){0,2}\s*£?$", re.I)
_NEVER = re.compile(r"\b(?:never|not once|at no point|in no month|not (?:fallen|dropped|risen|gone))\b", re.I)
_ALL = re.compile(
    r"\b(?:every|each|all|throughout|always|consistent(?:ly)? (?:range|within|above|below)|remained|stayed"
    r"|kept|been|held|within|never|at no point|in no month)\b",
    re.I,
)
_OTHER = re.compile(r"\b(?:any|every|each|all)(?: the)? other months?\b", re.I)
_VARIED = re.compile(
    r"\b(?:ranged|varied|varying|ranging|fluctuated|fluctuating|swung|moved|ran) (?:from|between)\b", re.I
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for number in reading.numbers:
        if number.span in used or number.noun.lower().startswith(("month", "year", "week")):
            continue
        if re.search(r"\bby (?:between )?$", reading.text[: number.span[0]]):
            continue  # 'by between 8 and 863 a month' is a range of changes
        window = _window(reading, number)
        if number.is_range and number.counts in (Counts.PERCENT, Counts.COUNT, Counts.GBP):
            yield from _of_range(reading, number, window)
        elif window is not None and _side(reading, number) and _ALL.search(reading.text):
            yield from _of_limit(reading, number, window)


def _window(reading: Reading, number: Number) -> When | None:
    """The months meant; 'throughout' and 'never' are the whole series."""
    near = [when for when in reading.windows if when.role != "between" or when.span[0] > number.span[1] or True]
    if near:
        return min(near, key=lambda when: abs(reading.segment_of(when.span) - reading.segment_of(number.span)))
    years = [when for when in reading.points if when.grain in ("year", "fy", "season")]
    return years[0] if years else None


def _side(reading: Reading, number: Number) -> int:
    before = reading.text[: number.span[0]]
    side = _SIDES.get(number.size, 0) or (1 if _ABOVE.search(before) else -1 if _BELOW.search(before) else 0)
    return -side if _NEVER.search(before) else side


def _of_range(reading: Reading, number: Number, window: When | None) -> Iterable[Judgement]:
    series, firm = reading.series_about(number.span, number.counts)
    if not series:
        return
    if window is None and len([when for when in reading.points if when.is_month]) == 1:
        return
    weighed = softened(_within(series[0], number, window, bool(_VARIED.search(reading.text))), firm)
    yield weighed.at(number.span)


def _months(series: Series, window: When | None) -> tuple[tuple[Month, Decimal], ...]:
    if window is None:
        return series.within(series.months[0], series.months[-1]) if series.months else ()
    return series.within(window.first, window.last)


def _within(series: Series, number: Number, window: When | None, varied: bool) -> Weighed:
    inside = _months(series, window)
    if not inside:
        return cannot("The series has no value in that time", series.id)
    low, high = min(value for _, value in inside), max(value for _, value in inside)
    shown = f"{show(series.unit, low)} to {show(series.unit, high)}"
    assert number.high is not None
    out = [(month, value) for month, value in inside if not agrees(number, value)]
    if varied:
        right = abs(low - number.low) <= number.last_nonzero / 2 and abs(high - number.high) <= number.last_nonzero / 2
        return Weighed(Verdict.HOLDS if right else Verdict.FAILS, f"The months run from {shown}", shown, series.id)
    if not out:
        return Weighed(Verdict.HOLDS, f"All {len(inside)} months lie within: {shown}", shown, series.id)
    named = ", ".join(f"{month.label} {show(series.unit, value)}" for month, value in out[:4])
    return Weighed(Verdict.FAILS, f"{len(out)} of {len(inside)} months lie outside: {named}", shown, series.id)


def _of_limit(reading: Reading, number: Number, window: When) -> Iterable[Judgement]:
    series, firm = reading.series_about(number.span, number.counts)
    if not series:
        return
    one, side = series[0], _side(reading, number)
    inside = _months(one, window)
    if _OTHER.search(reading.text):
        others = {when.first for when in reading.points if when.is_month}
        inside = tuple((month, value) for month, value in inside if month not in others)
    if not inside:
        yield cannot("The series has no value in that time", one.id).at(number.span)
        return
    strict = number.size in (Size.OVER, Size.UNDER, Size.WELL_OVER) and not _NEVER.search(reading.text)
    out = [(m, v) for m, v in inside if (v - number.low) * side < 0 or (strict and v == number.low)]
    named = ", ".join(f"{month.label} {show(one.unit, value)}" for month, value in out[:4])
    side_word = "above" if side > 0 else "below"
    why = (
        f"{len(out)} of {len(inside)} months are not {side_word}: {named}"
        if out
        else f"All {len(inside)} months are {side_word}"
    )
    extreme = min(v for _, v in inside) if side > 0 else max(v for _, v in inside)
    weighed = Weighed(Verdict.FAILS if out else Verdict.HOLDS, why, show(one.unit, extreme), one.id)
    yield softened(weighed, firm).at(number.span)


WITHIN_RANGE = Kind(
    name="range",
    title="A range or a limit over time",
    order=350,
    read=read,
    examples=(
        Example("The share of overdue annual reviews was between 34% and 52% throughout 2024.", HOLDS, "34% and 52%"),
        Example("The share of overdue annual reviews was between 40% and 52% throughout 2024.", FAILS, "40% and 52%"),
        Example("The share of overdue annual reviews has never dropped below 30%.", HOLDS, "30%"),
    ),
)
