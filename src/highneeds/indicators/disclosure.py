"""Small numbers: shown inside the council, hidden on the way out, so that nobody can work them back.

A count under the threshold (and over nought) is hidden. Where totals stand beside it, hiding it alone hides nothing:
further cells are hidden until every small count could be at least `threshold - 1` more than it is, as far as anybody
can tell from what is shown. The cheapest such cells are found by a linear programme for each small count: how could the
table look if this count were larger? (Kelly, Golden, Assad: Cell suppression, 1992, is the method's source.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from highneeds.indicators.measure import Measured
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

THRESHOLD = 5
MARK = "c"  # confidential, as in published statistics
HIDDEN = "small number, or needed to hide one"
MARGIN_COST = 1_000.0

# Counts that add up and stand in one dashboard: the parts, and the total where it is printed too. Each is (id, column).
Cell = tuple[str, str]
FAMILIES: tuple[tuple[tuple[Cell, ...], Cell | None], ...] = (
    ((("assess_agreed_count", "value"), ("assess_declined_count", "value")), ("assess_agreed_pct", "whole")),
    ((("issue_agreed_count", "value"), ("issue_declined_count", "value")), ("issue_agreed_pct", "whole")),
    (
        (("specialist_share_yr_12_14_excl_spi", "part"), ("spi_share_yr_12_14", "part")),
        ("specialist_share_yr_12_14", "part"),
    ),
    (
        tuple((f"ceased_count_reason_{reason}", "value") for reason in (*range(1, 10), "none")),
        ("ceased_count", "value"),
    ),
)
# The same count under several names: hidden in one place, it is hidden in all.
SAME: tuple[tuple[Cell, ...], ...] = (
    (("assess_agreed_count", "value"), ("assess_agreed_pct", "part")),
    (("assess_declined_count", "value"), ("assess_declined_pct", "part")),
    (("assess_agreed_pct", "whole"), ("assess_declined_pct", "whole"), ("decisions_6_weeks_pct", "whole")),
    (
        ("issue_agreed_count", "value"),
        ("issue_agreed_pct", "part"),
        ("plans_issued", "value"),
        ("plans_20_weeks_incl_exceptions_pct", "whole"),
    ),
    (("issue_declined_count", "value"), ("issue_declined_pct", "part")),
    (("issue_agreed_pct", "whole"), ("issue_declined_pct", "whole")),
    (("annual_reviews_overdue_count", "value"), ("annual_reviews_overdue_pct", "part")),
    (("all_plans", "value"), ("annual_reviews_overdue_pct", "whole")),
    (("ehcp_count_ey_ks1", "value"), ("ey_ks1_moving_to_special_pct", "whole")),
)


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
    from scipy.optimize import linprog

    cells = counts.size
    cost = 1 + counts / (counts.max() + 1)
    cost[:, -1] *= MARGIN_COST
    if counts.shape[0] > 1:
        cost[-1, :] *= MARGIN_COST
    cost[hidden] = 1e-6
    additions = sums(*counts.shape)
    at = place[0] * counts.shape[1] + place[1]
    up: list[tuple[float, float | None]] = [(0.0, None)] * cells
    down: list[tuple[float, float | None]] = [(0.0, float(count)) for count in counts.ravel()]
    up[at], down[at] = (float(more), float(more)), (0.0, 0.0)
    found = linprog(
        np.concatenate([cost.ravel(), cost.ravel()]),
        A_eq=np.hstack([additions, -additions]),
        b_eq=np.zeros(len(additions)),
        bounds=[*up, *down],
        method="highs",
    )
    assert found.success, "totals may always grow, so there is always another table"
    changed = (found.x[:cells] + found.x[cells:]) > 1e-7
    return np.asarray(changed.reshape(counts.shape))


def outgoing(measured: Iterable[Measured], threshold: int = THRESHOLD) -> tuple[Measured, ...]:
    """The dashboard as it may leave the council: small counts, and shares that tell them, are hidden with a reason."""
    figures = tuple(measured)
    hidden: set[tuple[str, Cell]] = set()
    for period in dict.fromkeys(str(one.period) for one in figures):
        of_period = {one.indicator.id: one for one in figures if str(one.period) == period}
        hidden |= {(period, cell) for cell in _hidden_cells(of_period, threshold)}
    return tuple(_without(one, hidden) for one in figures)


def outgoing_table(table: Table, threshold: int = THRESHOLD) -> Table:
    """A table of counts (first column names, the others counts without totals) as it may go out, with its totals."""
    shown = suppress([[int(cell) for cell in row[1:]] for row in table.rows], threshold).shown()
    names = [row[0] for row in table.rows] + (["Total"] if len(shown) > 1 else [])
    rows = [(name, *cells) for name, cells in zip(names, shown, strict=True)]
    return Table.of((*table.columns, "Total"), rows, table.title)


def _hidden_cells(figures: dict[str, Measured], threshold: int) -> set[Cell]:
    """The cells of one period that are small, tell of one, or are the same count under another name."""
    hidden = {cell for name, one in figures.items() for cell in _small_cells(name, one, threshold)}
    before: set[Cell] = set()
    while hidden != before:
        before = set(hidden)
        for parts, total in FAMILIES:
            hidden |= _hidden_in_family(figures, parts, total, hidden, threshold)
        for same in SAME:
            if hidden & set(same):
                hidden |= set(same)
    return hidden


def _small_cells(name: str, one: Measured, threshold: int) -> set[Cell]:
    """A small count; of a ratio also the rest of the whole, which the part and the whole together tell."""
    if one.indicator.unit.value != "count" and one.part is None:
        return set()
    if one.part is None or one.whole is None:
        return {(name, "value")} if isinstance(one.value, int) and 0 < one.value < threshold else set()
    rest = one.whole - one.part
    if 0 < one.part < threshold or 0 < rest < threshold:
        return {(name, "part")}
    return {(name, "part"), (name, "whole")} if 0 < one.whole < threshold else set()


def _hidden_in_family(
    figures: dict[str, Measured], parts: tuple[Cell, ...], total: Cell | None, hidden: set[Cell], threshold: int
) -> set[Cell]:
    """If one part of a sum is hidden, a second one is, or the total: the next smallest that is over the threshold."""
    present = [cell for cell in (*parts, *([total] if total else [])) if _count(figures, cell)]
    gone = [cell for cell in present if cell in hidden]
    room = sum(_count(figures, cell) or 0 for cell in gone if cell in parts)
    if not gone or (len(gone) > 1 and room >= threshold):
        return set()
    left = sorted((cell for cell in present if cell not in hidden), key=lambda cell: _count(figures, cell) or 0)
    return {left[0]} if left else set()


def _count(figures: dict[str, Measured], cell: Cell) -> int | None:
    one = figures.get(cell[0])
    value: Any = None if one is None else getattr(one, cell[1])
    return int(value) if isinstance(value, int) else None


def _without(one: Measured, hidden: set[tuple[str, Cell]]) -> Measured:
    """The figure with its hidden cells left out; a share goes with its part, and a whole with its share."""
    gone = {column for period, (name, column) in hidden if period == str(one.period) and name == one.indicator.id}
    if not gone:
        return one
    return replace(one, part=None, whole=None, value=None, state=State.UNAVAILABLE, reason=HIDDEN)
