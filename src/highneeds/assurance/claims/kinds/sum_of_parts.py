"""Parts that make a whole: '47% (43% in state schools, 4% in independent ones)', '£140m and £82m, £222m together'."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations, pairwise

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number, Size
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, families_for

_TOGETHER = re.compile(
    r"\b(?:together|in total|in all|combined|altogether|(?:a|the) total of|£[\d.,]+ ?(?:m|million"
    r"|bn)? total|totall?ing|between them|making|sum(?:s"
    r"|med)? to|adds? up to|added up to)\b",
    re.I,
)
_OF_WHICH = re.compile(r"^\s*(?:[\w-]+ ){0,6}\((?:of which )?$", re.I)
NAMED = 0.15
_GROWTH = re.compile(r"\b(?:increased|rose|grew|fell|decreased) by\b", re.I)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    numbers = [n for n in reading.numbers if not n.is_range and n.counts is not Counts.TIMES and not n.is_fraction]
    bracketed = _bracketed(reading, numbers)
    if bracketed:
        yield bracketed
    rest = [n for n in numbers if not bracketed or not bracketed.span[0] < n.span[0] < bracketed.span[1]]
    yield from _hundred(reading, rest)
    together = _together(reading, numbers)
    if together:
        yield together


def _bracketed(reading: Reading, numbers: list[Number]) -> Judgement | None:
    """A whole with its parts in the brackets behind it."""
    for index, whole in enumerate(numbers):
        parts = numbers[index + 1 :]
        if len(parts) < 2 or not _OF_WHICH.match(reading.text[whole.span[1] : parts[0].span[0]]):
            continue
        closing = reading.text.find(")", parts[0].span[0])
        inside = [part for part in parts if part.span[1] <= closing and part.counts is whole.counts]
        worded = all(re.search("[a-z]{2}", reading.text[a.span[1] : b.span[0]]) for a, b in pairwise(inside))
        if len(inside) >= 2 and worded and all(part.low < whole.low for part in inside):
            return _judged(whole, inside)
    return None


def _hundred(reading: Reading, numbers: list[Number]) -> Iterable[Judgement]:
    """Shares of one whole, dealt out in one sentence, make 100."""
    shares = [n for n in numbers if n.counts is Counts.PERCENT and reading.role(n) == "level" and n.size is Size.EXACT]
    if len(shares) < 2 or reading.windows or len({when.first for when in reading.points}) > 1:
        return
    total = sum((share.low for share in shares), Decimal(0))
    slack = sum((share.step / 2 for share in shares), Decimal(0))
    if total == 100 or (len(shares) > 2 and abs(total - 100) <= slack):
        shown = " + ".join(share.text.strip() for share in shares)
        whole = (shares[0].span[0], shares[-1].span[1])
        yield Judgement(whole, Verdict.HOLDS, f"{shown} make {total:g}%", computed=f"{total:g}%")


def _together(reading: Reading, numbers: list[Number]) -> Judgement | None:
    """'... together', 'in total': one figure is the sum of two or more others of its kind."""
    if not _TOGETHER.search(reading.text) or _GROWTH.search(reading.text):
        return None
    for counts in (Counts.GBP, Counts.COUNT, Counts.PERCENT):
        same = [number for number in numbers if number.counts is counts]
        if len(same) >= 3:
            whole = max(same, key=lambda number: number.low)
            parts = [number for number in same if number is not whole]
            for size in range(len(parts), 1, -1):
                for some in combinations(parts, size):
                    if sum((part.low for part in some), Decimal(0)) == whole.low:
                        return _judged(whole, list(some))
            return _judged(whole, parts)
    return _of_facts(reading, numbers)


def _of_facts(reading: Reading, numbers: list[Number]) -> Judgement | None:
    """'Together the two will put in £222m': two recorded figures that the words name make it. Confirms only."""
    for number in numbers:
        near = [
            match.fact
            for match in reading.facts_about(number.span, families_for(number))[:6]
            if not match.fact.later and match.fact.kind == "recorded" and match.score > NAMED
        ]
        if any(fact.value == number.low for fact in near):
            continue
        for one, other in combinations(near, 2):
            if (
                one.value is not None
                and other.value is not None
                and one.value + other.value == number.low
                and one.value_high is None
            ):
                why = f"{one.printed} ({one.source}) and {other.printed} ({other.source}) make it"
                return Judgement(number.span, Verdict.HOLDS, why, f"{one.id} {other.id}", number.text, (number.span,))
    return None


def _judged(whole: Number, parts: list[Number]) -> Judgement:
    total = sum((part.low for part in parts), Decimal(0))
    slack = sum((part.step / 2 for part in parts), whole.step / 2)
    near = abs(total - whole.low) <= (slack if whole.counts is not Counts.COUNT else 0)
    shown = " + ".join(part.text.strip() for part in parts)
    value = f"£{total / 1_000_000:g}m" if whole.counts is Counts.GBP and total >= 1_000_000 else f"{total:,}"
    value += "%" if whole.counts is Counts.PERCENT else ""
    weighed = Weighed(Verdict.HOLDS if near else Verdict.FAILS, f"{shown} make {value}", value)
    spans = sorted([whole.span, *(part.span for part in parts)])
    return Judgement((spans[0][0], spans[-1][1]), weighed.verdict, weighed.why, computed=weighed.computed)


SUM_OF_PARTS = Kind(
    name="sum of parts",
    title="Parts that must make their whole",
    order=300,
    read=read,
    examples=(
        Example("The government gives £140m and the council £82m, £222m together.", HOLDS, "£222m"),
        Example("The government gives £140m and the council £82m, £232m together.", FAILS, "£232m"),
        Example("47% are in specialist settings (43% in state-funded and 4% in independent ones).", HOLDS, "47%"),
    ),
)
