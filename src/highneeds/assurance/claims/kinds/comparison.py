"""Two series set against each other: 'more requests were declined than agreed in March 2024'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.ends import ends_of
from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.monthly import steps_of
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.pairs import FEWER, MORE, THAN, pair_around
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, label, show, softened
from highneeds.vocabulary.period import Month


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    yield from _against_a_month(reading)
    for pattern, side in ((MORE, 1), (FEWER, -1)):
        hit = pattern.search(reading.text)
        than = THAN.search(reading.text, hit.start()) if hit else None
        if hit is None or than is None:
            continue
        pair = pair_around(reading, than.span())
        if pair is not None:
            yield _judged(reading, *pair, side).at(hit.span())
            return
        yield from _over_time(reading, hit.span(), than.span(), side)


_EACH = re.compile(r"\b(?:each|every) month\b", re.I)


def _each_step(reading: Reading, word: Span, side: int) -> Iterable[Judgement]:
    """'Each month from September on, fewer were without a place than the month before.'"""
    series, firm = reading.series_about(word, None)
    months = [when for when in reading.points if when.is_month and when.role != "earlier"]
    for one in series[:1]:
        steps = steps_of(one, side)
        if not steps:
            continue
        first = months[0].first if months else min(steps)
        inside = {month: right for month, right in steps.items() if month >= first}
        wrong = [month.label for month, right in sorted(inside.items()) if not right]
        why = f"Not so in {', '.join(wrong[:4])}" if wrong else f"So in all {len(inside)} months from {first.label}"
        yield softened(Weighed(Verdict.FAILS if wrong else Verdict.HOLDS, why, "", one.id), firm).at(word)


_THAT_OF = re.compile(
    r"\b(?P<side>above|below|over|under|higher than|lower than|more than|fewer than|less than) (?:that"
    r"|those|the (?:level|figure|number)|its"
    r" (?:level|value)|where it (?:was|stood|had been))(?: (?:of|in|for|at(?: the end of)?))? $",
    re.I,
)


def _against_a_month(reading: Reading) -> Iterable[Judgement]:
    """'is back above that of June 2024 (7,855)': one series at a month and at the one it is set against."""
    for when in reading.points:
        hit = _THAT_OF.search(reading.text[: when.span[0]]) if when.is_month else None
        if hit is None:
            continue
        side = 1 if hit["side"].lower().split()[0] in ("above", "over", "higher", "more") else -1
        others = [one for one in reading.points if one.is_month and one.first != when.first]
        near = [n for n in reading.numbers if n.span[1] <= hit.start()]
        series, firm = reading.series_about(hit.span(), near[-1].counts if near else None)
        for one in series[:1]:
            last = others[0].first if others else one.months[-1] if one.months else None
            was, now = one.points.get(when.first), one.points.get(last) if last else None
            if was is not None and now is not None and last is not None:
                shown = f"{label(when.first)} {show(one.unit, was)}, {label(last)} {show(one.unit, now)}"
                verdict = Verdict.HOLDS if (now - was) * side > 0 else Verdict.FAILS
                yield softened(Weighed(verdict, shown, shown, one.id), firm).at((hit.start("side"), hit.end("side")))


def _over_time(reading: Reading, word: Span, than: Span, side: int) -> Iterable[Judgement]:
    """'lower in January 2025 than a year earlier': one series at two dates, where no number says by how much."""
    after = [when for when in reading.points if when.span[0] >= than[1]]
    if reading.text[than[0] : than[1]].lower() != "than":
        return
    if _EACH.search(reading.text) and after and after[0].role == "earlier" and "month" in after[0].text.lower():
        yield from _each_step(reading, word, side)
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
