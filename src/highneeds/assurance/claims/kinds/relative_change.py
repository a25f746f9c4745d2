"""A change in per cent: 'grew by 10.3% between January 2024 and January 2025', 'fell by a third'.

Of a percentage, '%' may also mean points; the figure then holds in number and the reason says points.
"""

from collections.abc import Iterable

from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.kinds.change import is_change, weigh_change
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for number in reading.numbers:
        if number.span in used or number.counts is not Counts.PERCENT:
            continue
        if is_change(reading, number) or number.noun == "halved":
            yield weigh_change(reading, number).at(number.span)


RELATIVE_CHANGE = Kind(
    name="relative change",
    title="A change in per cent, or by a fraction",
    order=480,
    read=read,
    examples=(
        Example(
            "The number of overdue annual reviews fell by 22% between January 2024 and January 2025.", HOLDS, "22%"
        ),
        Example(
            "The number of overdue annual reviews fell by 13.6% between January 2024 and January 2025.", FAILS, "13.6%"
        ),
        Example(
            "The share of overdue annual reviews rose by 3.4% between October 2024 and January 2025.", HOLDS, "3.4%"
        ),
        Example(
            "The number of overdue annual reviews fell by a third between January 2024 and January 2025.",
            FAILS,
            "third",
        ),
    ),
)
