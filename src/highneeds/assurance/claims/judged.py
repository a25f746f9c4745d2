"""What comes out: a claim with its verdict, and the rules by which a printed figure agrees with a computed one."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.assurance.claims.numbers import Number, Size

ALMOST = Decimal("0.95")
SIMPLE_FRACTIONS = tuple(
    Decimal(part) * 100 / whole
    for part, whole in ((1, 10), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10))
)


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    CANNOT_CHECK = "cannot_check"


@dataclass(frozen=True)
class JudgedClaim:
    """One claim read in a text.

    claim     in a reader's words: the kind, and the sentence it stands in
    where     file:line of the start of its sentence
    series    ids of the series, facts or table rows it was held against, separated by spaces; empty where none
    stated    the words of the text that carry the claim
    computed  the figure by the data, formatted; empty where there is none
    why       one sentence for the writer
    start, end  the span of `stated` in `sentence`
    """

    kind: str
    claim: str
    where: str
    series: str
    stated: str
    computed: str
    verdict: Verdict
    why: str
    sentence: str
    start: int
    end: int


def agrees(number: Number, value: Decimal) -> bool | None:
    """Does the printed figure agree with the value? None where the rule leaves it open.

    Rules: docs/explanation/claims.md, "When a figure agrees". The value is in the number's own unit and scale.
    """
    if number.high is not None:
        return _inside(number, value)
    if number.is_fraction:
        return _nearest_fraction(number, value)
    stated, size = number.low, abs(value) if number.low >= 0 else value
    rules = {
        Size.EXACT: lambda: abs(size - stated) <= number.step / 2,
        Size.ABOUT: lambda: abs(size - stated) <= number.last_nonzero / 2,
        Size.ALMOST: lambda: stated * ALMOST <= size < stated,
        Size.OVER: lambda: stated < size < stated + number.last_nonzero,
        Size.AT_LEAST: lambda: stated <= size < stated + number.last_nonzero,
        Size.UNDER: lambda: size < stated,
        Size.UP_TO: lambda: size <= stated,
        Size.WELL_OVER: lambda: size > stated,
    }
    return rules[number.size]()


def _inside(number: Number, value: Decimal) -> bool:
    assert number.high is not None
    slack = (number.last_nonzero if number.size is Size.ABOUT else number.step) / 2
    return number.low - slack <= value <= number.high + slack


def _nearest_fraction(number: Number, value: Decimal) -> bool | None:
    """A half, a third ...: right when it is the simple fraction nearest the value, wrong from five points off."""
    stated, size = number.low, abs(value)
    if number.size in (Size.OVER, Size.AT_LEAST, Size.WELL_OVER):
        return size >= stated if number.size is Size.AT_LEAST else size > stated
    if number.size in (Size.UNDER, Size.UP_TO):
        return size < stated if number.size is Size.UNDER else size <= stated
    if number.size is Size.ALMOST:
        return stated * ALMOST <= size < stated
    nearest = min(SIMPLE_FRACTIONS, key=lambda fraction: abs(fraction - size))
    if abs(nearest - stated) < Decimal("0.5"):
        return True
    return False if abs(size - stated) > 5 else None
