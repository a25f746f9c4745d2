"""Sums that a sentence makes by itself: a list of parts with its whole, a chain of subtractions, a part of a whole.

They need no series: the sentence gives both sides. A list is wrong when all its parts are named and do not make the
whole; a chain, and a part with its share, are confirmed or left open.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.claims.judge.agreement import agrees
from highneeds.claims.judge.shown import show
from highneeds.claims.judge.verdict import Judgement, NotRead, Verdict
from highneeds.claims.language.items import Item
from highneeds.claims.language.number import Counts
from highneeds.vocabulary.rounding import round_half_away

UNREAD = ("EXCEPT", "NOT", "BETWEEN", "TIMES", "EVERY", "AVERAGE")
"""Words that turn a list into something else than a sum."""


FARTHEST = len(" these ")
"""Letters between 'of' and the whole of a share. With more it is no whole: '90% of the Year 6 children'."""


def _wrong_shares(items: Sequence[Item]) -> Iterator[Judgement]:
    """'89 of 112 (69%)': the share printed beside a part and its whole is not theirs."""
    for at in range(len(items) - 2):
        one, other = items[at].number, items[at + 2].number
        if one is None or other is None or items[at + 1].tag != "OF" or not other.value:
            continue
        if items[at + 2].start - items[at + 1].end > FARTHEST:
            continue
        for share in (*one.also, *other.also):
            exact = one.value * 100 / other.value
            if share.counts is Counts.PERCENT and agrees(share, exact) is False and not share.text.endswith(" of"):
                span = items[at].start, items[at + 2].end
                words = f"{one.text} of {other.text} is {show('percent', round_half_away(exact, 1))}"
                yield Judgement(span, Verdict.FAILS, words, "", show("percent", round_half_away(exact, 1)), "sum")


def points_called_percent(items: Sequence[Item]) -> Iterator[Judgement]:
    """'from 9% to 71%, a rise of 62%', of something that is no series here: by its own ends 62% is what it is not.

    Of a series the settled rule is milder: it holds in number, and the reason says points (decision 190).
    """
    at = [at for at, item in enumerate(items) if item.tag == "NUM"]
    numbers = [item.number for item in items if item.tag == "NUM" and item.number]
    if len(at) != 3 or any(one.counts is not Counts.PERCENT or one.high is not None for one in numbers):
        return
    first, last, said = numbers
    ends = [items[place - 1].tag for place in at]
    change = abs(last.value - first.value)
    if ends[:2] != ["FROM", "TO"] or ends[2] not in ("OF", "BY", "UP", "DOWN") or not first.value:
        return
    if agrees(said, change) and agrees(said, change * 100 / first.value) is False:
        as_said = first.value + (last.value - first.value) / change * said.value * first.value / 100
        why = f"{show('percent', change)} are percentage points; {said.text} of {first.text} would make {as_said:.1f}%"
        yield Judgement(items[at[2]].span, Verdict.FAILS, why, "", f"{change} points", "sum")


def judged_sums(items: Sequence[Item]) -> tuple[Judgement, ...]:
    """The sum that the sentence makes. NotRead where it makes none."""
    wrong = tuple(_wrong_shares(items))
    if wrong:
        return wrong
    numbers = [(at, item) for at, item in enumerate(items) if item.tag in ("NUM", "SIGNED")]
    if len(numbers) < 3 or any(item.tag in UNREAD for item in items):
        raise NotRead("It makes no sum")
    if len({item.number.counts for _, item in numbers if item.number}) > 1:
        raise NotRead("Its figures are in several units")
    made = next((at for at, item in enumerate(items) if item.tag == "MADE_OF"), None)
    return tuple(_chain(items, numbers) if made is None else _list(items, numbers, made))


def _value(items: Sequence[Item], at: int) -> Decimal:
    """The figure with its sign: in a list of sums brackets are minus."""
    number = items[at].number
    assert number is not None
    bracketed = 0 < at < len(items) - 1 and items[at - 1].tag == "OPEN" and items[at + 1].tag == "CLOSE"
    return -number.value if bracketed else number.value


def _list(items: Sequence[Item], numbers: Sequence[tuple[int, Item]], made: int) -> Iterator[Judgement]:
    """'a deficit of £365,000 is made of top-ups £436,000, ..., contingency (£97,000)'."""
    before = [item for at, item in numbers if at < made]
    parts = [(item, _value(items, at)) for at, item in numbers if at > made]
    if len(before) != 1 or len(parts) < 2 or any(item.tag == "TIME" for item in items[made:]):
        raise NotRead("It is not said which is the whole and which are its parts")
    whole = before[0].number
    assert whole is not None
    total = sum((value for _, value in parts), Decimal(0))
    unit = "gbp" if whole.counts is Counts.GBP else "percent" if whole.counts is Counts.PERCENT else "count"
    good = agrees(whole, total)
    words = f"The parts make {show(unit, total)}"
    yield Judgement(before[0].span, Verdict.HOLDS if good else Verdict.FAILS, words, "", show(unit, total), "sum")
    if good:
        yield from (Judgement(item.span, Verdict.HOLDS, words, "", "", "sum") for item, _ in parts)


def _chain(items: Sequence[Item], numbers: Sequence[tuple[int, Item]]) -> Iterator[Judgement]:
    """'£4.581m falls to £2.939m with £0.954m from ... and £0.688m of savings'."""
    turns = [item.tag for item in items if item.tag in ("UP", "DOWN")]
    ends = [n for n, (at, _) in enumerate(numbers) if at and items[at - 1].tag == "TO"]
    first = numbers[0][1].number
    if len(turns) != 1 or ends != [1] or first is None or first.counts is not Counts.GBP:
        raise NotRead("It makes no sum")
    sign, end = 1 if turns == ["UP"] else -1, numbers[1][1].number
    total = first.value + sign * sum((_value(items, at) for at, _ in numbers[2:]), Decimal(0))
    if end is None or agrees(end, total) is not True:
        raise NotRead(f"The figures named make {show('gbp', total)}, and it is not said that they are all")
    for _, item in numbers:
        yield Judgement(item.span, Verdict.HOLDS, f"The chain makes {show('gbp', total)}", "", "", "sum")
