"""The highest or lowest of a stretch: 'the lowest since March', 'peaked at 1,259 in August 2024'."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.judge.agreement import agrees
from highneeds.claims.judge.frame import Frame
from highneeds.claims.judge.shown import label, show
from highneeds.claims.judge.verdict import Judgement, NotRead
from highneeds.claims.kinds._kind import Facet, kind_of
from highneeds.claims.kinds.level import both_said, verdict_of
from highneeds.claims.kinds.movement import of_several
from highneeds.claims.language.when import Stretch
from highneeds.vocabulary.period import Month


def check(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    if len(facets) > 1:
        raise NotRead("Two extremes are named in one clause")
    facet = facets[0]
    ends = [one.items[0].start for one in frame.of_role("end")]
    if any(start > facet.items[0].start for start in ends) and not frame.of_role("direction", "by"):
        raise NotRead("It is not said of which end this is")  # 'fell from 9,961, the highest, to 6,975'
    time = frame.time_of(facet)
    at = _month(facet, frame, time)
    frame.end = frame.end or at
    for number in both_said(facet.number) if facet.number else ():
        series = frame.series_for(number)
        value = frame.value(series, at)
        yield Judgement(facet.span, verdict_of(agrees(number, value)), f"{label(at.last)}: {show(series.unit, value)}",
                        (series.id,), show(series.unit, value))  # fmt: skip
    yield of_several([_placed(facet, frame, series, time, at) for series in frame.subjects()])


def _month(facet: Facet, frame: Frame, time: Stretch | None) -> Stretch:
    """The month of which it is said."""
    levels = [when for one in frame.of_role("value", "only", "end", "base", "start") if (when := frame.time_of(one))]
    levels = [when for when in levels if not (time and _is_open(facet, frame) and when.last == time.first)]
    own = [one for one in ([time] if time else []) + levels + list(frame.moments) if one.is_month]
    at = own[0] if own else frame.end or frame.said_at
    if at is None or not at.is_month or len({*own}) > 1:
        raise NotRead("It is not said in which month")
    return at


def _placed(facet: Facet, frame: Frame, series: EvidenceSeries, time: Stretch | None, at: Stretch) -> Judgement:
    mark = next(item for item in facet.items if item.tag in ("HIGH", "LOW"))
    rank = next((place for tag, place in (("SECOND", 2), ("THIRD", 3)) if facet.item(tag)), 1)
    months = _compared(frame, series, time, at, _is_open(facet, frame))
    value = frame.value(series, at)
    ahead = [other for _, other in months if (other > value if mark.tag == "HIGH" else other < value)]
    level = [month for month, other in months if other == value and month != at.last]
    best = (max if mark.tag == "HIGH" else min)(months, key=lambda item: item[1])
    words = f"{mark.text.lower()} is {show(series.unit, best[1])} in {label(best[0])}"
    agreed: bool | None = len(ahead) == rank - 1
    if level and agreed:
        agreed, words = None, f"{label(level[0])} is level with it"
    place = mark.start if facet.number else facet.items[0].start
    computed = f"{label(best[0])}: {show(series.unit, best[1])}"
    return Judgement((place, mark.end), verdict_of(agreed), words, (series.id,), computed)


def _is_open(facet: Facet, frame: Frame) -> bool:
    """'since March', 'for a year': the month with which the stretch begins is not one of those compared."""
    lead = facet.time.when.lead if facet.time and facet.time.when else frame.lead
    return lead in ("since", "past")


def _compared(
    frame: Frame, series: EvidenceSeries, time: Stretch | None, at: Stretch, since: bool
) -> tuple[tuple[Month, Decimal], ...]:
    if since and time and time.is_month:
        raise NotRead("It is not said in which month")
    stretch = time if time and not time.is_month else frame.stretch
    if stretch is None:
        if not series.months:
            raise NotRead("The series has no months")
        stretch = Stretch(series.months[0], series.months[-1])
    first = stretch.first.plus(1) if since else stretch.first
    last = max(stretch.last, at.last) if since else stretch.last
    if not first <= at.last <= last:
        raise NotRead("The month does not lie in the stretch that is named")
    return frame.months(series, Stretch(first, last))


KIND = kind_of("extremum", check, order=7)
