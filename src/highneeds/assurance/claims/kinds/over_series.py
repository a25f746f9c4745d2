"""Two series added up or set apart: 'agreed and declined together came to 429', 'the gap between the two was £8,421',
'29 more were agreed than declined', 'twice as many were declined as agreed'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.pairs import pair_around, pair_in, pair_named
from highneeds.assurance.claims.reading import Reading, fits
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, label, show, show_change
from highneeds.vocabulary.period import Month

_TOGETHER = re.compile(
    r"\b(?:together|in total|in all|combined|altogether|a total of|between them|in either direction|both ways"
    r"|in both directions|decided|decisions (?:were )?(?:made|taken)|taken together|totall?(?:ed|ing))\b",
    re.I,
)
_GAP = re.compile(r"\b(?:gap|difference|margin)\b[^.;]{0,60}\bbetween\b|\b(?:gap|difference|margin)\b", re.I)
_AS_MANY = re.compile(r"^\s*(?:as )?(?:many|much|high|expensive|large|likely)\b", re.I)
_FOR_EACH = re.compile(
    r"\bfor (?:each|every)(?: one)?(?: \w+){0,4}? (?:agreed|approved|declined|refused|turned down)\b", re.I
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for form in (_ratio, _more_than, _gap, _together):
        found = list(form(reading))
        if found:
            yield from found
            return


def _month(reading: Reading, *series: Series) -> tuple[Month | None, bool]:
    """The one month of the sentence, or the latest that all the series share; and whether the text says it."""
    months = [when for when in reading.points if when.is_month]
    if months:
        return (months[0].first, True) if len({when.first for when in months}) == 1 else (None, False)
    if reading.windows or reading.points:
        return None, False
    shared = [month for month in series[0].months if all(month in one.points for one in series)]
    return (shared[-1] if shared else None), False


def _values(month: Month | None, series: Iterable[Series]) -> list[Decimal] | None:
    if month is None:
        return None
    found = [one.points.get(month) for one in series]
    return [value for value in found if value is not None] if None not in found else None


def _together(reading: Reading) -> Iterable[Judgement]:
    """'Agreed and declined requests together came to 429 in January 2025.'"""
    word = _TOGETHER.search(reading.text)
    if word is None:
        return
    for number in reading.numbers:
        if number.counts not in (Counts.COUNT, Counts.GBP) or number.is_range or reading.role(number) == "by":
            continue
        series = pair_named(reading, number.counts) or _sides_of_a_decision(reading)
        series = tuple(one for one in series if fits(one, number.counts, change=False))
        month, said = _month(reading, *series) if len(series) > 1 else (None, False)
        values = _values(month, series)
        if not values or month is None or any(agrees(number, value) for value in values):
            continue
        total = sum(values, Decimal(0))
        told = " + ".join(show(one.unit, value) for one, value in zip(series, values, strict=True))
        why = f"{label(month)}: {told} make {show(series[0].unit, total)}"
        far = not max(values) <= number.low <= total * 2
        right = agrees(number, total)
        if right or (said and not far):
            verdict = Verdict.HOLDS if right else Verdict.FAILS
            ids = " ".join(one.id for one in series)
            yield Weighed(verdict, why, show(series[0].unit, total), ids).owning(number.span)
            return


def _sides_of_a_decision(reading: Reading) -> tuple[Series, ...]:
    """'400 requests were decided': those agreed and those declined."""
    stages = {hit.value for hit in reading.hits if hit.feature == "stage"}
    if len(stages) != 1 or not re.search(r"\bdecided|\bdecisions\b", reading.text, re.I):
        return ()
    stage = stages.pop()
    found = [reading.evidence.series_named(f"{stage}_{side}_count") for side in ("agreed", "declined")]
    return tuple(one for one in found if one is not None)


def _gap(reading: Reading) -> Iterable[Judgement]:
    """'The gap between the average cost of primary and secondary placements was £8,421.'"""
    word = _GAP.search(reading.text)
    number = next(
        (n for n in reading.numbers if word and n.span[0] > word.start() and n.counts is not Counts.TIMES), None
    )
    if word is None or number is None or reading.role(number) in ("by", "from", "to") or number.is_fraction:
        return
    series = pair_named(reading, Counts.PERCENT if number.counts is Counts.POINTS else number.counts)
    if len(series) == 2:
        yield from _apart(reading, number, series[0], series[1], 0, word.span())


def _more_than(reading: Reading) -> Iterable[Judgement]:
    """'29 more requests were agreed than declined'; '£8,421 more than a secondary one'."""
    found = pair_in(reading)
    if found is None:
        return
    one, other, side, span = found
    for number in reading.numbers:
        between = reading.text[number.span[1] : span[0]]
        beside = number.span[1] <= span[0] and re.fullmatch(r"\s*(?:percentage )?(?:points?|pounds)?\s*", between)
        if beside and number.counts is not Counts.TIMES:
            yield from _apart(reading, number, one, other, side, span)
            return


def _apart(reading: Reading, number: Number, one: Series, other: Series, side: int, word: Span) -> Iterable[Judgement]:
    month, said = _month(reading, one, other)
    values = _values(month, (one, other))
    if not values or month is None:
        return
    apart = values[0] - values[1]
    relative = number.counts is Counts.PERCENT and one.unit != "percent"
    size = apart * 100 / values[1] if relative and values[1] else apart
    right = agrees(number, abs(size)) and (not side or size * side > 0)
    shown = f"{size:.1f}%" if relative else show_change(one.unit, apart)
    why = f"{label(month)}: {show(one.unit, values[0])} against {show(other.unit, values[1])}, {shown}"
    verdict = Verdict.HOLDS if right else Verdict.FAILS if said else Verdict.CANNOT_CHECK
    yield Weighed(verdict, why, shown, f"{one.id} {other.id}").owning(number.span, word)


def _ratio(reading: Reading) -> Iterable[Judgement]:
    """'Twice as many were declined as agreed'; 'for each request agreed two were declined'."""
    each = _FOR_EACH.search(reading.text)
    for number in reading.numbers:
        as_many = _AS_MANY.match(reading.text[number.span[1] :]) if number.counts is Counts.TIMES else None
        if as_many:
            second = re.search(r"\bas\b", reading.text[number.span[1] + as_many.end() :])
            at = number.span[1] + as_many.end() + second.start() if second else 0
            pair = pair_around(reading, (at, at + 2)) if second else None
            yield from _times(reading, number, pair, as_many.end())
        elif each and number.counts is Counts.COUNT and number.low < 20 and number.span[0] > each.start():
            pair = pair_around(reading, (each.end(), number.span[0]))
            yield from _times(reading, number, (pair[1], pair[0]) if pair else None, 0)
            return


def _times(reading: Reading, number: Number, pair: tuple[Series, Series] | None, extra: int) -> Iterable[Judgement]:
    if pair is None:
        return
    month, said = _month(reading, *pair)
    values = _values(month, pair)
    if not values or month is None or not values[1]:
        return
    ratio = values[0] / values[1]
    why = f"{label(month)}: {show(pair[0].unit, values[0])} against {show(pair[1].unit, values[1])}: {ratio:.2f} times"
    right = agrees(number, ratio)
    verdict = Verdict.HOLDS if right else Verdict.FAILS if said and right is False else Verdict.CANNOT_CHECK
    span = (number.span[0], number.span[1] + extra)
    words = [hit.span() for hit in re.finditer(r"\b(?:more|fewer) than\b", reading.text)]
    yield Weighed(verdict, why, f"{ratio:.2f} times", f"{pair[0].id} {pair[1].id}").owning(span, number.span, *words)


OVER_SERIES = Kind(
    name="two series together",
    title="Two series added up, set apart or divided",
    order=90,
    read=read,
    examples=(
        Example("Agreed and declined requests for assessment together came to 400 in March 2024.", HOLDS, "400"),
        Example("Agreed and declined requests for assessment together came to 450 in March 2024.", FAILS, "450"),
        Example("In March 2024, 104 more requests for assessment were declined than agreed.", HOLDS, "104"),
        Example("In March 2024, 84 more requests for assessment were declined than agreed.", FAILS, "84"),
        Example("Twice as many requests for assessment were declined as agreed in February 2024.", HOLDS, "Twice"),
    ),
)
