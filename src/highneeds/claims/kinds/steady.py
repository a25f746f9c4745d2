"""Little or no movement over a stretch: 'relatively consistent over the year'; and shares said in a word: 'most'."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.judge.agreement import STEADY_FAILS, STEADY_HOLDS
from highneeds.claims.judge.frame import Frame
from highneeds.claims.judge.shown import label, show
from highneeds.claims.judge.verdict import Judgement, NotRead
from highneeds.claims.kinds._kind import Facet, kind_of
from highneeds.claims.kinds.level import verdict_of
from highneeds.claims.kinds.movement import of_several
from highneeds.claims.language.when import Stretch

HALF = Decimal(50)


def check(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    frame.take(*(one.items[0] for one in frame.of_role("remain")))
    for facet in facets:
        if facet.role == "most":
            yield _most(facet, frame)
            continue
        yield of_several([_steady(facet, frame, series) for series in frame.subjects()])


def _steady(facet: Facet, frame: Frame, series: EvidenceSeries) -> Judgement:
    stretch = frame.stretch or next((one for one in frame.times.values() if not one.is_month), None)
    if stretch is None and series.months and not frame.moments:
        stretch = Stretch(series.months[0], series.months[-1])
    if stretch is None:
        raise NotRead("It is not said over what time")
    months = frame.months(series, stretch)
    values = [value for _, value in months]
    spread = max(values) - min(values)
    if series.unit != "percent":
        if not values[0]:
            raise NotRead("It starts from zero")
        spread = spread * 100 / values[0]
    agreed = True if spread <= STEADY_HOLDS else False if spread > STEADY_FAILS else None
    between = f"between {show(series.unit, min(values))} and {show(series.unit, max(values))}"
    words = f"From {label(stretch.first)} to {label(stretch.last)} {between}"
    return Judgement(facet.span, verdict_of(agreed), words, (series.id,), f"range {spread:.1f}")


def _most(facet: Facet, frame: Frame) -> Judgement:
    series = frame.by_unit.get("percent")
    when = (frame.moments or ((frame.said_at,) if frame.said_at else ()))[-1:]
    if series is None or not when or when[0] is None:
        raise NotRead("No share is named, or no month")
    value = frame.value(series, when[0])
    frame.end = frame.end or when[0]
    words = f"{label(when[0].last)}: {show(series.unit, value)}"
    agreed = value > HALF if facet.items[0].tag == "MAJORITY" else value < HALF
    return Judgement(facet.span, verdict_of(agreed), words, (series.id,), show(series.unit, value))


KIND = kind_of("steady", check, order=4)
