"""How the high needs block grows after the newest one known: towards the stated rise, from where England's rises stand.

A rise is a decision of the government. What past ones say is how far the last went beyond the stated rise, and how much
a year's rise surprised: of what lies beyond, half is taken to go on each year, and every year brings a surprise anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from highneeds.forecast.defaults import default
from highneeds.forecast.state import Floats
from highneeds.intake.published.breaks import HIGH_NEEDS_BLOCK, break_between
from highneeds.vocabulary.period import FinancialYear

GOES_ON = 0.5
"""Of a rise beyond the stated one, half goes on in the next year. A spending review holds for about three years. The
three rises that are published went on by more, but they are of one review, and what follows is another."""

SURE_90 = 1.645


@dataclass(frozen=True)
class BlockGrowth:
    """The yearly rise of a block, as a share.

    stated, low, high   what it comes back to, and the range of that (nine in ten)
    beyond              how far England's last rise lay beyond the stated one
    surprise            standard deviation of a year's rise about what was forecast of it
    """

    stated: float
    low: float
    high: float
    beyond: float = 0.0
    surprise: float = 0.0

    @property
    def next_year(self) -> tuple[float, float, float]:
        """The first rise to come: middle, and the ends of nine in ten."""
        middle = self.stated + GOES_ON * self.beyond
        away = float(np.hypot(SURE_90 * self.surprise, (self.high - self.low) / 2))
        return middle, middle - away, middle + away

    def spread(self, years: int) -> float:
        """Standard deviation of the log of the block so many years after the newest known."""
        of_stated = years * (self.high - self.low) / (2 * SURE_90)
        kept = (1 - GOES_ON ** np.arange(1, years + 1)) / (1 - GOES_ON)
        return float(np.hypot(of_stated, self.surprise * np.sqrt((kept**2).sum())))

    def draws(self, years: int, rng: np.random.Generator, draws: int) -> Floats:
        """(draws, years) log of the block over the newest known, one to `years` years after it.

        The same for the first years however many are asked for.
        """
        stated = np.log1p(self.stated) + (self.high - self.low) / (2 * SURE_90) * rng.standard_normal(draws)
        risen, beyond, found = np.zeros(draws), np.full(draws, self.beyond), np.zeros((draws, years))
        for year in range(years):
            beyond = GOES_ON * beyond + self.surprise * rng.standard_normal(draws)
            risen = risen + stated + beyond
            found[:, year] = risen
        return found


def block_growth(blocks: Mapping[str, Mapping[int, float]]) -> BlockGrowth:
    """Learnt from the blocks that are known: council -> first calendar year -> pounds.

    The surprises lean on the distance that the rise is taken to lose, as on one of them. Without a rise it is stated.
    """
    grows = default("grant_growth")
    rises = _rises(blocks)
    if not rises:
        return BlockGrowth(grows.value, grows.low, grows.high)
    beyond = [rise - grows.value for rise in rises]
    missed = [
        (1 - GOES_ON) * beyond[-1],
        *(now - GOES_ON * then for then, now in pairwise(beyond)),
    ]
    return BlockGrowth(grows.value, grows.low, grows.high, beyond[-1], float(np.sqrt(np.mean(np.square(missed)))))


def _rises(blocks: Mapping[str, Mapping[int, float]]) -> Sequence[float]:
    """England's rise in every pair of years, of the councils that have both; none across an announced break."""
    years = sorted({year for one in blocks.values() for year in one})
    found = []
    for year in years[1:]:
        both = [(one[year - 1], one[year]) for one in blocks.values() if {year - 1, year} <= set(one)]
        broken = break_between(HIGH_NEEDS_BLOCK, str(FinancialYear(year - 1)), str(FinancialYear(year)))
        if both and broken is None:
            found.append(sum(now for _, now in both) / sum(then for then, _ in both) - 1)
    return found
