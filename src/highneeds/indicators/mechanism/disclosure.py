"""Small numbers: shown inside the council, hidden on the way out, so that nobody can work them back.

A count under the threshold (and over nought) is hidden. Where totals stand beside it, hiding it alone hides nothing:
further cells are hidden until every small count could be at least `threshold - 1` more than it is, as far as anybody
can tell from what is shown. The cheapest such cells are found by a linear programme for each small count: how could the
table look if this count were larger? (Kelly, Golden, Assad: Cell suppression, 1992, is the method's source.) A
dashboard, whose months hang together, is in `outgoing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from highneeds.vocabulary.table import Table

THRESHOLD = 5
MARK = "c"  # confidential, as in published statistics
HIDDEN = "small number, or needed to hide one"
MARGIN_COST = 1_000.0


@dataclass(frozen=True)
class Suppressed:
    """A table of counts with its totals, as it may go out. hidden: (rows, columns), True where a mark stands."""

    counts: npt.NDArray[np.int64]
    hidden: npt.NDArray[np.bool_]

    def shown(self) -> list[list[int | str]]:
        return [
            [MARK if hide else int(count) for count, hide in zip(counts, hides, strict=True)]
            for counts, hides in zip(self.counts, self.hidden, strict=True)
        ]


def suppress(interior: Sequence[Sequence[int]], threshold: int = THRESHOLD) -> Suppressed:
    """Hide the small counts of a table and what would give them away.

    interior   (rows, columns) counts without totals; the totals of rows, of columns and of all are added

    Promise: for every small count the shown table leaves room for a value `threshold - 1` above it.
    """
    counts = with_totals(interior)
    small = (counts > 0) & (counts < threshold)
    hidden = small.copy()
    for place in zip(*np.nonzero(small), strict=True):
        hidden |= _partners(counts, hidden, (int(place[0]), int(place[1])), threshold - 1)
    return Suppressed(counts, hidden)


def with_totals(interior: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
    """The table with a last row and a last column of totals; a single row keeps one row and gains its total."""
    table = np.atleast_2d(np.asarray(interior, dtype=np.int64))
    table = np.hstack([table, table.sum(axis=1, keepdims=True)])
    return table if table.shape[0] == 1 else np.vstack([table, table.sum(axis=0, keepdims=True)])


def sums(rows: int, columns: int) -> npt.NDArray[np.float64]:
    """The additions of a table with totals, one a line over its cells: the parts of a sum +1, its total -1."""
    lines = []
    for row in range(rows):
        line = np.zeros((rows, columns))
        line[row, :-1], line[row, -1] = 1, -1
        lines.append(line.ravel())
    for column in range(columns if rows > 1 else 0):
        line = np.zeros((rows, columns))
        line[:-1, column], line[-1, column] = 1, -1
        lines.append(line.ravel())
    return np.array(lines)


def _partners(
    counts: npt.NDArray[np.int64], hidden: npt.NDArray[np.bool_], place: tuple[int, int], more: int
) -> npt.NDArray[np.bool_]:
    """The cells that change in the cheapest other table in which the count at `place` is `more` larger."""
    cost = 1 + counts / (counts.max() + 1)
    cost[:, -1] *= MARGIN_COST
    if counts.shape[0] > 1:
        cost[-1, :] *= MARGIN_COST
    cost[hidden] = 1e-6
    at = place[0] * counts.shape[1] + place[1]
    values = counts.ravel().astype(np.float64)
    change = cheapest_other(values, cost.ravel(), sums(*counts.shape), at, more, np.zeros(counts.size, dtype=np.bool_))
    return (np.abs(change) > 1e-7).reshape(counts.shape)


def cheapest_other(
    values: npt.NDArray[np.float64],
    cost: npt.NDArray[np.float64],
    additions: npt.NDArray[np.float64],
    at: int,
    more: int,
    fixed: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    """The change to the cheapest other figures that add up, in which the count `at` is `more` larger.

    values      what each count is; no other one is below nought
    additions   (lines, counts) each line comes to nought
    fixed       counts that stay as they are

    Raises AssertionError where there are no other figures, which totals that may always grow make impossible.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    free = np.where(fixed, 0.0, np.inf)
    up, down = np.stack([np.zeros_like(free), free], axis=1), np.stack([np.zeros_like(free), values * ~fixed], axis=1)
    up[at], down[at] = (more, more), (0, 0)
    found = linprog(
        np.concatenate([cost, cost]),
        A_eq=csr_array(np.hstack([additions, -additions])),
        b_eq=np.zeros(len(additions)),
        bounds=np.concatenate([up, down]),
        method="highs",
    )
    assert found.success, "totals may always grow, so there are always other figures"
    change: npt.NDArray[np.float64] = found.x[: len(values)] - found.x[len(values) :]
    return change


def outgoing_table(table: Table, threshold: int = THRESHOLD) -> Table:
    """A table of counts (first column names, the others counts without totals) as it may go out, with its totals."""
    shown = suppress([[int(cell) for cell in row[1:]] for row in table.rows], threshold).shown()
    names = [row[0] for row in table.rows] + (["Total"] if len(shown) > 1 else [])
    rows = [(name, *cells) for name, cells in zip(names, shown, strict=True)]
    return Table.of((*table.columns, "Total"), rows, table.title)
