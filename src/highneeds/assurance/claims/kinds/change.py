"""A change in points, pupils or pounds: 'fell by 1.7 points between January 2024 and January 2025'."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from highneeds.assurance.claims.ends import ends_of
from highneeds.assurance.claims.evidence import Series, SumOfParts
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.reading import Reading, fits
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import (
    Ends,
    Judgement,
    Weighed,
    by_fact,
    cannot,
    crossed_rollover,
    families_for,
    label,
    show,
    show_change,
    show_relative,
    softened,
)
from highneeds.vocabulary.period import Month


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for number in reading.numbers:
        if number.span not in used and is_change(reading, number) and number.counts is not Counts.PERCENT:
            yield weigh_change(reading, number).at(number.span)


def is_change(reading: Reading, number: Number) -> bool:
    return number.counts is not Counts.TIMES and reading.role(number) == "by"


def weigh_change(reading: Reading, number: Number) -> Weighed:
    """Against the series; else against the sentence's own figures; else against a fact that states the change."""
    series, firm = reading.series_about(number.span, number.counts, change=True)
    series = _fitting(reading, number, series)
    firm = firm and len({one.unit for one in series}) == len(series)
    found = [softened(_by_series(reading, one, number), firm) for one in series]
    own = _by_own_figures(reading, number)
    for verdict in (Verdict.HOLDS, Verdict.FAILS):
        for weighed in found:
            if weighed.verdict is verdict:
                return own if own is not None and own.verdict is Verdict.HOLDS else weighed
    own = own or _by_a_fact_beside(reading, number)
    if own is not None:
        return own
    if series and firm and not any(one.points for one in series):
        return found[0] if found else cannot("The series has no values", series[0].id)
    bound = reading.period_of(number)
    fact = by_fact(reading, number, families_for(number), bound.when if bound.sure else None)
    if fact is not None and not (found and fact.verdict is Verdict.FAILS):
        return fact
    return found[0] if found else cannot("No series or fact of this workspace is behind it")


def _fitting(reading: Reading, number: Number, series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Percentages of a count's change belong to counts before shares; 'respectively' deals them out in order."""
    series = _of_its_figures(reading, number, series)
    if number.counts is Counts.PERCENT and len({one.unit for one in series}) > 1:
        counts = [one for one in series if one.unit != "percent"]
        if counts and _SHARE.search(reading.text) is None and _NUMBER_OF.search(reading.text):
            return tuple(counts)
        series = tuple(sorted(series, key=lambda one: one not in counts)) if _speaks_of_number(reading) else series
    peers = [
        other
        for other in reading.numbers
        if other.counts is number.counts and reading.role(other) == reading.role(number)
    ]
    if "respectively" in reading.text and len(series) > 1:
        near = [
            other
            for other in reading.numbers
            if abs(other.span[0] - number.span[0]) < 40 and other.counts is number.counts
        ]
        place = near.index(number)
        return (series[place],) if len(near) == len(series) and len(peers) >= 1 else series
    return series


_NUMBER_OF = re.compile(r"\bnumbers? of\b", re.I)
_SHARE = re.compile(r"\b(?:percentage|proportion|share|rate)s?\b", re.I)
"""'The number of overdue reviews fell by 13.6%' says nothing of the percentage overdue."""


def _of_its_figures(reading: Reading, number: Number, series: tuple[Series, ...]) -> tuple[Series, ...]:
    """'from 148 to 219, an increase of 48%': the series is of the unit that its two ends have."""
    ends = {
        other.counts for other in reading.numbers if reading.role(other) in ("from", "to") and other.span != number.span
    }
    if len(ends) != 1 or not ends <= {Counts.COUNT, Counts.GBP, Counts.PERCENT}:
        return series
    return tuple(one for one in series if fits(one, next(iter(ends)), change=False)) or series


def _speaks_of_number(reading: Reading) -> bool:
    return any(word in reading.text.lower() for word in ("number", "how many", "count"))


def _by_series(reading: Reading, series: Series, number: Number) -> Weighed:
    results = [_between(reading, series, number, ends) for ends in ends_of(reading, number.span, series)]
    for verdict in (Verdict.HOLDS, Verdict.FAILS):
        for result in results:
            if result.verdict is verdict:
                return result
    return results[0] if results else cannot("The series has no values", series.id)


def _between(reading: Reading, series: Series, number: Number, ends: Ends) -> Weighed:
    first, last = series.points.get(ends.first), series.points.get(ends.last)
    if first is None or last is None:
        return _with_a_gap(reading, series, number, ends)
    weighed = compared(reading, series, number, ends, first, last)
    if weighed.verdict is Verdict.FAILS and not ends.sure:
        return cannot(f"The text does not say between which dates; {weighed.why}", series.id)
    return weighed


def compared(reading: Reading, series: Series, number: Number, ends: Ends, first: Decimal, last: Decimal) -> Weighed:
    """The printed change beside the computed one, with what a reader should know about it."""
    change = last - first
    relative = change * 100 / first if first else None
    spoken = f"{label(ends.first)} {show(series.unit, first)} to {label(ends.last)} {show(series.unit, last)}"
    computed = show_change(series.unit, change)
    if series.unit == "percent" or number.counts is not Counts.PERCENT:
        right = agrees(number, abs(change))
        note = (
            "the difference of two percentages is in percentage points"
            if number.counts is Counts.PERCENT and not number.is_fraction
            else ""
        )
    else:
        right, note, computed = None, "", show_relative(first, last)
    if not right and number.counts is Counts.PERCENT and relative is not None:
        right = agrees(number, abs(relative))
        note = f"as a relative change, {show_relative(first, last)}" if right and series.unit == "percent" else note
    if right is None:
        return Weighed(Verdict.CANNOT_CHECK, f"{spoken}; the words leave room for either", computed, series.id)
    wrong_way = _wrong_way(reading, number, change)
    if wrong_way:
        return Weighed(Verdict.FAILS, f"{spoken}: it {wrong_way}", computed, series.id)
    notes = [note, *remarks(reading, series, ends, change)] if right else [note]
    why = "; ".join([f"{spoken}, {computed}", *(one for one in notes if one)])
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, computed, series.id)


def _wrong_way(reading: Reading, number: Number, change: Decimal) -> str:
    direction = reading.direction_for(number)
    if direction is None or not direction.sign or not change or direction.negated:
        return ""
    if (change > 0) == (direction.sign > 0):
        return ""
    return "rose" if change > 0 else "fell"


def remarks(reading: Reading, series: Series, ends: Ends, change: Decimal) -> list[str]:
    """What a true figure may still hide: an adverse move told as progress, a roll-over, chosen ends."""
    out = []
    good = {"up": 1, "down": -1}.get(series.good_direction, 0)
    if good and change and (change > 0) != (good > 0) and _told_as_progress(reading):
        out.append("adverse: this direction is not progress")
    if crossed_rollover(ends, reading.evidence.rollover_month):
        out.append("the two months lie either side of the roll-over of school years")
    if isinstance(ends.first, Month) and isinstance(ends.last, Month):
        out += _chosen_ends(series, ends.first, ends.last, change)
    return out


_PROGRESS = ("progress", "improve", "positive", "encourag", "success", "achieve", "on track", "pleased", "better")


def _told_as_progress(reading: Reading) -> bool:
    around = reading.text + " " + (reading.context.text if reading.context else "")
    return any(word in around.lower() for word in _PROGRESS)


def _chosen_ends(series: Series, first: Month, last: Month, change: Decimal) -> list[str]:
    """The same month a year before says the opposite."""
    if first.number == last.number:
        return []
    before, now = series.points.get(last.plus(-12)), series.points.get(last)
    if before is None or now is None or (now - before) * change >= 0:
        return []
    return [f"end-points chosen: over the year to {last.label} it is {show_change(series.unit, now - before)}"]


def _with_a_gap(reading: Reading, series: Series, number: Number, ends: Ends) -> Weighed:
    """One end is missing. Where the parts would fill it, the sentence compares two definitions."""
    sums = next((one for one in reading.evidence.sums if one.whole == series.id), None)
    first, last = (_filled(reading, series, sums, period) for period in (ends.first, ends.last))
    if first is None or last is None:
        absent = ends.first if ends.first not in series.points else ends.last
        return _with_the_step(reading, series, number, ends) or cannot(
            f"There is no value for {label(absent)}", series.id
        )
    if any(word in reading.text.lower() for word in ("definition", "not comparable", "new basis", "sum of")):
        return compared(reading, series, number, ends, first, last)
    why = (
        f"Two definitions: {label(ends.first)} {show(series.unit, first)} and {label(ends.last)}"
        f" {show(series.unit, last)}, one printed as a total, the other a sum of parts"
    )
    return Weighed(Verdict.FAILS, why, show_change(series.unit, last - first), series.id)


def _filled(reading: Reading, series: Series, sums: SumOfParts | None, period: object) -> Decimal | None:
    for one, value in series.points.items():
        if one == period:
            return value
    if sums is None:
        return None
    parts = [reading.evidence.series_named(name) for name in sums.parts]
    values = [value for part in parts if part for month, value in part.points.items() if month == period]
    return sum(values, Decimal(0)) if len(values) == len(sums.parts) else None


def _with_the_step(reading: Reading, series: Series, number: Number, ends: Ends) -> Weighed | None:
    """A known start, a change, and the end the sentence gives: 2,578 and 96 make 2,674."""
    first = series.points.get(ends.first) if ends.first in series.points else _anchor(reading, series)
    if first is None or number.counts not in (Counts.COUNT, Counts.GBP, Counts.POINTS):
        return None
    direction = reading.direction_for(number)
    step = number.low * (direction.sign if direction else 1)
    for other in reading.numbers:
        if other.span != number.span and other.counts in (number.counts, Counts.PERCENT) and first + step == other.low:
            recorded = by_fact(reading, number, families_for(number), None)
            if recorded is not None and recorded.verdict is Verdict.FAILS:
                return recorded
            why = f"{show(series.unit, first)} and {show_change(series.unit, step)} make {show(series.unit, other.low)}"
            return Weighed(Verdict.HOLDS, why, show(series.unit, other.low), series.id)
    return None


def _anchor(reading: Reading, series: Series) -> Decimal | None:
    for when in reading.points:
        if when.first in series.points and reading.is_reference(when):
            return series.points[when.first]
    return None


def _by_a_fact_beside(reading: Reading, number: Number) -> Weighed | None:
    """'about £53m, some £23m more than planned': the other end is a recorded fact. Confirms only."""
    near = [match.fact for match in reading.facts_about(number.span, families_for(number))[:6] if not match.fact.later]
    for other in reading.numbers:
        if other.span == number.span or other.counts is not number.counts:
            continue
        for fact in near:
            if fact.value is not None and fact.value != other.low and agrees(number, abs(other.low - fact.value)):
                shown = f"{fact.printed} ({fact.source})"
                return Weighed(Verdict.HOLDS, f"{other.text.strip()} beside {shown}", number.text.strip(), fact.id)
    return None


def _by_own_figures(reading: Reading, number: Number) -> Weighed | None:
    """The sentence's own two figures: '193 compared to 155, a decrease of 19.7%'."""
    others = [
        other for other in reading.numbers
        if other.span != number.span and not other.is_range and reading.role(other) != "by" and not other.is_fraction
    ]  # fmt: skip
    for one, other in pairwise(others):
        if one.counts is not other.counts or one.counts is Counts.TIMES or not one.low:
            continue
        weighed = _own(reading, number, one, other)
        if weighed is not None:
            return weighed
    return None


_THAN = re.compile(
    r"^\W*(?:\w+ )?(?:above|below|more than|less than|fewer than|higher than|lower than|over|short of"
    r"|greater than)\b",
    re.I,
)


def _between_two(reading: Reading, number: Number, one: Number, other: Number) -> bool:
    """'£53m is £23.1m above the £29.9m target': the difference stands between its two ends."""
    after = reading.text[number.span[1] : other.span[0]]
    return one.span[1] <= number.span[0] and number.span[1] <= other.span[0] and bool(_THAN.match(after))


def _share_above(number: Number, one: Number, other: Number) -> Weighed:
    """'At £53m it is 77% above the £29.9m target'."""
    value = (one.low - other.low) * 100 / other.low
    why = f"{one.text.strip()} beside {other.text.strip()} in the same sentence: {value:.1f}%"
    return Weighed(Verdict.HOLDS if agrees(number, abs(value)) else Verdict.FAILS, why, f"{value:.1f}%")


def _own(reading: Reading, number: Number, one: Number, other: Number) -> Weighed | None:
    relative = number.counts is Counts.PERCENT and one.counts is not Counts.PERCENT
    if relative and _between_two(reading, number, one, other):
        return _share_above(number, one, other)
    if relative:
        value, shown = (other.low - one.low) * 100 / one.low, show_relative(one.low, other.low)
    elif number.counts is one.counts or (number.counts, one.counts) == (Counts.POINTS, Counts.PERCENT):
        value, shown = other.low - one.low, f"{abs(other.low - one.low):,}"
    else:
        return None
    direction = reading.direction_for(number)
    turned = bool(direction and direction.sign and value and (direction.sign > 0) != (value > 0))
    if turned and direction and direction.kind != "noun":
        return None
    if agrees(number, abs(value)):
        return Weighed(
            Verdict.HOLDS, f"{one.text.strip()} to {other.text.strip()} in the same sentence: {shown}", shown
        )
    loose = one.step / 2 + other.step / 2
    if number.counts is one.counts and abs(abs(value) - number.low) <= loose:
        return Weighed(
            Verdict.HOLDS, f"{one.text.strip()} to {other.text.strip()} in the same sentence, rounded", shown
        )
    if _between_two(reading, number, one, other) and number.counts is one.counts:
        return Weighed(
            Verdict.FAILS, f"{one.text.strip()} and {other.text.strip()} in the same sentence: {shown}", shown
        )
    said = bool(direction) and not turned and reading.role(one) == "from" and reading.role(other) == "to"
    return (
        Weighed(Verdict.FAILS, f"{one.text.strip()} to {other.text.strip()} in the same sentence: {shown}", shown)
        if said
        else None
    )


CHANGE = Kind(
    name="change",
    title="A change in points, pupils or pounds",
    order=500,
    read=read,
    examples=(
        Example(
            "The number of overdue annual reviews rose by 782 between October 2024 and January 2025.", HOLDS, "782"
        ),
        Example(
            "The share of overdue annual reviews fell by 3.4 percentage points between October 2024 and January 2025.",
            FAILS,
            "3.4",
        ),
    ),
)
