"""How wide each column of a printed table is: by its weight, but never narrower than its longest word."""

import re

from highneeds.report.blocks import DataTable, RowKind

EM = 0.56  # an average letter of Liberation Sans, in parts of the type size; figures are as wide
BOLD = 1.1
MM_PER_POINT = 25.4 / 72
PADDING = 2.4  # millimetres between the words of neighbouring columns
MOST = 0.4  # no single word may take more of the page than this


def widths(table: DataTable, total: float, points: float) -> list[float]:
    """Millimetres for each column of a table `total` millimetres wide, set in type of that size.

    The widths add up to `total`; where even the longest words do not fit, every column gives way alike.
    """
    least = [min(need, total * MOST) for need in _longest_words(table, points)]
    if sum(least) >= total:
        return [need * total / sum(least) for need in least]
    return _shared([column.width for column in table.columns], least, total)


def _shared(weights: list[float], least: list[float], total: float) -> list[float]:
    """By weight, except the columns that would be too narrow: they get what they need, the rest share what is left."""
    fixed: set[int] = set()
    while True:
        left = total - sum(least[place] for place in fixed)
        free = sum(weight for place, weight in enumerate(weights) if place not in fixed)
        given = [least[place] if place in fixed else left * weight / free for place, weight in enumerate(weights)]
        narrow = {place for place, width in enumerate(given) if place not in fixed and width < least[place]}
        if not narrow:
            return given
        fixed |= narrow


def _longest_words(table: DataTable, points: float) -> list[float]:
    """The width that the longest word of each column needs, its head (in bold) and its cells."""
    letter = points * EM * MM_PER_POINT
    needs = [_longest(column.head) * letter * BOLD for column in table.columns]
    for row in table.rows:
        if row.kind is not RowKind.GROUP:
            for place, cell in enumerate(row.cells):
                bold = BOLD if cell.assurance or row.kind is RowKind.TOTAL else 1
                needs[place] = max(needs[place], _longest("" if cell.sparkline else cell.text) * letter * bold)
    return [need + PADDING for need in needs]


def _longest(text: str) -> int:
    """Letters of the longest piece that a line cannot break; a line may break after a space or a hyphen."""
    return max((len(piece) for piece in re.split(r"(?<=-)|\s", text) if piece), default=0)
