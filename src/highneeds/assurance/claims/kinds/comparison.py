"""Two series set against each other: 'more requests were declined than agreed in March 2024'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.ends import ends_of
from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.subjects import Frame, names
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, label, show, softened
from highneeds.vocabulary.period import Month

_MORE = re.compile(
    r"\b(?:more|higher|greater|larger|dearer|costlier|bigger)\b(?=.*\bthan\b)|\b(?:outnumbered|exceeded"
    r"|overtook|outstripped|outweighed|above that (?:of|in|for)|were ahead of)\b",
    re.I,
)
_FEWER = re.compile(
    r"\b(?:fewer|less|lower|smaller|cheaper)\b(?=.*\bthan\b)|\b(?:were below|fell short of|trailed)\b", re.I
)
_THAN = re.compile(
    r"\bthan\b|\boutnumbered\b|\bexceeded\b|\bovertook\b|\boutstripped\b|\boutweighed\b|\bwere ahead of\b"
    r"|\bwere below\b|\bfell short of\b|\btrailed\b",
    re.I,
)
_OWN = ("decision", "age", "place", "way", "stage", "state", "topic", "spi")


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for pattern, side in ((_MORE, 1), (_FEWER, -1)):
        hit = pattern.search(reading.text)
        than = _THAN.search(reading.text, hit.start()) if hit else None
        if hit is None or than is None:
            continue
        pair = _pair(reading, than.span())
        if pair is not None:
            yield _judged(reading, *pair, side).at(hit.span())
            return
        yield from _over_time(reading, hit.span(), than.span(), side)


def _over_time(reading: Reading, word: Span, than: Span, side: int) -> Iterable[Judgement]:
    """'lower in January 2025 than a year earlier': one series at two dates, where no number says by how much."""
    after = [when for when in reading.points if when.span[0] >= than[1]]
    if reading.text[than[0] : than[1]].lower() != "than":
        return
    number = any(n.span[0] - 25 < word[0] < n.span[1] + 25 or than[1] <= n.span[0] for n in reading.numbers)
    if number or not after or len(reading.text[than[1] : after[0].span[0]].strip()) > 22:
        return
    says_share = any(name in reading.text.lower() for name in ("share", "percentage", "proportion", "rate"))
    series, firm = reading.series_about(word, Counts.PERCENT if says_share else None)
    found = []
    for one in series:
        for ends in ends_of(reading, word, one):
            first, last = one.points.get(ends.first), one.points.get(ends.last)
            if first is not None and last is not None:
                shown = f"{label(ends.first)} {show(one.unit, first)}, {label(ends.last)} {show(one.unit, last)}"
                right = (last - first) * side > 0
                found.append(
                    softened(
                        Weighed(Verdict.HOLDS if right else Verdict.FAILS, shown, shown, one.id), firm and ends.sure
                    )
                )
    if found and len({one.verdict for one in found}) == 1:
        yield found[0].at(word)


def _pair(reading: Reading, than: Span) -> tuple[Series, Series] | None:
    """The series named before 'than' and after it; what one side leaves out it shares with the other."""
    left, right = _side(reading, (0, than[0])), _side(reading, (than[1], len(reading.text)))
    if not any(feature in right and set(right[feature]) != set(left.get(feature, ())) for feature in _OWN):
        return None
    one = _series(reading, {**right, **left})
    other = _series(reading, {**left, **right})
    for first in one:
        for second in other:
            if first.unit == second.unit and first.id != second.id:
                return first, second
    return None


def _side(reading: Reading, span: Span) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for hit in reading.hits:
        if span[0] <= hit.span[0] < span[1]:
            found[hit.feature] = (*found.get(hit.feature, ()), hit.value)
    return found


def _series(reading: Reading, features: dict[str, tuple[str, ...]]) -> tuple[Series, ...]:
    frame = Frame(
        {key: tuple((value, 0) for value in values) for key, values in features.items()}, reading.text, frozenset()
    )
    counts = reading.numbers[0].counts if reading.numbers else None
    share = any(word in reading.text.lower() for word in ("percentage", "proportion", "share of", "rate"))
    wanted = Counts.PERCENT if counts is Counts.PERCENT or (counts is None and share) else None
    found = [
        (len(naming.needs), series)
        for series, naming in reading.subjects.series
        if series.kind == "indicator" and names(naming, frame, naming.needs)
    ]
    ranked = sorted(
        found, key=lambda item: (-item[0], (item[1].unit == "percent") != (wanted is Counts.PERCENT), item[1].id)
    )
    return tuple(series for _, series in ranked)


def _judged(reading: Reading, one: Series, other: Series, side: int) -> Weighed:
    months = _months(reading, one, other)
    if not months:
        return cannot("The two series share no month that the text names", f"{one.id} {other.id}")
    wrong = [m for m in months if (one.points[m] - other.points[m]) * side <= 0]
    month = wrong[0] if wrong else months[-1]
    shown = f"{show(one.unit, one.points[month])} against {show(other.unit, other.points[month])}"
    verdict = Verdict.FAILS if wrong else Verdict.HOLDS
    return Weighed(verdict, f"{label(month)}: {shown}", shown, f"{one.id} {other.id}")


def _months(reading: Reading, one: Series, other: Series) -> list[Month]:
    shared = [month for month in one.months if month in other.points]
    spans: list[When] = [when for when in reading.whens if when.grain != "now"]
    if not spans:
        return shared[-1:]
    windows = [when for when in spans if when.grain == "window"] or spans
    return [month for month in shared if any(when.first <= month <= when.last for when in windows)]


COMPARISON = Kind(
    name="comparison",
    title="Two series set against each other",
    order=440,
    read=read,
    examples=(
        Example("More requests for assessment were declined than agreed in March 2024.", HOLDS, "More"),
        Example("More requests for assessment were agreed than declined in March 2024.", FAILS, "more"),
    ),
)
