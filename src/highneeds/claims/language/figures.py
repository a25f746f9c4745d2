"""What a figure of a text is: a sum, a percentage, a count of something, or no figure at all, as in 'Year 6'."""

from dataclasses import dataclass
from enum import StrEnum

from highneeds.claims.language.number import Counts, number_at
from highneeds.claims.language.tables import pattern


class FigureKind(StrEnum):
    SUM = "sum of money"
    PERCENTAGE = "percentage"
    COUNT = "count"
    NO_FIGURE = "no figure"


@dataclass(frozen=True)
class FigureSaid:
    """counted   the words after a count that say of what: 'service level agreements'; '' where none do"""

    kind: FigureKind
    counted: str = ""


NO_FIGURE = FigureSaid(FigureKind.NO_FIGURE)
KINDS = {
    Counts.GBP: FigureKind.SUM,
    Counts.PERCENT: FigureKind.PERCENTAGE,
    Counts.POINTS: FigureKind.PERCENTAGE,
}


def figure_said(sentence: str, start: int, end: int) -> FigureSaid:
    """What stands at [start, end) of a sentence.

    A number in words is no figure, nor is one in a name, such as 'key stage 1'.
    """
    if not any(sign.isdigit() for sign in sentence[start:end]) or pattern("named_number").search(sentence[:start]):
        return NO_FIGURE
    first = next(at for at in range(start, end) if sentence[at] == "£" or sentence[at].isdigit())
    found = number_at(sentence, first)
    kind = KINDS.get(found[0].counts, FigureKind.COUNT) if found else FigureKind.COUNT
    noun = pattern("counted_noun").match(sentence, end) if kind is FigureKind.COUNT else None
    return FigureSaid(kind, noun[0].strip() if noun else "")
