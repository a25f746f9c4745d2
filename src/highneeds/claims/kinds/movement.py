"""How a figure moved from one time to another: direction, size, both ends, how many times as much."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.judge.agreement import agrees, beyond
from highneeds.claims.judge.frame import SINCE_THEN, Frame, unit_of
from highneeds.claims.judge.shown import label, show, show_change, show_relative
from highneeds.claims.judge.verdict import Judgement, NotRead, Verdict
from highneeds.claims.kinds._kind import Facet, kind_of
from highneeds.claims.kinds.level import both_said, verdict_of
from highneeds.claims.language.lexicon import lexicon
from highneeds.claims.language.number import Counts, Number
from highneeds.claims.language.when import Stretch

TURNS = {"UP": 1, "MORE": 1, "DOWN": -1, "FEWER": -1, "FLAT": 0, "SAME_AS": 0}


def check(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    found = list(_checked(facets, frame))
    if any(one.verdict is Verdict.FAILS for one in found) and _compares_changes(facets, frame):
        raise NotRead("It may be the size of another change that this is compared with")
    yield from found


def _compares_changes(facets: Sequence[Facet], frame: Frame) -> bool:
    """'rose by 14 in May, one more than in April', 'compared with 13 in April': another rise may be meant."""

    def moved(before: Sequence[Facet]) -> bool:
        return any(one.role == "by" and one.item("UP", "DOWN", "BY") for one in before)

    roles = {one.role for one in facets if one.role != "start" or one.items[0].tag in ("COMPARED", "THAN")}
    if not frame.own_subject and frame.before and moved(frame.before.facets):
        return any(one.item("MORE", "FEWER") for one in facets)
    return moved(facets) and "start" in roles and "end" not in roles


def _checked(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    if {facet.role for facet in facets} == {"end"}:
        yield from _levels(facets, frame)
        return
    start, end = _ends(facets, frame)
    frame.start, frame.end = start, end
    sign = _said_sign(facets, frame)
    changed = [one for series in frame.subjects() if (one := _two_definitions(facets, frame, series, start, end))]
    if changed:
        yield changed[0]
        return
    if _denied(facets, frame):
        yield from _direction(facets, frame, start, end, sign, denied=True)
        return
    for facet in facets:
        if facet.role in ("start", "end", "crossed"):
            if facet.role == "crossed" and frame.stretch and frame.lead != "since":
                raise NotRead("It is not said at which month of the stretch it crossed the line")
            own = frame.time_of(facet)  # one month or year that stands beside it, and not the whole stretch
            beside = own if own and (own.is_month or own.year) else None
            when = beside or (start if facet.role == "start" else end)
            yield from _end(facet, frame, when, beyond if facet.role == "crossed" else agrees)
        elif facet.role in ("by", "times") and facet.number:
            yield from (_size(facet, number, frame, start, end, sign) for number in both_said(facet.number))
    frame.take(*(facet.items[0] for facet in facets if facet.role == "relative"))
    yield from _direction(facets, frame, start, end, sign)


def _denied(facets: Sequence[Facet], frame: Frame) -> bool:
    """'has not risen since August': a direction alone, denied."""
    denied = frame.of_role("not") if {facet.role for facet in facets} == {"direction"} else []
    frame.take(*(facet.items[0] for facet in denied))
    return bool(denied)


def _two_definitions(
    facets: Sequence[Facet], frame: Frame, series: EvidenceSeries, start: Stretch, end: Stretch
) -> Judgement | None:
    """A change from a printed total to a sum of parts, or back, compares two definitions."""
    parts = next((one.parts for one in frame.names.evidence.sums if one.whole == series.id), ())
    known = [one for one in frame.names.evidence.series if one.id in parts]
    lacking = [when for when in (start, end) if frame.period(series, when) not in series.points]
    if len(lacking) != 1 or not parts or len(known) != len(parts):
        return None
    when = frame.period(series, lacking[0])
    if any(when not in one.points for one in known):
        return None
    total = sum((one.points[when] for one in known), Decimal(0))
    facet = next((one for one in facets if one.role == "by"), facets[0])
    made = f"only parts that make {show(series.unit, total)}; the other end is a printed total"
    words = f"Two definitions: {label(when)} has no printed total, {made}"
    return Judgement(facet.span, Verdict.FAILS, words, (series.id,), show(series.unit, total))


def _levels(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    """'filled to 102.78%' names no movement: it is the figure at that time."""
    for facet in facets:
        when = frame.time_of(facet) or (frame.moments[-1] if frame.moments else frame.said_at)
        if when is None:
            raise NotRead("It is not said when")
        frame.end = when
        if facet.item("END_AT") and not frame.own:
            frame.firm = True  # "ended the period at" names the last month
        yield from _end(facet, frame, when)


def _ends(facets: Sequence[Facet], frame: Frame) -> tuple[Stretch, Stretch]:
    """The two times between which it moved."""
    if frame.back == SINCE_THEN:
        return _since_then(frame)
    role = {facet.role: frame.time_of(facet) for facet in facets if facet.time}
    start, end = _taken_over(frame, *_of_stretch(frame, *_beside(frame, role)))
    if end is None:
        raise NotRead("It is not said when")
    if start and start.last > end.last and _one_before_is_meant(facets, frame, start):
        raise NotRead("The month of that name before it is meant, not the one after")
    start = start or frame.default_start(end) or _undated_start(facets, frame, end)
    if start is None:
        raise NotRead("It is not said from when")
    if start.last == end.last or (start.last > end.last and not {"base", "start"} & set(role)):
        raise NotRead("The two times do not follow each other")
    return start, end


def _since_then(frame: Frame) -> tuple[Stretch, Stretch]:
    """From the end of what the clause before says to the latest month."""
    latest = frame.names.evidence.latest
    if frame.before is None or frame.before.end is None or frame.before.end.last >= latest:
        raise NotRead("It is not said when")
    return frame.before.end, Stretch(latest, latest)


def _beside(frame: Frame, role: Mapping[str, Stretch | None]) -> tuple[Stretch | None, Stretch | None, Stretch | None]:
    """(start, end, stretch) as they are said in the clause itself; a stretch in place of an end is no end."""
    if len(frame.moments) > 1:
        raise NotRead("More than one time is named and it is not said which is which")
    begun = frame.stretch.first if frame.stretch and frame.lead == "since" else None  # 'since September's 6,975'
    levels = [time for facet in frame.of_role("value", "only") if (time := frame.time_of(facet)) and time.last != begun]
    end = role.get("end") or next(iter([*levels, *frame.moments]), None)
    start = role.get("start") or role.get("base")
    whole = next((when for when in (end, role.get("by")) if when and not when.is_month and when.year is None), None)
    return (start, None, whole) if whole else (start, end, frame.stretch)


def _of_stretch(
    frame: Frame, start: Stretch | None, end: Stretch | None, stretch: Stretch | None
) -> tuple[Stretch | None, Stretch | None]:
    """The ends that are not said are those of the stretch that is named."""
    if frame.lead == "throughout":
        raise NotRead("It is said of every month of a stretch")
    if stretch is None or (stretch.year is not None and not stretch.begins):
        return start, end
    if stretch.year is None and start and end and (start.last, end.last) != (stretch.first, stretch.last):
        raise NotRead("The two times are not the ends of the stretch that is named")
    first = Stretch(stretch.first, stretch.first, stretch.begins)
    return start or first, end or Stretch(stretch.last, stretch.last, stretch.year)


def _taken_over(frame: Frame, start: Stretch | None, end: Stretch | None) -> tuple[Stretch | None, Stretch | None]:
    """It moved on from where the clause before ended, or between the same two times; else at the time taken over."""
    before = frame.before
    if start is None and before and before.end:
        same = end is None or (before.start is not None and end == before.end)
        start = before.start if same else before.end
        end = end or before.end
        if start is None and frame.said_at != end:
            start = frame.said_at
    return start, end or frame.said_at


def _one_before_is_meant(facets: Sequence[Facet], frame: Frame, start: Stretch) -> bool:
    """'from September to January 2025': there is a September before it, and the one after it was tried."""
    bare = [item for one in facets for item in one.items if item.when and item.when.shape == "bare"]
    named = any(frame.times.get(item.start) == start for item in bare)
    return named and start.last.plus(-12) >= frame.names.evidence.first


def _undated_start(facets: Sequence[Facet], frame: Frame, end: Stretch) -> Stretch | None:
    """'fell from 9,961 to 7,765 in January': the month before it that had the figure; any, where none had it."""
    facet = next((one for one in facets if one.role == "start" and one.number), None)
    if facet is None or facet.number is None or facet.number.number is None or not end.is_month:
        return None
    series = frame.series_for(facet.number.number)
    before = [month for month in series.months if month < end.last]
    having = [month for month in before if agrees(facet.number.number, series.points[month])]
    return Stretch((having or before)[-1], (having or before)[-1]) if before else None


def _said_sign(facets: Sequence[Facet], frame: Frame) -> int | None:
    """+1 up, -1 down, 0 unchanged, None where the text says none (or only better and worse)."""
    marks = [item for facet in facets for item in facet.items if item.tag in TURNS]
    signs = {TURNS[item.tag] for item in marks}
    if len(signs) > 1 or sum(facet.role == "direction" for facet in facets) > 1:
        raise NotRead("It says twice which way it moved")
    if signs:
        return signs.pop()
    turned = {item.tag for facet in facets for item in facet.items if item.tag in ("BETTER", "WORSE")}
    if len(turned) == 1:
        return better_sign(turned.pop(), frame)
    sizes = [facet.number.number for facet in facets if facet.role == "by" and facet.number]
    signed = next((one.text[0] for one in sizes if one and one.text.startswith(("+", "-"))), "")
    return {"-": -1, "+": 1}.get(signed)


def better_sign(tag: str, frame: Frame) -> int:
    """The way that 'improved' (BETTER) or 'worsened' means for what the clause is about."""
    good = {_good(series, frame) for series in frame.subjects()}
    if good == {"none"} or len(good) > 1:
        raise NotRead("Which way is better is not settled for this series")
    return (1 if good == {"up"} else -1) * (1 if tag == "BETTER" else -1)


def _good(series: EvidenceSeries, frame: Frame) -> str:
    """Up or down: by the catalogue, else where nobody would dispute it (fewer reviews overdue)."""
    known = [way for way, ideas in lexicon().better.items() if frame.ideas & ideas]
    return known[0] if series.good_direction == "none" and len(known) == 1 else series.good_direction


def of_several(found: Sequence[Judgement]) -> Judgement:
    """Of a count and a share, both named by the words: the count is meant ('refusals doubled'), and no sentence is
    accused that holds of the share."""
    if found[0].verdict is not Verdict.HOLDS and len({one.verdict for one in found}) > 1:
        raise NotRead("It is not said whether the count or the share is meant")
    return found[0]


def _end(
    facet: Facet, frame: Frame, when: Stretch, agreed: Callable[[Number, Decimal], bool | None] = agrees
) -> Iterator[Judgement]:
    """The level at one end; 'rose above 95%' says nothing of how far above."""
    assert facet.number is not None
    for number in both_said(facet.number):
        if number.counts in (Counts.TIMES, Counts.POINTS):
            raise NotRead("An end of a movement is a level")
        series = frame.series_for(number)
        value = frame.value(series, when)
        why = f"{label(frame.period(series, when))}: {show(series.unit, value)}"
        yield Judgement(facet.span, verdict_of(agreed(number, value)), why, (series.id,), show(series.unit, value))


def _size(facet: Facet, number: Number, frame: Frame, start: Stretch, end: Stretch, sign: int | None) -> Judgement:
    """The size of the change in the unit of the number; a percentage may be relative or in points."""
    if number.counts is Counts.TIMES:
        return _times(facet, number, frame, start, end)
    meant = frame.subjects() if number.counts is Counts.PERCENT else (frame.series_for(number),)
    return of_several([_sized(facet, number, frame, series, start, end, sign) for series in meant])


def _both_ends(frame: Frame, series: EvidenceSeries, start: Stretch, end: Stretch) -> tuple[Decimal, Decimal, str]:
    """The values at both ends, and the words that show them."""
    first, last = frame.value(series, start), frame.value(series, end)
    ends = ((frame.period(series, start), first), (frame.period(series, end), last))
    return first, last, ", ".join(f"{label(period)} {show(series.unit, value)}" for period, value in ends)


def _sized(
    facet: Facet, number: Number, frame: Frame, series: EvidenceSeries, start: Stretch, end: Stretch, sign: int | None
) -> Judgement:
    first, last, words = _both_ends(frame, series, start, end)
    change = last - first
    turned = sign is not None and sign != 0 and (change > 0) != (sign > 0) and change != 0
    size = abs(change)
    relative = abs(change) * 100 / first if first else None
    number = replace(number, value=abs(number.value), also=())
    in_relative_terms = any(one.role == "relative" for one in frame.facets)
    if unit_of(series) == "percent" and number.counts is Counts.PERCENT and not in_relative_terms:
        ways = [(agrees(number, size), f"{words}: percentage points, not per cent", show_change(series.unit, change))]
        if relative is not None:
            ways.append((agrees(number, relative), words, show_relative(first, last)))
        best = next((way for way in ways if way[0]), ways[0] if ways[0][0] is not None else ways[-1])
        agreed: bool | None = best[0] if any(way[0] for way in ways) or all(way[0] is False for way in ways) else None
        why, computed = best[1], best[2]
    elif number.counts is Counts.PERCENT:
        if relative is None:
            raise NotRead("It starts from zero, so there is no change in per cent")
        agreed, why, computed = agrees(number, relative), words, show_relative(first, last)
    else:
        agreed, why, computed = agrees(number, size), words, show_change(series.unit, change)
    if agreed and turned:
        agreed, why = False, f"{words}: it moved the other way"
    return Judgement(facet.span, verdict_of(agreed), why, (series.id,), computed)


def _times(facet: Facet, number: Number, frame: Frame, start: Stretch, end: Stretch) -> Judgement:
    verdicts = []
    for series in frame.subjects():
        first, last, words = _both_ends(frame, series, start, end)
        if not first:
            raise NotRead("It starts from zero, so there is no number of times")
        times = f"{last / first:.2f} times"
        agreed = verdict_of(agrees(number, last / first))
        verdicts.append(Judgement(facet.span, agreed, f"{words}: {times}", (series.id,), times))
    return of_several(verdicts)


def _direction(
    facets: Sequence[Facet], frame: Frame, start: Stretch, end: Stretch, sign: int | None, denied: bool = False
) -> Iterator[Judgement]:
    marked = [item for facet in facets for item in facet.items if item.tag in (*TURNS, "BETTER", "WORSE")]
    if sign is None or not marked:
        return
    span = marked[0].start, marked[0].end
    verdicts: list[Judgement] = []
    for series in frame.subjects():
        first, last, words = _both_ends(frame, series, start, end)
        change = last - first
        agreed = (change == 0 if sign == 0 else (change > 0) == (sign > 0) and change != 0) is not denied
        verdicts.append(Judgement(span, verdict_of(agreed), words, (series.id,), show_change(series.unit, change)))
    yield of_several(verdicts)


KIND = kind_of("movement", check, order=6)
