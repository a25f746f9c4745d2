"""In how many months something was so: every month, all but two, nine of twelve, the fourth running, only once.

What is so of a month is another kind's part of the clause: a limit ('above 100%') or a direction ('fell').
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.judge.agreement import beyond, is_limit
from highneeds.claims.judge.frame import Frame
from highneeds.claims.judge.shown import label, show
from highneeds.claims.judge.verdict import Judgement, NotRead, Verdict
from highneeds.claims.kinds._kind import Facet, kind_of
from highneeds.claims.kinds.level import verdict_of
from highneeds.claims.kinds.movement import better_sign, of_several
from highneeds.claims.language.number import Number
from highneeds.claims.language.tables import values
from highneeds.claims.language.when import Stretch
from highneeds.vocabulary.period import Month

SoByMonth = dict[Month, bool]


def check(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    if frame.joint or frame.pivoted:
        return
    in_all = [facet for facet in facets if facet.item("IN_MONTHS") or (facet.role == "count" and len(facet.items) == 2)]
    if in_all and any(one.role in ("start", "end", "by", "times", "crossed") for one in frame.facets):
        raise NotRead("It may be the months that a change took")
    frame.take(*(facet.items[0] for facet in facets), *(one.items[0] for one in frame.of_role("remain")))
    condition = _condition(frame)
    whole = next((time for facet in facets if (time := frame.time_of(facet)) and not time.is_month), None)
    begun = frame.own[0] if frame.own and frame.lead else None  # 'until January' where that is the first month
    stretch = _of_so_many(facets, frame) or whole or frame.stretch or begun or _since_before(facets, frame)
    found = [list(_of_series(facets, frame, series, condition, stretch)) for series in _series(frame)]
    yield from (of_several(same) for same in zip(*found, strict=True))


def _of_so_many(facets: Sequence[Facet], frame: Frame) -> Stretch | None:
    """'in each of the four months to May': four months, or four steps from one to the next."""
    items = [item for one in (*facets, *frame.facets) for item in one.items if item.when and item.start in frame.times]
    said = next((item for item in items if item.when and item.when.lead == "past" and item.when.first), None)
    if said is None or said.when is None or said.when.first is None or said.when.first.back < 2:
        return None
    last = frame.times[said.start].last
    return Stretch(last.plus(-said.when.first.back + (1 if _limits(frame) else 0)), last)


def _since_before(facets: Sequence[Facet], frame: Frame) -> Stretch | None:
    """'until August ..., and has since fallen every month to 25.2% in January': from there to here."""
    if any(facet.item("AFTER_THAT") for facet in facets):
        if frame.before is None or frame.before.end is None:
            raise NotRead("It is not said after what")
        return Stretch(frame.before.end.last, frame.names.evidence.latest)
    ends = [when for one in frame.of_role("end") if (when := frame.time_of(one)) and when.is_month]
    if frame.before is None or frame.before.end is None or len(ends) != 1:
        return None
    first = frame.before.end.last
    return Stretch(first, ends[0].last) if first < ends[0].last else None


def _series(frame: Frame) -> tuple[EvidenceSeries, ...]:
    limits = _limits(frame)
    if limits and limits[0].number and limits[0].number.number:
        return (frame.series_for(limits[0].number.number),)
    return frame.subjects()


def _limits(frame: Frame) -> list[Facet]:
    return [one for one in frame.facets if one.role in ("value", "only", "limit", "crossed") and one.number
            and one.number.number and (is_limit(one.number.number) or one.role == "limit")]  # fmt: skip


def _condition(frame: Frame) -> Callable[[Decimal, Decimal | None], bool | None]:
    """(value of a month, value of the month before) -> is it so?"""
    limits = _limits(frame)
    never = any(item.tag == "NEVER" for facet in frame.facets for item in facet.items)
    turning = [item for one in frame.facets if one.role in ("direction", "run") for item in one.items]
    turns = [item for item in turning if item.tag in ("UP", "DOWN", "BETTER", "WORSE")]
    if bool(limits) == bool(turns) or len(limits) > 1:
        raise NotRead("It is not said what was so in these months")
    if limits:
        facet = limits[0]
        assert facet.number is not None and facet.number.number is not None
        number: Number = facet.number.number
        if facet.role == "limit":
            number = number.hedged("well over" if facet.item("MORE") else "well under", number.text)
        frame.take(facet.items[0])
        return lambda value, before: beyond(number, value) is not never
    frame.take(*(one.items[0] for one in frame.facets if one.role == "direction"))
    sign = {"UP": 1, "DOWN": -1}.get(turns[0].tag) or better_sign(turns[0].tag, frame)
    return lambda value, before: None if before is None else ((value - before) * sign > 0) is not never


def _of_series(
    facets: Sequence[Facet], frame: Frame, series: EvidenceSeries,
    condition: Callable[[Decimal, Decimal | None], bool | None], stretch: Stretch | None,
) -> Iterator[Judgement]:  # fmt: skip
    so = dict(_so(series, condition))
    stretch = _steps(stretch) if stretch and not _limits(frame) else stretch
    excepted = _excepted(facets, frame)
    for facet in facets:
        if facet.role == "every" and not any(one.role == "but" for one in facets):
            yield _every(facet, series, _inside(so, _until(facet, frame, so) or stretch, excepted), excepted, facets)
        elif facet.role in ("count", "once", "but"):
            yield _counted(facet, series, _inside(so, stretch))
        elif facet.role == "run":
            yield _run(facet, frame, series, so)
        elif facet.role == "only_then":
            yield _only_then(facet, frame, series, _inside(so, None))
    if not any(facet.role in ROLES for facet in facets):
        raise NotRead("An exception is named, and not from what")


ROLES = ("every", "count", "once", "but", "run", "only_then")


def _until(facet: Facet, frame: Frame, so: SoByMonth) -> Stretch | None:
    """'in each month to January 2025': from the first one that is known; 'from November 2024': to the latest."""
    time = frame.time_of(facet) if facet.item("TO", "FROM") and so else None
    if time is None or not min(so) <= time.last <= max(so):
        return None
    return Stretch(min(so), time.last) if facet.item("TO") else Stretch(time.first, max(so))


def _steps(stretch: Stretch) -> Stretch:
    """The steps between the months of a stretch: from August to January there are five."""
    return stretch if stretch.is_month else Stretch(stretch.first.plus(1), stretch.last)


def _so(
    series: EvidenceSeries, condition: Callable[[Decimal, Decimal | None], bool | None]
) -> Iterator[tuple[Month, bool]]:
    for month in series.months:
        if (holds := condition(series.points[month], series.points.get(month.plus(-1)))) is not None:
            yield month, holds


def _inside(so: SoByMonth, stretch: Stretch | None, excepted: set[Month] | None = None) -> SoByMonth:
    """The months that are meant. A month in which nothing can be told (no month before it) is not one of them.

    excepted   what is said of every other month is wrong with one in which it was not so, whatever unknown ones had
    """
    if not so:
        raise NotRead("The series has too few months")
    first, last = (stretch.first, stretch.last) if stretch else (min(so), max(so))
    wanted = first.through(last)
    wrong = excepted is not None and any(so.get(month) is False and month not in excepted for month in wanted)
    if any(month not in so for month in wanted) and not wrong:
        raise NotRead("The series does not have every month that is meant")
    return {month: so[month] for month in wanted if month in so}


def _excepted(facets: Sequence[Facet], frame: Frame) -> set[Month]:
    items = [item for facet in facets if facet.role == "except" for item in facet.items if item.tag == "TIME"]
    said = [frame.times.get(item.start) for item in items]
    times = [each for one in said for each in (one.members or (one,) if one else (one,))]
    if any(one is None or not one.is_month for one in times):
        raise NotRead("It is not clear which months are excepted")
    return {one.last for one in times if one}


def _words(series: EvidenceSeries, months: Sequence[Month]) -> str:
    return "; ".join(f"{label(month)} {show(series.unit, series.points[month])}" for month in months[:4])


def _every(
    facet: Facet, series: EvidenceSeries, so: SoByMonth, excepted: set[Month], facets: Sequence[Facet]
) -> Judgement:
    if facet.number and facet.number.number and facet.number.number.value != len(so):
        raise NotRead(f"It is not said which {facet.number.text} months are meant")
    out = [month for month, holds in so.items() if not holds and month not in excepted]
    false_exception = [month for month in excepted if so.get(month, True)]
    agreed: bool | None = not out
    why = f"Not so: {_words(series, out)}" if out else f"So in every month from {label(min(so))} to {label(max(so))}"
    if false_exception and agreed:
        agreed, why = None, f"Also so in {_words(series, false_exception)}"
    end = facets[-1].items[-1].end if facets[-1].role == "except" else facet.items[-1].end
    return Judgement((facet.items[0].start, max(end, facet.items[-1].end)), verdict_of(agreed), why, (series.id,),
                     f"{len(so) - len([m for m, holds in so.items() if not holds])} of {len(so)} months")  # fmt: skip


def _counted(facet: Facet, series: EvidenceSeries, so: SoByMonth) -> Judgement:
    numbers = [item.number for item in facet.items if item.number]
    stated = numbers[0].value if numbers else Decimal(1)
    loose = facet.role == "count" and not facet.item("ONLY", "OF", "OF_MONTHS") and len(numbers) == 1
    true = [month for month, holds in so.items() if holds]
    if facet.role == "but":
        agreed: bool | None = len(so) - len(true) == stated
    elif len(numbers) == 2 and numbers[1].value != len(so):
        raise NotRead(f"The series has {len(so)} months to count, not {numbers[1].value}")
    else:
        agreed = len(true) == stated
    span, computed = (facet.items[0].start, facet.items[-1].end), f"{len(true)} of {len(so)} months"
    agreed = None if loose and not agreed else agreed  # or a run of so many months is meant
    return Judgement(
        span, verdict_of(agreed), f"So in {computed}: {_words(series, true)}"[:200], (series.id,), computed
    )


def _run(facet: Facet, frame: Frame, series: EvidenceSeries, so: SoByMonth) -> Judgement:
    ordinal = facet.item("ORD", "SECOND", "THIRD")
    number = facet.number
    steps = values("ordinals").index(ordinal.text.lower().rstrip("-")) + 1 if ordinal else 0
    steps = int(number.number.value) if number and number.number else steps
    at = (frame.moments[-1] if frame.moments else None) or frame.stretch or frame.end or frame.said_at
    if at is None:
        raise NotRead("It is not said when the run ended")
    if number and not frame.own and frame.before and frame.before.end:  # 'fell to ..., then rose for four months'
        at = Stretch(frame.before.end.last.plus(steps), frame.before.end.last.plus(steps))
    months = at.last.plus(1 - steps).through(at.last)
    if any(month not in so for month in months):
        raise NotRead("The series does not reach back far enough")
    out = [month for month in months if not so[month]]
    longer = so.get(at.last.plus(-steps))
    agreed: bool | None = False if out else None if ordinal and longer else True
    why = f"Not so: {_words(series, out)}" if out else f"So from {label(months[0])} to {label(months[-1])}"
    return Judgement((facet.items[0].start, facet.items[-1].end), verdict_of(agreed), why, (series.id,))


def _only_then(facet: Facet, frame: Frame, series: EvidenceSeries, so: SoByMonth) -> Judgement:
    said = [*frame.own, *(when for one in _limits(frame) if (when := frame.time_of(one)))]
    named = {one.last for when in said for one in when.members or (when,) if one.is_month}
    if not named:
        raise NotRead("It is not said in which months alone")
    last = max(named)
    frame.end = Stretch(last, last)
    others = [month for month, holds in so.items() if holds and month not in named]
    missing = [month for month in named if not so.get(month, False)]
    why = f"Not so: {_words(series, missing)}" if missing else "So in these months and no others"
    why = f"Also so: {_words(series, others)}" if others else why
    return Judgement(facet.span, Verdict.HOLDS if not others and not missing else Verdict.FAILS, why, (series.id,))


KIND = kind_of("months", check, order=1)
