"""What a sentence gives both sides of, so that no series is needed: a part of a whole with its share, and the points
between two percentages that are called per cent. Such a figure is found wrong or left open."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from highneeds.claims.judge.agreement import agrees
from highneeds.claims.judge.shown import show
from highneeds.claims.judge.verdict import Judgement, Verdict
from highneeds.claims.language.items import Item
from highneeds.claims.language.number import Counts
from highneeds.vocabulary.rounding import round_half_away

FARTHEST = len(" these ")
"""Letters between 'of' and the whole of a share. With more it is no whole: '90% of the Year 6 children'."""


def wrong_shares(items: Sequence[Item]) -> Iterator[Judgement]:
    """'89 of 112 (69%)': the share printed beside a part and its whole is not theirs."""
    for part, of, whole in zip(items, items[1:], items[2:], strict=False):
        if not (part.number and whole.number and of.tag == "OF") or whole.start - of.end > FARTHEST:
            continue
        for share in (*part.number.also, *whole.number.also):
            exact = part.number.value * 100 / whole.number.value if whole.number.value else None
            if exact and share.counts is Counts.PERCENT and agrees(share, exact) is False and not share.of_other:
                shown = show("percent", round_half_away(exact, 1))
                words = f"{part.number.text} of {whole.number.text} is {shown}"
                yield Judgement((part.start, whole.end), Verdict.FAILS, words, (), shown, "sum")


def points_called_percent(items: Sequence[Item]) -> Iterator[Judgement]:
    """'from 9% to 71%, a rise of 62%', of something that is no series here: by its own ends 62% is what it is not.

    Of a series the settled rule is milder: it holds in number, and the reason says points (decision 190).
    """
    figures = [(before.tag, item) for before, item in pairwise(items) if item.tag == "NUM"]
    ends = [tag for tag, _ in figures]
    if ends[:-1] != ["FROM", "TO"] or ends[-1] not in ("OF", "BY", "UP", "DOWN"):
        return
    numbers = [item.said for _, item in figures]
    first, last, said = numbers
    if any(one.counts is not Counts.PERCENT or one.high for one in numbers) or not first.value:
        return
    change = abs(last.value - first.value)
    if agrees(said, change) and agrees(said, change * 100 / first.value) is False:
        as_said = first.value + (last.value - first.value) / change * said.value * first.value / 100
        why = f"{show('percent', change)} are percentage points; {said.text} of {first.text} would make {as_said:.1f}%"
        yield Judgement(figures[-1][1].span, Verdict.FAILS, why, (), f"{change} points", "sum")
