"""How wide each column of a printed table is: by its weight, but never narrower than its longest word."""

import re
from functools import lru_cache

from highneeds.report.blocks import Align, DataTable, RowKind
from highneeds.report.document import Section
from highneeds.report.render.paper import MARGIN, PORTRAIT, SMALL_TYPE, TABLE_TYPE

EM = 0.56  # an average letter of Liberation Sans, in parts of the type size; figures are as wide
BOLD = 1.1
MM_PER_POINT = 25.4 / 72
PADDING, PADDING_SMALL = 2.4, 1.8  # millimetres between the words of neighbouring columns
AFTER_NUMBERS, AFTER_NUMBERS_SMALL = 2.2, 1.1  # and so many more where words follow a column of numbers
MOST = 0.4  # no single word may take more of the page than this
SPARK = 14.0  # millimetres in which a line the size of a word can still be read
NARROW = frozenset(".,:;'|!ilj·")
"""Letters that are half as wide as the others."""
FEW_ROWS = 20
"""Rows of small type that fill less than half of a landscape page."""


def widths(table: DataTable, total: float, points: float) -> list[float]:
    """Millimetres for each column of a table `total` millimetres wide, set in type of that size.

    The widths add up to `total`; where even the longest words do not fit, every column gives way alike.
    """
    least = [min(need, total * MOST) for need in _longest_words(table, points)]
    if sum(least) >= total:
        return [need * total / sum(least) for need in least]
    return _shared([column.width for column in table.columns], least, total)


def turned(section: Section) -> bool:
    """Whether a section that asks for landscape pages gets them: a short table that fits stands upright.

    Half a landscape page would else stay empty, and so would what is left of the page before it.
    """
    if not section.landscape:
        return False
    tables = [block for block in section.blocks if isinstance(block, DataTable)]
    upright = PORTRAIT[0] - 2 * MARGIN
    few = all(one.small and len(one.rows) <= FEW_ROWS for one in tables)
    fits = all(sum(_longest_words(one, SMALL_TYPE)) <= upright for one in tables)
    return not (tables and few and fits)


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
                word = SPARK if cell.sparkline else _longest(cell.text) * letter * bold
                needs[place] = max(needs[place], word)
    small = points < TABLE_TYPE
    between, more = (PADDING_SMALL, AFTER_NUMBERS_SMALL) if small else (PADDING, AFTER_NUMBERS)
    return [need + between + more * _after_numbers(table, place) for place, need in enumerate(needs)]


def _after_numbers(table: DataTable, place: int) -> bool:
    """Words that follow a column of numbers stand off from them, as the design of the page has it."""
    aligned = [column.align for column in table.columns]
    return place > 0 and aligned[place] is not Align.RIGHT and aligned[place - 1] is Align.RIGHT


@lru_cache(maxsize=10_000)
def _longest(text: str) -> float:
    """Letters of the longest piece that a line cannot break; a line may break after a space or a hyphen."""
    return max((_letters(piece) for piece in re.split(r"(?<=-)|\s", text) if piece), default=0.0)


def _letters(word: str) -> float:
    return len(word) - sum(letter in NARROW for letter in word) / 2
