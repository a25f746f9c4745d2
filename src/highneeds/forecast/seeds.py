"""Chance comes in by the door: one key for every draw and purpose, all of them different.

Every random number is a function of (key, counter): the counter says which term, which cell and which child. So a draw
gives the same bytes in any order, on any number of threads, and a scenario meets the same chance as its baseline.
The function is Widynski's squares64 (arXiv 2004.06278): five rounds of squaring, one key per stream.
"""

from enum import IntEnum
from typing import Any

import numpy as np

from highneeds.forecast.state import Floats, Keys

TERM_SHIFT = 44
CELL_SHIFT = 20
_HALF = np.uint64(32)
MOST_YEARS = 32
"""More than any forecast is long; so many numbers are drawn for every path, however short it is."""


class Purpose(IntEnum):
    """What a stream is used for. New purposes go at the end: a stream's key depends on its number."""

    RATES = 0
    PRICES = 1
    SCENARIO = 2
    REQUESTS = 3
    AGREED = 4
    CAME_BACK = 5
    ASSESSED = 6
    OVER_TIME = 7
    ISSUED = 8
    APPEALS = 9
    MOVED_IN = 10
    NEED = 11
    PLACEMENT = 12
    LEAVERS = 13
    DESTINATION = 14
    ENDS = 15
    REASONS = 16
    LOTTERY = 17
    WILLING = 18
    INHERIT = 19
    SPEND = 20


def keys(seed: int, draws: int, first: int = 0) -> Keys:
    """(draws, purposes) keys of draws `first` onwards: odd 64-bit numbers, from one SeedSequence child per purpose."""
    children = np.random.SeedSequence(seed).spawn(len(Purpose))
    streams = [np.random.PCG64(child).random_raw(first + draws)[first:] for child in children]
    found: Keys = np.ascontiguousarray(np.stack(streams, axis=1)) | np.uint64(1)
    return found


def generator(seed: int, purpose: Purpose) -> np.random.Generator:
    """A generator for whatever is drawn once for a whole path, apart from the numbers of single plans."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed).spawn(len(Purpose))[purpose]).jumped())


def normals(rng: np.random.Generator, draws: int, years: int) -> Floats:
    """(draws, years) normal numbers. More years or more draws leave the earlier ones as they are, so that a return
    that looks further ahead than the report has the same figures for the years that both have."""
    found: Floats = rng.standard_normal((draws, max(years, MOST_YEARS)))[:, :years]
    return found


def counters(term: int, cell: Any, item: Any = 0) -> Keys:
    """The counter of one random number: the step, the cell, and the child within it."""
    cells = np.asarray(cell).astype(np.uint64) << np.uint64(CELL_SHIFT)
    found: Keys = np.uint64(term << TERM_SHIFT) + cells + np.asarray(item).astype(np.uint64)
    return found


def uniforms(key: Keys, counter: Keys) -> Floats:
    """squares64 as a number from 0 up to, not including, 1. Arrays of the same shape."""
    x = counter * key
    y, z = x, x + key
    x = x * x + y
    x = (x >> _HALF) | (x << _HALF)
    x = x * x + z
    x = (x >> _HALF) | (x << _HALF)
    x = x * x + y
    x = (x >> _HALF) | (x << _HALF)
    t = x * x + z
    x = (t >> _HALF) | (t << _HALF)
    bits = t ^ ((x * x + y) >> _HALF)
    found: Floats = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return found
