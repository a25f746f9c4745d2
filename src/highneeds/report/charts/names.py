"""The names to the left of bars: on up to two lines, so that none is cut short while there is room."""

import textwrap
from collections.abc import Sequence
from typing import Any

from highneeds.report.charts.style import SIZE, text_width

LETTERS = 40  # of one line of a name
LINES = 2


def name_lines(text: str) -> list[str]:
    """'Top-up funding (non-maintained and independent schools)' on two lines; what is longer ends in an ellipsis."""
    return textwrap.wrap(text, LETTERS, max_lines=LINES, placeholder=" …") or [""]


def room_for_names(names: Sequence[str]) -> int:
    """The left margin that the names need."""
    return round(max(text_width(line) for name in names for line in name_lines(name))) + 12


def name_rows(text: str, middle: float, row_height: float) -> list[dict[str, Any]]:
    """One row of data per line of the name, around the middle of its bar, in bars from the top."""
    lines = name_lines(text)
    step = (SIZE + 1) / row_height
    first = middle - step * (len(lines) - 1) / 2
    return [{"n": line, "y": first + step * place} for place, line in enumerate(lines)]


def row_height(names: Sequence[str], single: int) -> int:
    """Taller rows where any name takes two lines."""
    return single + (8 if any(len(name_lines(name)) > 1 for name in names) else 0)
