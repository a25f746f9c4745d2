"""Small numbers: shown inside the council, hidden on the way out, so that nobody can work them back.

A count under the threshold (and over nought) is hidden. Where totals stand beside it, hiding it alone hides nothing:
further cells are hidden until every small count could be at least `threshold - 1` more than it is, as far as anybody
can tell from what is shown. The cheapest such cells are found by a linear programme for each small count: how could the
figures look if this count were larger? (Kelly, Golden, Assad: Cell suppression, 1992, is the method's source.) A
dashboard, whose months hang together, is in `outgoing`.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

THRESHOLD = 5
HIDDEN = "small number, or needed to hide one"
MARGIN_COST = 1_000.0


def cheapest_other(
    values: npt.NDArray[np.float64],
    cost: npt.NDArray[np.float64],
    both_ways: "csr_array",
    at: int,
    more: int,
    fixed: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    """The change to the cheapest other figures that add up, in which the count `at` is `more` larger.

    values      what each count is; no other one is below nought
    both_ways   (lines, 2 x counts) additions of counts, and the same taken away: each line comes to nought
    fixed       counts that stay as they are

    Raises AssertionError where there are no other figures, which totals that may always grow make impossible.
    """
    from scipy.optimize import linprog

    free = np.where(fixed, 0.0, np.inf)
    up, down = np.stack([np.zeros_like(free), free], axis=1), np.stack([np.zeros_like(free), values * ~fixed], axis=1)
    up[at], down[at] = (more, more), (0, 0)
    found = linprog(
        np.concatenate([cost, cost]),
        A_eq=both_ways,
        b_eq=np.zeros(both_ways.shape[0]),
        bounds=np.concatenate([up, down]),
        method="highs",
    )
    assert found.success, "totals may always grow, so there are always other figures"
    change: npt.NDArray[np.float64] = found.x[: len(values)] - found.x[len(values) :]
    return change
