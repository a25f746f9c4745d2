"""What a sentence says of single months, so that the months of which it is true can be counted.

Three forms: a limit ('above 100%'), two series against each other ('more declined than agreed'), a direction ('rose').
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from highneeds.assurance.claims.directions import Direction
from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.numbers import Counts, Number, Size
from highneeds.assurance.claims.pairs import pair_in
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.vocabulary.period import Month

_ABOVE = re.compile(
    r"\b(?:above|over|more than|exceed(?:s|ed|ing)?|at least|higher than|in excess of|topped"
    r"|passed)\b(?: \w+){0,2}\s*£?$",
    re.I,
)
_BELOW = re.compile(r"\b(?:below|under|less than|fewer than|lower than|at most|beneath)\b(?: \w+){0,2}\s*£?$", re.I)
_SIDES = {Size.OVER: 1, Size.AT_LEAST: 1, Size.WELL_OVER: 1, Size.UNDER: -1, Size.UP_TO: -1}
_STRICT = (Size.OVER, Size.UNDER, Size.WELL_OVER)
_OR_MORE = re.compile(r"^\s?or (?:more|above|over|higher|better)\b", re.I)
_OR_LESS = re.compile(r"^\s?or (?:less|fewer|below|under|lower)\b", re.I)


@dataclass(frozen=True)
class Told:
    """One reading of what is said of single months.

    series    ids, separated by spaces
    months    month -> is it so; only months of which the data can tell
    spans     the words that say it, which no other kind reads again
    sure      False where the naming is loose
    steps     True for a direction, which belongs to the step into the month
    """

    series: str
    months: dict[Month, bool]
    spans: tuple[Span, ...]
    sure: bool
    steps: bool = False

    def within(self, first: Month, last: Month) -> dict[Month, bool]:
        return {month: true for month, true in self.months.items() if first <= month <= last}


def told_of_months(reading: Reading, near: Span, besides: Iterable[Span] = ()) -> tuple[Told, ...]:
    """Every reading of what the sentence says of its months; `besides` are numbers that count months themselves."""
    skip = tuple(besides)
    limits = [told for number in reading.numbers if not _among(number.span, skip) for told in _limit(reading, number)]
    return tuple(limits) or _comparison(reading) or _direction(reading, near)


def _among(span: Span, others: Iterable[Span]) -> bool:
    return any(overlaps(span, other) for other in others)


def side_of(reading: Reading, number: Number) -> int:
    """1 for a limit that is exceeded, -1 for one that is undercut, 0 where the number is no limit."""
    after = reading.text[number.span[1] :]
    if _OR_MORE.match(after) or _OR_LESS.match(after):
        return 1 if _OR_MORE.match(after) else -1
    before = reading.text[: number.span[0]]
    return _SIDES.get(number.size, 0) or (1 if _ABOVE.search(before) else -1 if _BELOW.search(before) else 0)


def _limit(reading: Reading, number: Number) -> Iterable[Told]:
    side = side_of(reading, number)
    if not side or number.is_range or reading.role(number) == "by":
        return
    after = reading.text[number.span[1] :]
    strict = (number.size in _STRICT or not number.size) and not (_OR_MORE.match(after) or _OR_LESS.match(after))
    series, firm = reading.series_about(number.span, number.counts)
    for one in series:
        if one.months:
            months = {month: _beyond(one.points[month], number.low, side, strict) for month in one.months}
            yield Told(one.id, months, (number.span,), firm)


def _beyond(value: Decimal, limit: Decimal, side: int, strict: bool) -> bool:
    return (value - limit) * side > 0 or (not strict and value == limit)


def _comparison(reading: Reading) -> tuple[Told, ...]:
    found = pair_in(reading)
    if found is None:
        return ()
    one, other, side, span = found
    shared = [month for month in one.months if month in other.points]
    months = {month: (one.points[month] - other.points[month]) * side > 0 for month in shared}
    return (Told(f"{one.id} {other.id}", months, (span,), True),)


def _direction(reading: Reading, near: Span) -> tuple[Told, ...]:
    """A step up or down into the month, of every series that the words fit."""
    signed = [one for one in reading.directions if (one.sign or one.kind in ("better", "worse")) and not one.negated]
    if not signed:
        return ()
    direction = min(signed, key=lambda one: abs(one.span[0] - near[0]))
    series, firm = reading.series_about(direction.span, _counts(reading))
    return tuple(
        Told(one.id, steps, (direction.span,), firm, steps=True)
        for one in series
        if (steps := steps_of(one, sign_for(one, direction)))
    )


def _counts(reading: Reading) -> Counts | None:
    text = reading.text.lower()
    shares = any(word in text for word in ("percentage", "proportion", "share", "rate"))
    return Counts.PERCENT if shares else None


def sign_for(series: Series, direction: Direction) -> int:
    good = {"up": 1, "down": -1}.get(series.good_direction, 0)
    return {"better": good, "worse": -good}.get(direction.kind, direction.sign)


def steps_of(series: Series, sign: int) -> dict[Month, bool]:
    """Month -> did the series move that way into it? Only where the month before is known."""
    before = {month: series.points.get(month.plus(-1)) for month in series.months}
    return {
        month: (series.points[month] - earlier) * sign > 0
        for month, earlier in before.items()
        if earlier is not None and sign
    }


def windows_for(reading: Reading, told: Told, near: Span, many: int | None = None) -> tuple[tuple[Month, Month], ...]:
    """The stretches of months that may be meant, most likely first; of `many` months where the text says how many."""
    known = sorted(told.months)
    if not known:
        return ()
    found: list[tuple[Month, Month]] = []
    for when in sorted(_spoken(reading), key=lambda one: abs(one.span[0] - near[0])):
        opened = when.role in ("year_to", "past", "over") or (told.steps and when.role in ("between", "since"))
        found.append((when.first.plus(1) if opened else when.first, when.last))
        if when.role == "until":
            found.append((known[0], when.last))
    found.append((known[0], known[-1]))
    if many is None:
        return tuple(found[:1])
    exact = [one for one in found if one[0].months_until(one[1]) + 1 == many]
    return tuple(exact) or _of_so_many(reading, known, many)


def _of_so_many(reading: Reading, known: list[Month], many: int) -> tuple[tuple[Month, Month], ...]:
    """'of the twelve months': those that end with the month named, else with the latest."""
    ends = [when.last for when in reading.points if when.is_month and when.last in known] or [known[-1]]
    windows = [(end.plus(1 - many), end) for end in ends[-1:] if end.plus(1 - many) >= known[0].plus(-1)]
    return tuple(windows)


def _spoken(reading: Reading) -> list[When]:
    windows = [when for when in reading.windows if when.role != "always"]
    years = [when for when in reading.points if when.grain in ("year", "fy", "season")]
    return windows or years


TrueOf = Callable[[Month], bool]
