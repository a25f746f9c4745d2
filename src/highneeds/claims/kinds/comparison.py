"""One series beside another at one time: more, twice as many, a gap of so much."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.judge.agreement import agrees
from highneeds.claims.judge.frame import UNIT, Frame, unit_of
from highneeds.claims.judge.shown import label, show, show_change
from highneeds.claims.judge.verdict import Judgement, NotRead
from highneeds.claims.kinds._kind import Facet, kind_of
from highneeds.claims.kinds.level import all_of, verdict_of
from highneeds.claims.language.items import Item
from highneeds.claims.language.number import Counts, Number
from highneeds.claims.language.when import Stretch


def check(facets: Sequence[Facet], frame: Frame) -> Iterator[Judgement]:
    if not frame.joint:
        raise NotRead("It is not said what this is compared with")
    if not frame.compared and not facets:
        if frame.joint == "COMPARED":
            return
        raise NotRead("It is not said how the two compare")
    if frame.before and any(one.item("UP", "DOWN", "BETTER", "WORSE") for one in frame.before.facets):
        raise NotRead("It may be how far the two moved that is compared, and not where they stood")
    pairs = list(_pairs(frame))
    whens = list(_whens(frame))
    said = [*frame.compared, *facets]
    gap = next((facet for facet in said if facet.role == "gap"), None)
    if gap:
        yield _gap(gap, frame, pairs, whens)
        return
    for facet in said:
        found = [_held(facet, frame, one, other, whens) for one, other in _in_unit(facet, pairs)]
        if len({one.verdict for one in found}) > 1:
            raise NotRead("Counts and shares compare differently, and it is not said which is meant")
        yield found[0]


def _pairs(frame: Frame) -> Iterator[tuple[EvidenceSeries, EvidenceSeries]]:
    before = frame.before.by_unit if frame.before else {}
    shared = [unit for unit in before if unit in frame.by_unit and before[unit] != frame.by_unit[unit]]
    if not shared:
        raise NotRead("The two are not in one unit")
    yield from ((before[unit], frame.by_unit[unit]) for unit in shared)


def _in_unit(
    facet: Facet, pairs: list[tuple[EvidenceSeries, EvidenceSeries]]
) -> list[tuple[EvidenceSeries, EvidenceSeries]]:
    """'115 more' is of two counts, '38.4 points more' of two shares; '20% more' and 'twice' may be of either."""
    wanted = UNIT.get(facet.number.said.counts) if facet.number else None
    own = [pair for pair in pairs if unit_of(pair[0]) == wanted]
    if wanted is None or (facet.number and facet.number.said.counts is Counts.PERCENT):
        return pairs
    if not own:
        raise NotRead("The two are not in the unit of this figure")
    return own


def _whens(frame: Frame) -> Iterator[Stretch]:
    """The one month, or every month of the stretch where it is said of each."""
    before = frame.before
    assert before is not None
    levels = [when for one in (*frame.facets, *before.facets) if (when := frame.time_of(one) or before.time_of(one))]
    own = [*frame.moments, *before.moments, *levels]
    held = [when for when in (*frame.times.values(), *before.times.values()) if not when.is_month]
    stretch = frame.stretch or before.stretch or next(iter(held), None)
    every = [facet for facet in (*frame.facets, *before.facets) if facet.role in ("every", "remain")]
    frame.take(*(facet.items[0] for facet in every))
    if own and not every:
        if len({*own}) > 1:
            raise NotRead("More than one time is named")
        yield own[0]
    elif stretch and stretch.year is None and (every or frame.lead in ("throughout", "since") or before.lead):
        yield from (Stretch(month, month) for month in stretch.first.through(stretch.last))
    elif frame.said_at and not stretch:
        yield frame.said_at
    else:
        raise NotRead("It is not said when the two are compared")


def _held(facet: Facet, frame: Frame, one: EvidenceSeries, other: EvidenceSeries, whens: list[Stretch]) -> Judgement:
    number = facet.number
    mark = facet.item("MORE", "FEWER", "OUTNUMBER", "TRAIL")
    agreements: list[bool | None] = []
    words, computed = "", ""
    for when in whens:
        left, right = frame.value(one, when), frame.value(other, when)
        if number and number.number:
            agreed, computed = _size(number.number, mark, one, left, right)
        elif mark:
            agreed, computed = _as_marked(mark, left - right), show_change(one.unit, left - right)
        else:
            raise NotRead("It is not said how the two compare")
        agreements.append(agreed)
        if not words or (agreed is False and agreements.count(False) == 1):
            words = f"{label(when.last)}: {show(one.unit, left)} and {show(other.unit, right)}"
    return Judgement(facet.span, verdict_of(all_of(agreements)), words, (one.id, other.id), computed)


def _size(
    number: Number, mark: Item | None, one: EvidenceSeries, left: Decimal, right: Decimal
) -> tuple[bool | None, str]:
    if number.counts is Counts.TIMES:
        if not right:
            raise NotRead("The other is zero, so there is no number of times")
        return agrees(number, left / right), f"{left / right:.2f} times"
    difference = left - right
    if number.counts is Counts.PERCENT and one.unit != "percent":
        difference = difference * 100 / right if right else difference
    near = agrees(number, abs(difference))
    agreed = near if near is None or _as_marked(mark, difference) else False
    return agreed, show_change(one.unit, left - right)


def _as_marked(mark: Item | None, difference: Decimal) -> bool:
    """'fewer' and 'trails' say that the first is the smaller; every other mark, that it is the larger."""
    return difference < 0 if mark and mark.tag in ("FEWER", "TRAIL") else difference > 0


def _gap(
    gap: Facet, frame: Frame, pairs: list[tuple[EvidenceSeries, EvidenceSeries]], whens: list[Stretch]
) -> Judgement:
    levels = [one for one in frame.of_role("value", "only") if one.number]
    facet = gap if gap.number else levels[0] if len(levels) == 1 else None
    if facet is None or facet.number is None or facet.number.number is None or len(whens) != 1:
        raise NotRead("It is not said how large the gap is")
    frame.take(facet.items[0])
    number = facet.number.number
    fitting = [pair for pair in pairs if unit_of(pair[0]) == UNIT.get(number.counts)]
    if len(fitting) != 1:
        raise NotRead("The gap is not in the unit of the two")
    one, other = fitting[0]
    left, right = frame.value(one, whens[0]), frame.value(other, whens[0])
    words = f"{label(whens[0].last)}: {show(one.unit, left)} and {show(other.unit, right)}"
    if number.counts is Counts.PERCENT:
        words += ", so points and not per cent"
    frame.end = whens[0]
    return Judgement(facet.span, verdict_of(agrees(number, abs(left - right))), words, (one.id, other.id),
                     show_change(one.unit, left - right))  # fmt: skip


KIND = kind_of("comparison", check, order=0)
