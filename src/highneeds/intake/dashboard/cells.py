"""What one cell of a page's table says: a figure, a dash, nothing, or a piece of a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.vocabulary.period import MONTH_NAMES, FinancialYear, Month
from highneeds.vocabulary.state import State

FIGURE = re.compile(r"[-−]?£?\d[\d,]*(?:\.\d+)?%?")
MONTH = re.compile(rf"({'|'.join(MONTH_NAMES)})[a-z]*[-\s']*(\d{{4}}|\d{{2}})")
YEAR = re.compile(r"(\d{4})\s*[-–/]\s*(\d{2}|\d{4})")
DASHES = frozenset("-–—−")


class Confidence(StrEnum):
    """HIGH: read as it stands; MEDIUM: inferred from its neighbours; LOW: a guess that a person should see."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class DashboardCell:
    """One cell, with the text it was read from and how sure the reading is.

    column   position on the line, the title being 0
    message  the words printed across cells in place of figures
    """

    period: Month | FinancialYear
    value: Decimal | None
    state: State
    raw: str
    line: int
    column: int
    confidence: Confidence
    message: str = ""


def month_in(text: str) -> Month | None:
    """'Jan-24' -> January 2024, when the whole cell says it."""
    found = MONTH.fullmatch(text.strip())
    if not found:
        return None
    year = int(found[2])
    return Month(year if year > 99 else 2000 + year, MONTH_NAMES.index(found[1]) + 1)


def year_in(text: str) -> FinancialYear | None:
    """'2023-24' -> the financial year, when the whole cell says it."""
    found = YEAR.fullmatch(text.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return FinancialYear(int(found[1]))


def figures_in(text: str) -> list[str] | None:
    """The figures a cell holds, a month label fused to them left out; None where it holds anything else."""
    rest = MONTH.sub(" ", text).split()
    return rest if rest and all(FIGURE.fullmatch(word) for word in rest) else None


def number(figure: str) -> Decimal:
    return Decimal(figure.replace("£", "").replace("%", "").replace(",", "").replace("−", "-"))


def is_dash(text: str) -> bool:
    return text.strip() in DASHES


def is_fragment(text: str) -> bool:
    """A piece of a message: words where a figure belongs."""
    return bool(text.strip()) and not is_dash(text) and figures_in(text) is None


def runs_without_figures(cells: Sequence[str]) -> list[range]:
    """The runs of neighbouring cells that hold neither a figure nor a dash."""
    empty = [not text.strip() or is_fragment(text) for text in cells]
    runs, start = [], None
    for position, value in enumerate([*empty, False]):
        if value and start is None:
            start = position
        elif not value and start is not None:
            runs.append(range(start, position))
            start = None
    return runs
