"""Counts from single uniforms, for whole arrays: the same sums as the compiled kernel, one array operation at a time.

Both invert the distribution function, so a slightly larger chance gives an equal or slightly larger count from the same
number: that is what makes scenario minus baseline the scenario and not chance.
"""

from typing import Any

import numpy as np

from highneeds.forecast.seeds import uniforms
from highneeds.forecast.state import Floats, Ints, Keys

MOST_EXPECTED = 16.0


def _poisson_sums(mean: float, most: int) -> Floats:
    """Running sums of the Poisson distribution; the last is endless."""
    terms = mean ** np.arange(most) * np.exp(-mean) / np.cumprod(np.maximum(np.arange(most), 1.0))
    found: Floats = np.append(np.cumsum(terms[:-1]), np.inf)
    return found


POISSON_OF_MOST = _poisson_sums(MOST_EXPECTED, 64)


def binomial(n: Ints, log_stay: Floats, key: Keys, counter: Keys) -> Ints:
    """How many of `n` leave, each with chance 1 - exp(log_stay). Arrays of one shape."""
    found = np.where(np.isneginf(log_stay), n, 0)
    some = np.flatnonzero((n > 0) & (log_stay < 0.0) & ~np.isneginf(log_stay))
    if len(some):
        found[some] = _binomial(n[some], log_stay[some], key[some], counter[some])
    return found


def _binomial(n: Ints, log_stay: Floats, key: Keys, counter: Keys) -> Ints:
    chance = -np.expm1(log_stay)
    often = chance > 0.5
    p = np.where(often, 1.0 - chance, chance)
    log_q = np.where(often, np.log(chance), log_stay)
    most = (MOST_EXPECTED / np.maximum(p, 1e-300)).clip(max=2.0**40).astype(np.int64)  # 32 or more: p is a half at most
    left, total, item = n.copy(), np.zeros(len(n), dtype=np.int64), 0
    while True:
        live = np.flatnonzero(left > 0)
        if not len(live):
            return np.where(often, n - total, total)
        size = np.minimum(left[live], most[live])
        u = uniforms(key[live], counter[live] + np.uint64(item))
        u = np.where(often[live], 1.0 - u, u)
        total[live] += _inverted(size, p[live], log_q[live], u)
        left[live] -= size
        item += 1


def _inverted(size: Ints, p: Floats, log_q: Floats, u: Floats) -> Ints:
    """The smallest count whose distribution function passes u."""
    f = np.exp(size * log_q)
    ratio = p / (1.0 - p)
    found = np.zeros(len(size), dtype=np.int64)
    live = np.flatnonzero(u > f)
    rest, term, ratio, size = u[live], f[live], ratio[live], size[live]
    count = np.zeros(len(live), dtype=np.int64)
    while len(live):
        rest = rest - term
        count = count + 1
        term = term * (ratio * (size - count + 1) / count)
        found[live] = count
        on = (rest > term) & (count < size)
        live, rest, term, ratio, size, count = live[on], rest[on], term[on], ratio[on], size[on], count[on]
    return found


def poisson(mean: Floats, key: Keys, counter: Keys) -> Ints:
    """Counts around `mean`. Arrays of one shape."""
    total = np.zeros(mean.shape, dtype=np.int64)
    left, item = mean.copy(), np.zeros(mean.shape, dtype=np.uint64)
    while len(live := np.flatnonzero(left >= MOST_EXPECTED)):
        u = uniforms(key[live], counter[live] + item[live])
        total[live] += np.searchsorted(POISSON_OF_MOST, u, side="right")
        left[live] -= MOST_EXPECTED
        item[live] += np.uint64(1)
    rest = np.flatnonzero(left > 0.0)
    total[rest] += _poisson_inverted(left[rest], uniforms(key[rest], counter[rest] + item[rest]))
    return total


def _poisson_inverted(mean: Floats, u: Floats) -> Ints:
    found = np.zeros(len(mean), dtype=np.int64)
    term = np.exp(-mean)
    live = np.flatnonzero(u > term)
    rest, term, mean = u[live], term[live], mean[live]
    count = 0
    while len(live) and count < 200:
        rest = rest - term
        count += 1
        found[live] = count
        term = term * (mean / count)
        on = rest > term
        live, rest, term, mean = live[on], rest[on], term[on], mean[on]
    return found


def pick(weights: Floats, u: Floats) -> Ints:
    """(rows) the column that each uniform falls into; weights (rows, columns) need not sum to 1."""
    return pick_from(np.cumsum(weights, axis=1), np.arange(len(u)), u)


def pick_from(running: Floats, row: Ints, u: Floats) -> Ints:
    """(children) the column that each child's uniform falls into, by the running sums of the row it belongs to."""
    target = u * running[row, -1]
    found = np.zeros(len(u), dtype=np.int64)
    for column in range(running.shape[1] - 1):
        found += running[row, column] <= target
    return found


def spread_out(counts: Any) -> tuple[Ints, Ints]:
    """For every single one of `counts`: the row it belongs to, and its number in that row, 0 first."""
    rows = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return rows, np.arange(len(rows)) - np.repeat(starts, counts)
