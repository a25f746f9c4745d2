"""Controlled rounding: whole numbers that add up, none of them 1 or more away from its mean.

A table is carried with its row totals, column totals and grand total, all of which are rounded too. Fractions are moved
round closed paths of the table, so that no sum ever changes, until every entry is whole (Cox 1987, Journal of the
American Statistical Association 82, on unbiased rounding of two-way tables; here the nearer whole number is
preferred, first for the grand total, then for the margins, then for the cells).
"""

from collections import deque
from collections.abc import Iterator, Sequence
from fractions import Fraction

CellPlace = tuple[int, int]
Fractions = list[list[Fraction]]
HALF = Fraction(1, 2)


def controlled(means: Sequence[Sequence[float]]) -> list[list[int]]:
    """The cells of a two-way table, rounded: they add up to whole row, column and grand totals.

    >>> controlled([[10.4], [20.4], [30.4], [5.4], [2.4]])
    [[10], [21], [30], [6], [2]]
    """
    if not means or not means[0]:
        return [[] for _ in means]
    cells = [[_exact(value) for value in row] for row in means]
    grid = _with_margins(cells)
    height, width = len(cells), len(cells[0])
    order = [(height, width)]
    order += [(row, width) for row in range(height)] + [(height, column) for column in range(width)]
    order += sorted(((r, c) for r in range(height) for c in range(width)), key=lambda at: _distance(grid[at[0]][at[1]]))
    for place in order:
        while grid[place[0]][place[1]].denominator != 1:
            _shift(grid, _cycle(grid, place))
    return [[int(grid[row][column]) for column in range(width)] for row in range(height)]


def in_a_column(means: Sequence[float], total: int | None = None) -> list[int]:
    """One column, rounded so that it adds up to its rounded sum, or to `total`, which must be within 1 of the sum.

    >>> in_a_column([10.4, 20.4, 30.4, 5.4, 2.4]), sum(in_a_column([10.5, 20.5, 30.5, 5.5, 2.5]))
    ([10, 21, 31, 5, 2], 70)
    """
    exact = [_exact(value) for value in means]
    floors = [value.numerator // value.denominator for value in exact]
    whole = nearest(sum(exact, Fraction(0))) if total is None else total
    up = whole - sum(floors)
    order = sorted(range(len(exact)), key=lambda place: (floors[place] - exact[place], -exact[place], place))
    raised = [place for place in order if exact[place] != floors[place]][:up]
    if up < 0 or len(raised) < up:
        raise ValueError(f"Cells that add up to {float(sum(exact)):g} cannot be rounded to {whole}")
    return [floor + (place in raised) for place, floor in enumerate(floors)]


def nearest(value: Fraction) -> int:
    """Halves away from zero, as everywhere."""
    whole = (abs(value) + HALF).numerator // (abs(value) + HALF).denominator
    return whole if value >= 0 else -whole


def _exact(value: float) -> Fraction:
    """A mean as it prints, to six decimals: 0.1 is a tenth and 1e-17 is nothing."""
    return Fraction(str(round(float(value), 6)))


def _with_margins(cells: Fractions) -> Fractions:
    """The cells with minus their sums at the end of each row and column, so that every row and column adds up
    to nought."""
    rows = [[*row, -sum(row, Fraction(0))] for row in cells]
    return [*rows, [-sum(column, Fraction(0)) for column in zip(*rows, strict=True)]]


def _distance(value: Fraction) -> Fraction:
    return min(value % 1, 1 - value % 1)


def _shift(grid: Fractions, path: Sequence[CellPlace]) -> None:
    """Move along a closed path, up and down in turn, towards the nearer whole number of its first entry, until
    one is whole."""
    first = grid[path[0][0]][path[0][1]]
    sign = 1 if first % 1 >= HALF else -1
    steps = []
    for turn, (row, column) in enumerate(path):
        up = (turn % 2 == 0) == (sign == 1)
        part = grid[row][column] % 1
        steps.append(1 - part if up else part)
    step = min(steps)
    for turn, (row, column) in enumerate(path):
        grid[row][column] += (step if turn % 2 == 0 else -step) * sign


def _cycle(grid: Fractions, start: CellPlace) -> list[CellPlace]:
    """A closed path through entries that are not whole, from `start`, by turns along a row and along a column.

    There is one: rows and columns add up to whole numbers, so an entry that is not whole is never alone in its row or
    column, and can be no bridge between two parts of the table.
    """
    row, column = start
    target = ("column", column)
    before: dict[tuple[str, int], tuple[tuple[str, int], CellPlace]] = {}
    waiting = deque([("row", row)])
    seen = {("row", row)}
    while waiting:
        node = waiting.popleft()
        for place, other in _open(grid, node):
            if place == start or other in seen:
                continue
            seen.add(other)
            before[other] = (node, place)
            if other == target:
                return [start, *_back(before, target)]
            waiting.append(other)
    raise AssertionError("Every entry that is not whole lies on a closed path")


def _open(grid: Fractions, node: tuple[str, int]) -> Iterator[tuple[CellPlace, tuple[str, int]]]:
    kind, index = node
    if kind == "row":
        for column, value in enumerate(grid[index]):
            if value.denominator != 1:
                yield (index, column), ("column", column)
    else:
        for row, values in enumerate(grid):
            if values[index].denominator != 1:
                yield (row, index), ("row", row)


def _back(before: dict[tuple[str, int], tuple[tuple[str, int], CellPlace]], target: tuple[str, int]) -> list[CellPlace]:
    """The entries from the target back to the row that the path began in."""
    path, node = [], target
    while node in before:
        node, place = before[node]
        path.append(place)
    return path
