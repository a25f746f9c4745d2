"""Which rows of a frame are open on a day, or dated between two: a hundred such questions are asked of one frame.

A query of polars for each would cost more than its answer: the days are taken out once, as numbers.
"""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

RowNumbers = NDArray[np.int64]

EPOCH = date(1970, 1, 1)
NEVER = 2**31 - 1
"""Stands for no date: what has no start is never open, what has no end never ends."""


class RowsByDay:
    """first, last   (rows) the days of two columns, both included, in days since EPOCH."""

    def __init__(self, rows: pl.DataFrame, first: str, last: str) -> None:
        days = rows.select(pl.col(one).to_physical().fill_null(NEVER) for one in dict.fromkeys((first, last)))
        self._first, self._last = days[first].to_numpy(), days[last].to_numpy()

    def open_on(self, day: date) -> RowNumbers:
        """The rows with first <= day <= last."""
        at = (day - EPOCH).days
        return np.flatnonzero((self._first <= at) & (self._last >= at))

    def begun_between(self, first: date, last: date) -> RowNumbers:
        """The rows whose first day lies between two days, both included."""
        return np.flatnonzero((self._first >= (first - EPOCH).days) & (self._first <= (last - EPOCH).days))
