"""The lines of a page: which are headers, headings, rows, or furniture."""

import re
from dataclasses import dataclass

from highneeds.intake.dashboard.cells import month_in, year_in
from highneeds.vocabulary.period import FinancialYear, Month

HEADING = re.compile(r"(?:Agreement )?Condition (\d+)\s*:")
FEWEST_PERIODS = 2
# How the title of an indicator begins; a row that begins otherwise is a heading that runs on, or page furniture.
OPENINGS = re.compile(
    r"\b(?:The |Overall |Total |Average |Mean |Median )?"
    r"(?:Percentage|Proportion|Share|Rate|Number|Count|Cost|cost|number|percentage|Total|Average|Commissioned|Phase|Tribunal)\b"
)


@dataclass(frozen=True)
class PageLine:
    """cells: split at tabs; title is the first of them."""

    number: int
    cells: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.cells[0].strip()

    @property
    def values(self) -> tuple[str, ...]:
        return self.cells[1:]


@dataclass(frozen=True)
class PeriodHeader:
    """Which period stands in which column."""

    periods: dict[int, Month | FinancialYear]

    @property
    def width(self) -> int:
        return max(self.periods) + 1


def page_lines(text: str) -> list[PageLine]:
    return [PageLine(number, tuple(line.split("\t"))) for number, line in enumerate(text.split("\n"), start=1)]


def header_of(line: PageLine) -> PeriodHeader | None:
    """The header that a line is: at least two cells that are months, or financial years, and none that are figures."""
    for kind in (month_in, year_in):
        periods = {column: found for column, text in enumerate(line.cells) if (found := kind(text)) is not None}
        if len(periods) >= FEWEST_PERIODS:
            return PeriodHeader(dict(periods))
    return None


def heading_of(line: PageLine) -> int | None:
    """The condition that a line is the heading of."""
    found = HEADING.match(line.title)
    return int(found[1]) if found else None


def is_empty_beside_title(line: PageLine) -> bool:
    return not any(text.strip() for text in line.values)


def begins_like_a_title(text: str) -> bool:
    return bool(OPENINGS.match(text))
