"""Twice, tripled, 1.4 times: one date against another, or a fact that states the multiple."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from highneeds.assurance.claims.ends import ends_of
from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Ends, Judgement, Weighed, by_fact, cannot, label, show, softened


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for number in reading.numbers:
        if number.counts is Counts.TIMES and number.span not in used:
            yield weigh(reading, number).at(number.span)


def weigh(reading: Reading, number: Number) -> Weighed:
    own = _by_own_figures(reading, number)
    if own is not None and own.verdict is Verdict.HOLDS and (not reading.windows or _has_both_ends(reading)):
        return own
    series, firm = _series_beside(reading, number)
    found = [
        softened(_between(reading, one, number, ends), firm)
        for one in series
        for ends in ends_of(reading, number.span, one)
    ]
    for verdict in (Verdict.HOLDS, Verdict.FAILS):
        for weighed in found:
            if weighed.verdict is verdict:
                return weighed
    if own is not None:
        return own
    fact = by_fact(reading, number, ("times",), None)
    if fact is not None:
        return fact
    return found[0] if found else cannot("No series or fact of this workspace is behind it")


def _has_both_ends(reading: Reading) -> bool:
    """'quadrupled in a month, from 5.1% in August to 20.2% in September': both ends are told."""
    return {"from", "to"} <= {reading.role(other) for other in reading.numbers}


def _series_beside(reading: Reading, number: Number) -> tuple[tuple[Series, ...], bool]:
    """The series of the figures that stand beside the multiple, where they say which unit is meant."""
    for other in reading.numbers:
        if other.counts in (Counts.COUNT, Counts.GBP, Counts.PERCENT) and other.span != number.span:
            series, firm = reading.series_about(number.span, other.counts)
            if series:
                return series, firm
    series, firm = reading.series_about(number.span, None)
    counts = tuple(one for one in series if one.unit != "percent")
    return counts or series, firm


def _between(reading: Reading, series: Series, number: Number, ends: Ends) -> Weighed:
    first, last = series.points.get(ends.first), series.points.get(ends.last)
    if not first or last is None:
        return cannot(f"There is no value for {label(ends.last if first else ends.first)}", series.id)
    ratio = last / first
    shown = f"{ratio:.2f} times"
    why = f"{label(ends.first)} {show(series.unit, first)} to {label(ends.last)} {show(series.unit, last)}: {shown}"
    right = agrees(number, ratio)
    verdict = Verdict.HOLDS if right else Verdict.FAILS if ends.sure and right is False else Verdict.CANNOT_CHECK
    return Weighed(verdict, why, shown, series.id)


def _by_own_figures(reading: Reading, number: Number) -> Weighed | None:
    """'doubled, from 36 to 72': where no series is named, the sentence's own two figures."""
    level = _pair(reading, number)
    if len(level) < 2 or level[0].counts is not level[1].counts:
        return None
    ratio = level[1].low / level[0].low
    shown = f"{ratio:.2f} times"
    right = agrees(replace(number, step=max(number.step, Decimal("0.01"))), ratio)
    verdict = Verdict.HOLDS if right else Verdict.FAILS
    return Weighed(verdict, f"{level[0].text.strip()} to {level[1].text.strip()} in the same sentence: {shown}", shown)


def _pair(reading: Reading, number: Number) -> list[Number]:
    """'from 36 to 72', or 'A is double B': B stands right behind the multiple."""
    before = [other for other in reading.numbers if other.span[1] <= number.span[0] and other.low]
    after = [other for other in reading.numbers if other.span[0] >= number.span[1] and other.low]
    between = reading.text[number.span[1] : after[0].span[0]] if after else ""
    if (
        before
        and after
        and re.fullmatch(
            r" (?:as (?:much|many|high) as )?(?:the |that of |a )?(?:(?!to |by |from )\w+ ){0,2}(?:of )?", between
        )
    ):
        return [after[0], before[-1]]
    target = [other for other in after if reading.role(other) == "to" and other.span[0] - number.span[1] < 12]
    if before and target and before[-1].counts is target[0].counts and reading.role(before[-1]) != "from":
        return [before[-1], target[0]]
    return [other for other in reading.numbers if reading.role(other) in ("from", "to") and other.low]


MULTIPLE = Kind(
    name="multiple",
    title="A multiple: doubled, tripled, 1.4 times",
    order=450,
    read=read,
    examples=(
        Example(
            "Moves from mainstream into special schools doubled between December 2024 and January 2025.",
            HOLDS,
            "doubled",
        ),
        Example(
            "Moves from mainstream into special schools tripled between December 2024 and January 2025.",
            FAILS,
            "tripled",
        ),
    ),
)
