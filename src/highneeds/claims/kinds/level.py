"""A figure at a time: '7,765 annual reviews were overdue in January 2025', 'above 100% in July and August'."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.judge.agreement import agrees, beyond, is_limit
from highneeds.claims.judge.frame import FLOWS, Frame, unit_of
from highneeds.claims.judge.shown import label, show
from highneeds.claims.judge.verdict import Judgement, NotRead, Verdict
from highneeds.claims.kinds._kind import Facet, kind_of
from highneeds.claims.language.items import Item
from highneeds.claims.language.number import Counts, Hedge, Number
from highneeds.claims.language.when import Stretch
from highneeds.vocabulary.period import Month


def verdict_of(agreed: bool | None) -> Verdict:
    return Verdict.CANNOT_CHECK if agreed is None else Verdict.HOLDS if agreed else Verdict.FAILS


def both_said(item: Item) -> tuple[Number, ...]:
    """A number and the one in brackets behind it."""
    assert item.number is not None
    return (item.number, *item.number.also)


def check(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    for facet in facets:
        if facet.role == "part":
            yield from _part_of(facet, frame)
    levels = [facet for facet in facets if facet.role in ("value", "only", "limit")]
    if not _each_its_own(levels):
        raise NotRead("Several figures stand side by side and it is not said which belongs to which time")
    for facet in levels:
        assert facet.number is not None
        for number in both_said(facet.number):
            number = _with_limit(facet, number)
            if number.counts in (Counts.TIMES, Counts.POINTS):
                raise NotRead("It is not said what this is compared with")
            judged = _held(facet, number, frame)
            if judged.verdict is Verdict.FAILS and _after_another(number, frame):
                raise NotRead("It is not said what this figure is beside the one before it")
            if judged.verdict is Verdict.FAILS and _elsewhere(facet, frame):
                raise NotRead("It is not said of which time or of what this figure is")
            yield judged


def _after_another(number: Number, frame: Frame) -> bool:
    """'rose by 0.1% in October, 0.9% in November', '7,765 actual, 7,000 plan': a figure without a subject of its own
    may be a change as the one before it is; without another time it is another thing than the one before it."""
    apart = frame.own and not (frame.before and frame.moments[-1:] == (frame.before.end,))
    roles = ("by",) if apart or any(facet.time for facet in frame.facets) else ("by", "value", "only", "end")
    facets = frame.before.facets if frame.before and not frame.own_subject else ()
    before = [one.number.number for one in facets if one.role in roles and one.number]
    return any(one is not None and one.counts is number.counts for one in before)


def _elsewhere(facet: Facet, frame: Frame) -> bool:
    """'fell ... between May and July; it had been 85' may be of either end; 'the number was about half of May's'."""
    before = frame.before if not (frame.own or facet.time or frame.own_subject) else None
    several = before is not None and (before.start is not None or len({*before.times.values()}) > 1
                                      or any(not one.is_month for one in before.times.values()))  # fmt: skip
    first = facet.number.number if facet.number else None
    return several or ("number" in frame.ideas and first is not None and first.counts is Counts.PERCENT)


def _part_of(facet: Facet, frame: Frame) -> Iterator[Judgement]:
    """'219 of the 429 requests decided (51%) were agreed': the part, its whole, and the share."""
    part, whole = facet.items[0], facet.items[-1]
    assert part.number is not None and whole.number is not None
    series = frame.series_for(part.number)
    shared = next((one for one in frame.names.evidence.together if series.id in (one.one, one.other)), None)
    total = frame.names.evidence.series_named(shared.id) if shared else None
    if total is None or frame.of_role("not"):
        raise NotRead("The whole of which this is a part is no series of the workspace")
    when = next(_moments(frame))
    frame.end = frame.end or when
    for item, one in ((part, series), (whole, total)):
        assert item.number is not None
        value = frame.value(one, when)
        words = f"{label(frame.period(one, when))}: {show(one.unit, value)}"
        yield Judgement(item.span, verdict_of(agrees(item.number, value)), words, (one.id,), show(one.unit, value))
    for number in (*part.number.also, *whole.number.also):
        exact = frame.value(series, when) * 100 / frame.value(total, when)
        why = f"The share is {exact:.1f}%"
        yield Judgement(part.span, verdict_of(agrees(number, exact)), why, (series.id,), f"{exact:.1f}%")


def _each_its_own(levels: list[Facet]) -> bool:
    """Has each figure its own time, or do they say one thing in several ways ('just over half ... (50.1%)')?"""
    timed = {facet.time.start for facet in levels if facet.time}
    exact = [one.number.number.counts for one in levels if one.number and one.number.number and not is_loose(one)]
    return len(levels) < 2 or len(timed) == len(levels) or (len(timed) < 2 and len(set(exact)) == len(exact))


def is_loose(facet: Facet) -> bool:
    number = facet.number.number if facet.number else None
    return number is not None and (number.is_fraction or number.hedge is not Hedge.EXACT)


def _with_limit(facet: Facet, number: Number) -> Number:
    """'higher than 7,000' is a limit as 'over 7,000' is."""
    mark = facet.item("MORE", "FEWER")
    return number if mark is None else number.hedged("well over" if mark.tag == "MORE" else "well under", number.text)


def _held(facet: Facet, number: Number, frame: Frame) -> Judgement:
    series = frame.series_for(number)
    own = frame.time_of(facet) or _shared_time(facet, frame)
    listed = frame.stretch.members if frame.stretch else ()
    if own is None and frame.stretch and not (listed or frame.moments or frame.of_role("direction", "by", "start")):
        return _over(facet, number, series, frame, frame.stretch)
    if own is None and number.high is not None and not frame.own and not frame.firm and series.months:
        return _over(facet, number, series, frame, Stretch(series.months[0], series.months[-1]))
    whens = list(own.members or (own,)) if own else list(_moments(frame))
    if own and not own.is_month and own.year is None and not own.members:
        return _over(facet, number, series, frame, own)
    summed = frame.of_role("total")
    if summed and len(whens) > 1:
        if not (unit_of(series) == "count" and frame.ideas & FLOWS):
            raise NotRead("These cannot be added up")
        total = sum((frame.value(series, when) for when in whens), Decimal(0))
        frame.take(*(one.items[0] for one in summed))
        return Judgement(
            facet.span, verdict_of(agrees(number, total)), f"Together {total:,}", (series.id,), f"{total:,}"
        )
    frame.take(*(one.items[0] for one in summed))
    if "avg_cost" in frame.ideas:
        frame.take(*(one.items[0] for one in frame.of_role("average", "rate")))
    values = [frame.value(series, when) for when in whens]
    if any(0 <= facet.span[0] - one.items[0].end < 3 for one in frame.of_role("not")):
        raise NotRead("It says what the figure is not")
    if frame.of_role("not") and series.unit == "percent":  # 62.5% were not overdue
        frame.take(*(one.items[0] for one in frame.of_role("not")))
        values = [100 - value for value in values]
    each = len(values) > 1 and is_limit(number)  # 'more than 60 in October and November' says not how far above
    agreed = all_of([beyond(number, value) if each else agrees(number, value) for value in values])
    frame.end = frame.end or whens[-1]
    shown = "; ".join(f"{label(frame.period(series, when))}: {show(series.unit, value)}"
                      for when, value in zip(whens, values, strict=True))  # fmt: skip
    return Judgement(facet.span, verdict_of(agreed), shown, (series.id,), show(series.unit, values[-1]))


def _touched(number: Number, values: list[Decimal]) -> bool:
    """'Ranged from 98.11% to 100.42%' names the lowest and the highest; 'stayed between 90% and 105%' only limits."""
    assert number.high is not None
    slack = (number.loose if number.hedge is Hedge.ABOUT else number.step) / 2
    return abs(min(values) - number.value) <= slack and abs(max(values) - number.high) <= slack


def _shared_time(facet: Facet, frame: Frame) -> Stretch | None:
    """The time of the other figure that says the same in another way."""
    others = [when for one in frame.facets if one.role == facet.role and (when := frame.time_of(one))]
    return others[0] if len(others) == 1 else None


def _moments(frame: Frame) -> Iterator[Stretch]:
    listed = [one for when in frame.own for one in when.members]
    if listed:
        yield from listed
    elif frame.moments:
        if len({*frame.moments}) > 1:
            raise NotRead("More than one time is named")
        yield frame.moments[0]
    elif frame.stretch:
        yield Stretch(frame.stretch.last, frame.stretch.last, frame.stretch.year)
    elif frame.said_at:
        yield frame.said_at
    else:
        raise NotRead("It is not said when")


def all_of(agreed: list[bool | None]) -> bool | None:
    return True if all(agreed) else False if False in agreed else None


def _over(facet: Facet, number: Number, series: EvidenceSeries, frame: Frame, when: Stretch) -> Judgement:
    """Over a stretch of months: their total, their average, or a limit that each of them keeps."""
    if when.year is not None and when.year in series.points:
        value, shown = series.points[when.year], show(series.unit, series.points[when.year])
        return Judgement(facet.span, verdict_of(agrees(number, value)), f"{when.year}: {shown}", (series.id,), shown)
    lead = frame.lead or (facet.time.when.lead if facet.time and facet.time.when else "")
    totals, averages = frame.of_role("total"), frame.of_role("average")
    steady = any(one.role == "steady" for one in frame.facets) and not totals
    said_of_each = lead or number.high is not None or frame.of_role("every", "remain")
    keeps = bool(is_limit(number) and not totals and said_of_each)
    adds_up = unit_of(series) == "count" and bool(frame.ideas & FLOWS) and not frame.of_role("every", "remain")
    summed = totals or averages or (adds_up and not steady and not keeps)
    if lead == "past" and summed and not when.within:  # the twelve months to January 2025 begin with February 2024
        when = Stretch(when.first.plus(1), when.last)
    months = frame.months(series, when)
    values = [value for _, value in months]
    words = f"{label(when.first)} to {label(when.last)}"
    if averages:
        frame.take(*(facet.items[0] for facet in (*averages, *frame.of_role("rate"))))
        value = sum(values, Decimal(0)) / len(values)
        why = f"The average of {words} is {value:,.1f}"
        return Judgement(facet.span, verdict_of(agrees(number, value)), why, (series.id,), f"{value:,.1f}")
    if steady:
        near = all_of([agrees(number, value) for value in values])
        shown = f"{show(series.unit, min(values))} to {show(series.unit, max(values))}"
        return Judgement(facet.span, verdict_of(near), f"{words}: {shown}", (series.id,), shown)
    if keeps:
        return _kept(facet, number, series, frame, months, lead)
    if adds_up:
        frame.take(*(facet.items[0] for facet in totals))
        value = sum(values, Decimal(0))
        made = f"{words} make {value:,}"
        return Judgement(facet.span, verdict_of(agrees(number, value)), made, (series.id,), f"{value:,}")
    raise NotRead("It is not said at which month of the stretch the figure stood")


def _kept(
    facet: Facet,
    number: Number,
    series: EvidenceSeries,
    frame: Frame,
    months: tuple[tuple[Month, Decimal], ...],
    lead: str,
) -> Judgement:
    """A limit that each of the months keeps."""
    remains = bool(frame.of_role("remain"))
    frame.take(*(one.items[0] for one in frame.of_role("every", "remain")))
    (first, _), (last, _), values = months[0], months[-1], [value for _, value in months]
    out = [(month, value) for month, value in months if not beyond(number, value)]
    frame.end = frame.end or Stretch(last, last)
    if lead == "since" and [month for month, _ in out] == [first]:
        raise NotRead("It is not said whether the month with which it begins is meant")
    shown = "; ".join(f"{label(month)} {show(series.unit, value)}" for month, value in out[:3])
    why = f"Outside it: {shown}" if out else f"Every month from {label(first)} to {label(last)} keeps to it"
    computed = f"{show(series.unit, min(values))} to {show(series.unit, max(values))}"
    inside = True if number.high is None or remains or _touched(number, values) else None
    return Judgement(facet.span, verdict_of(False if out else inside), why, (series.id,), computed)


KIND = kind_of("level", check, order=8)
