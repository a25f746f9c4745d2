"""Which way, and how steadily: 'has fallen consistently', 'remained relatively stable', 'continues to rise'."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from highneeds.assurance.claims.directions import Direction
from highneeds.assurance.claims.ends import ends_of
from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.kinds.change import remarks
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Ends, Judgement, Weighed, cannot, label, show, show_change, softened
from highneeds.vocabulary.period import Month

STEADY_AT_MOST = Decimal(5)
UNSTEADY_ABOVE = Decimal(10)
_STATISTIC = re.compile(
    r"\b(?:number|numbers|percentage|proportion|share|rate|rates|cost|costs|requests|level|levels|count"
    r"|volume|figure|figures|spending|increases|demand|plans)\b",
    re.I,
)
_RUN = re.compile(
    r"\b(?P<n>two|three|four|five|six|\d+) (?:successive|consecutive|straight) months|(?P<n2>two|three"
    r"|four|five|six|\d+) months (?:running|in a row)",
    re.I,
)
_FASTER = re.compile(r"^\s(?:much |far |even )?(?:faster|slower|quicker|more|less)(?: \w+)? than\b", re.I)
_RUNS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for direction in reading.directions:
        if direction.kind == "noun" or not direction.stated or direction.negated:
            continue
        if any(overlaps(number.span, direction.span) for number in reading.numbers) or _is_a_decision(
            reading, direction
        ):
            continue
        steadily = _steadily(reading, direction)
        if not steadily and direction.sign and _told_by_a_number(reading, direction, used):
            continue
        span = _span(direction, steadily)
        for weighed in _weigh(reading, direction, bool(steadily)):
            yield weighed.at(span)


def _is_a_decision(reading: Reading, direction: Direction) -> bool:
    """'210 declined' at a stage of assessment is a decision, not a fall."""
    return direction.text.lower().startswith("declin") and any(hit.feature == "stage" for hit in reading.hits)


def _steadily(reading: Reading, direction: Direction) -> Span | None:
    """An adverb such as 'consistently' in the same segment, near the verb."""
    index = reading.segment_of(direction.span)
    near = [s for s in reading.steadily if reading.segment_of(s) == index or 0 <= s[0] - direction.span[1] < 60]
    return near[0] if near and direction.kind != "steady" else None


def _span(direction: Direction, steadily: Span | None) -> Span:
    if steadily is None:
        return direction.span
    both = (min(direction.span[0], steadily[0]), max(direction.span[1], steadily[1]))
    return both if both[1] - both[0] < 60 else direction.span


def _told_by_a_number(reading: Reading, direction: Direction, used: frozenset[Span]) -> bool:
    """'fell by 1.7 points': the change is judged with its number."""
    index = reading.segment_of(direction.span)
    near = [number for number in reading.numbers if reading.segment_of(number.span) == index]
    return any(reading.role(number) == "by" and reading.direction_for(number) == direction for number in near)


def _weigh(reading: Reading, direction: Direction, steadily: bool) -> list[Weighed]:
    counts = _counts(reading, direction)
    series, firm = reading.series_about(direction.span, counts)
    if not series:
        own = _by_own_figures(reading, direction)
        if own is not None:
            return [own]
        said = _STATISTIC.search(reading.text[: direction.span[0]])
        return [cannot("No series of this workspace is behind it")] if said else []
    if counts is None:
        series = _one_of_a_pair(reading, series)
    found = [softened(_judged(reading, one, direction, steadily), firm) for one in series]
    if direction.kind == "steady":
        return found
    order = (Verdict.HOLDS, Verdict.FAILS, Verdict.CANNOT_CHECK)
    return sorted(found, key=lambda weighed: order.index(weighed.verdict))[:1]


def _counts(reading: Reading, direction: Direction) -> Counts | None:
    """The unit of the figures in the same statement says which of two series is meant."""
    index = reading.segment_of(direction.span)
    near = [n for n in reading.numbers if abs(reading.segment_of(n.span) - index) <= 1 and n.counts is not Counts.TIMES]
    if (
        near
        and near[0].counts is not Counts.POINTS
        and not (reading.role(near[0]) == "by" and near[0].counts is Counts.PERCENT)
    ):
        return near[0].counts
    return Counts.PERCENT if near and near[0].counts is Counts.POINTS else None


def _one_of_a_pair(reading: Reading, series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Count and share of one thing: 'the number of' and 'the share of' say which."""
    text = reading.text.lower()
    says_share = any(word in text for word in ("percentage", "proportion", "share", "rate"))
    says_number = any(word in text for word in ("number", "how many", "count"))
    if says_share == says_number:
        return series
    kept = tuple(one for one in series if (one.unit == "percent") == says_share)
    return kept or series


def _judged(reading: Reading, series: Series, direction: Direction, steadily: bool) -> Weighed:
    sign = _sign(series, direction)
    if direction.kind == "pace":
        return cannot("Whether a change is slowing or quickening is not read from one series", series.id)
    if direction.kind == "steady":
        return _steady(reading, series, direction)
    if _FASTER.match(reading.text[direction.span[1] :]):
        return cannot("It is compared with something of which there is no series", series.id)
    if sign == 0:
        return cannot("For this series neither direction is better", series.id)
    if steadily:
        return _every_step(reading, series, direction, sign)
    return _simple(reading, series, direction, sign)


def _sign(series: Series, direction: Direction) -> int:
    good = {"up": 1, "down": -1}.get(series.good_direction, 0)
    return {"better": good, "worse": -good}.get(direction.kind, direction.sign)


def _window(reading: Reading, direction: Direction, series: Series) -> tuple[Month, Month] | None:
    if not series.months:
        return None
    run = _RUN.search(reading.text)
    last = series.months[-1]
    if run:
        word = (run["n"] or run["n2"]).lower()
        end = next(
            (
                when.last
                for when in reading.points
                if when.is_month and re.search(r"\bto\s$", reading.text[: when.span[0]])
            ),
            last,
        )
        return end.plus(-(_RUNS.get(word) or int(word))), end
    windows = [when for when in reading.windows if when.role != "always"]
    if windows:
        index = reading.segment_of(direction.span)
        near = min(
            windows, key=lambda when: (abs(reading.segment_of(when.span) - index), when.span[0] < direction.span[0])
        )
        return _with_since(reading, near, series, direction)
    years = [when for when in reading.points if when.grain in ("year", "fy", "season")]
    if years:
        return years[0].first, min(years[0].last, last)
    anchor = _since_before(reading)
    return (anchor, last) if anchor else None


def _with_since(reading: Reading, window: When, series: Series, direction: Direction) -> tuple[Month, Month]:
    """'until August 2024, and has since fallen': the months after the window."""
    behind = direction.span[0] > window.span[0]
    if behind and window.role == "until" and re.search(r"\bsince\b", reading.text[window.span[1] :]):
        return window.last, series.months[-1]
    return max(window.first, series.months[0]), window.last


def _since_before(reading: Reading) -> Month | None:
    if not re.search(r"\bsince\b", reading.text):
        return None
    months = [when.first for when in reading.points if when.is_month]
    return months[0] if months else None


def _every_step(reading: Reading, series: Series, direction: Direction, sign: int) -> Weighed:
    window = _window(reading, direction, series) or (series.months[0], series.months[-1]) if series.months else None
    if window is None:
        return cannot("The series has no values", series.id)
    inside = series.within(*window)
    wrong = [(a, b) for a, b in pairwise(inside) if (b[1] - a[1]) * sign <= 0]
    if wrong:
        (before, was), (month, now) = wrong[0]
        why = f"Not every step: {before.label} {show(series.unit, was)} to {month.label} {show(series.unit, now)}"
        return Weighed(Verdict.FAILS, why, show_change(series.unit, now - was), series.id)
    if len(inside) < 2 or len(inside) < window[0].months_until(window[1]) + 1:
        known = f"{len(inside)} of {window[0].months_until(window[1]) + 1} months are known"
        return cannot(f"Every step is claimed, and {known}", series.id)
    (start, was), (end, now) = inside[0], inside[-1]
    ends = f"{start.label} {show(series.unit, was)} to {end.label} {show(series.unit, now)}"
    return Weighed(
        Verdict.HOLDS, f"Every step from {ends}", show_change(series.unit, inside[-1][1] - inside[0][1]), series.id
    )


_NO_CHANGE = re.compile(r"not change|unchanged|hardly|barely|little|the same|static", re.I)


def _unchanged(reading: Reading, series: Series, direction: Direction) -> Weighed | None:
    """'did not change between 2023-24 and 2024-25': the two ends, where the series is by year."""
    if series.months or not _NO_CHANGE.search(direction.text):
        return None
    for ends in ends_of(reading, direction.span, series):
        change = _change(series, ends)
        if change is not None and ends.sure:
            return _told(reading, series, ends, change, Verdict.FAILS if change else Verdict.HOLDS)
    return None


def _steady(reading: Reading, series: Series, direction: Direction) -> Weighed:
    """The range over the time: at most 5 points holds, more than 10 fails. Amounts: per cent of the first."""
    unchanged = _unchanged(reading, series, direction)
    if unchanged is not None:
        return unchanged
    if not series.months:
        return cannot("The series has no values", series.id)
    window = _window(reading, direction, series) or (series.months[-1].plus(-12), series.months[-1])
    inside = series.within(*window)
    if len(inside) < 2:
        return cannot("Fewer than two months are known", series.id)
    low, high = min(value for _, value in inside), max(value for _, value in inside)
    share = series.unit == "percent"
    spread = high - low if share else (high - low) * 100 / inside[0][1] if inside[0][1] else Decimal(100)
    shown = f"{show(series.unit, low)} to {show(series.unit, high)}"
    measure = "points" if share else "per cent"
    why = f"{inside[0][0].label} to {inside[-1][0].label}: {shown}, a range of {spread:.1f} {measure}"
    if spread <= STEADY_AT_MOST:
        return Weighed(Verdict.HOLDS, why, shown, series.id)
    if spread > UNSTEADY_ABOVE:
        return Weighed(Verdict.FAILS, why + "; more than 10", shown, series.id)
    return Weighed(Verdict.CANNOT_CHECK, why + "; between 5 and 10 the word is a matter of opinion", shown, series.id)


def _simple(reading: Reading, series: Series, direction: Direction, sign: int) -> Weighed:
    told = _by_stated_figures(reading, direction, sign, series)
    if told is not None:
        return told
    continues = bool(re.search(r"\b(?:continu\w+|still|is|are)\b[^.]{0,20}$", reading.text[: direction.span[0]]))
    window = _window(reading, direction, series)
    choices: tuple[Ends, ...] = (
        (Ends(*window),) if window and reading.windows else ends_of(reading, direction.span, series)
    )
    if window and not reading.windows:
        choices = (*choices, Ends(*window, sure=False))
    if _AGAIN.match(reading.text[direction.span[1] :]) and len(choices) > 1:
        choices = tuple(one for one in choices if _is_a_step(one)) or choices
    results = [(ends, change) for ends in choices if (change := _change(series, ends)) is not None]
    if not results:
        return cannot("There is no value at one of the two dates", series.id)
    agree = [change * sign > 0 for _, change in results]
    sure = results[0][0].sure
    if (sure and agree[0]) or (not sure and (all(agree) if continues else any(agree))):
        index = agree.index(True)
        return _told(reading, series, results[index][0], results[index][1], Verdict.HOLDS)
    if sure or not any(agree):
        return _told(reading, series, results[0][0], results[0][1], Verdict.FAILS)
    return cannot("On the month and on the year it went different ways", series.id)


_AGAIN = re.compile(r"\s(?:once )?again\b", re.I)


def _is_a_step(ends: Ends) -> bool:
    """From one month to the next."""
    return isinstance(ends.first, Month) and isinstance(ends.last, Month) and ends.first.plus(1) == ends.last


def _by_stated_figures(reading: Reading, direction: Direction, sign: int, series: Series) -> Weighed | None:
    """'rose from 5.1% to 20.2%', '... 40.2%, then fell to 35.8%': the figures themselves are judged one by one."""
    after = [n for n in reading.numbers if n.span[0] >= direction.span[1] and reading.role(n) in ("to", "from")]
    end = next((n for n in after if reading.role(n) == "to"), None)
    start = next((n for n in after if reading.role(n) == "from"), None) or _from_before(reading, direction, end)
    if end is not None and start is None and end.span[0] - direction.span[1] < 45:
        towards = _towards(reading, series, end, sign)
        if towards is not None:
            return towards
    if end is None or end.span[0] - direction.span[1] > 45 + (60 if start else 0):
        return None
    before = [n for n in reading.numbers if n.span[1] <= direction.span[0] and n.counts is end.counts]
    start = start or (before[-1] if before and reading.role(before[-1]) != "by" else None)
    if start is None or start.counts is not end.counts or start.low == end.low:
        return None
    right = (end.low - start.low) * sign > 0
    why = f"{start.text.strip()} to {end.text.strip()} in the same sentence"
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, "", series.id)


def _from_before(reading: Reading, direction: Direction, end: Number | None) -> Number | None:
    """'From 98.11% in January 2024 it rose to 98.76%.'"""
    before = [n for n in reading.numbers if n.span[1] <= direction.span[0]][-1:]
    fits_end = bool(before) and end is not None and before[0].counts is end.counts
    return before[0] if fits_end and reading.role(before[0]) == "from" else None


def _towards(reading: Reading, series: Series, end: Number, sign: int) -> Weighed | None:
    """'shrank to 6,975 in September 2024': down on the month before or on the year before."""
    when = reading.period_of(end).when
    value = series.points.get(when.first) if when and when.is_month else None
    if when is None or value is None:
        return None
    changes = [
        (ends, value - earlier)
        for ends in (Ends(when.first.plus(-1), when.first), Ends(when.first.plus(-12), when.first))
        if (earlier := series.points.get(ends.first)) is not None
    ]
    if not changes:
        return None
    right = [pair for pair in changes if pair[1] * sign > 0]
    ends, change = (right or changes)[0]
    return _told(reading, series, ends, change, Verdict.HOLDS if right else Verdict.FAILS)


def _change(series: Series, ends: Ends) -> Decimal | None:
    first, last = series.points.get(ends.first), series.points.get(ends.last)
    return None if first is None or last is None else last - first


def _told(reading: Reading, series: Series, ends: Ends, change: Decimal, verdict: Verdict) -> Weighed:
    first, last = series.points[ends.first], series.points[ends.last]
    why = f"{label(ends.first)} {show(series.unit, first)} to {label(ends.last)} {show(series.unit, last)}"
    notes = remarks(reading, series, ends, change) if verdict is Verdict.HOLDS else []
    return Weighed(verdict, "; ".join([why, *notes]), show_change(series.unit, change), series.id)


def _by_own_figures(reading: Reading, direction: Direction) -> Weighed | None:
    """'rose to 89.9% from 53.5%': the sentence's own two figures."""
    start = _role(reading, direction, "from")
    end = _role(reading, direction, "to")
    if start is None or end is None or start.counts is not end.counts or not direction.sign:
        return None
    right = (end.low - start.low) * direction.sign > 0
    why = f"{start.text.strip()} to {end.text.strip()} in the same sentence"
    return cannot(f"No series is behind it; {why}") if right else Weighed(Verdict.FAILS, why, "")


def _role(reading: Reading, direction: Direction, role: str) -> Number | None:
    found = [
        number for number in reading.numbers if reading.role(number) == role and number.span[0] > direction.span[0]
    ]
    return found[0] if found else None


TREND = Kind(
    name="trend",
    title="Which way, and how steadily",
    order=600,
    read=read,
    examples=(
        Example("The share of overdue annual reviews fell consistently between January 2024 and October 2024.", HOLDS),
        Example("The share of overdue annual reviews has fallen consistently since January 2024.", FAILS),
        Example("The share of overdue annual reviews remained relatively stable over the past twelve months.", FAILS),
        Example("The number of overdue annual reviews has risen since October 2024.", HOLDS),
    ),
)
