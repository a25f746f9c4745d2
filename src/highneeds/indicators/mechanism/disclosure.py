"""Small numbers: shown inside the council, hidden on the way out, so that nobody can work them back.

A count under the threshold (and over nought) is hidden. Where totals stand beside it, hiding it alone hides nothing:
further cells are hidden until every small count could be at least `threshold - 1` more than it is, as far as anybody
can tell from what is shown. The cheapest such cells are found by a linear programme for each small count: how could the
figures look if this count were larger? (Kelly, Golden, Assad: Cell suppression, 1992, is the method's source.) A
dashboard, whose months hang together, is in `outgoing`.
"""

import numpy as np
import numpy.typing as npt

THRESHOLD = 5
HIDDEN = "small number, or needed to hide one"
MARGIN_COST = 1_000.0


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
