"""Small tools of estimation: proportional fitting, whole numbers that add up, and partial pooling."""

from collections.abc import Sequence

import numpy as np

from highneeds.forecast.state import Floats, Ints

TINY = 1e-9


def fitted(seed: Floats, margins: Sequence[tuple[int, Floats]], rounds: int = 60) -> Floats:
    """`seed` scaled until its sums over all axes but one agree with every (axis, margin).

    A cell that is zero stays zero. Margins must have the same total; the last one named is met exactly.
    """
    table = seed.astype(np.float64).copy()
    for _ in range(rounds):
        for axis, margin in margins:
            others = tuple(other for other in range(table.ndim) if other != axis)
            sums = table.sum(axis=others)
            factor = np.divide(margin, sums, out=np.zeros_like(sums), where=sums > 0)
            shape = [1] * table.ndim
            shape[axis] = -1
            table *= factor.reshape(shape)
    return table


def whole_numbers(table: Floats, total: int) -> Ints:
    """The table as whole numbers that add up to `total`: floors, then one more for the largest remainders."""
    scaled = table.ravel() * (total / max(table.sum(), TINY))
    floor = np.floor(scaled).astype(np.int64)
    short = total - int(floor.sum())
    order = np.argsort(-(scaled - floor), kind="stable")
    floor[order[:short]] += 1
    found: Ints = floor.reshape(table.shape)
    return found


def leaning(part: float, whole: float, prior: float, weight: float) -> float:
    """A share that leans on `prior` as if that had been seen `weight` times."""
    return (part + weight * prior) / (whole + weight) if whole + weight > 0 else prior


def rows_of_shares(table: Floats, fallback: Floats) -> Floats:
    """Rows that sum to 1; a row of nothing becomes `fallback`."""
    sums = table.sum(axis=-1, keepdims=True)
    filled = np.where(sums > 0, table, np.broadcast_to(fallback, table.shape))
    found: Floats = filled / filled.sum(axis=-1, keepdims=True)
    return found


def least_moves(have: Floats, want: Floats) -> tuple[Floats, Floats]:
    """The fewest moves that turn shares `have` into shares `want`: chance to leave each, and where leavers go.

    have, want   (provisions), each summing to 1
    """
    leave = np.maximum(have - want, 0.0)
    gain = np.maximum(want - have, 0.0)
    chance = np.divide(leave, have, out=np.zeros_like(have), where=have > TINY)
    to = gain / gain.sum() if gain.sum() > TINY else np.zeros_like(gain)
    return chance, to
