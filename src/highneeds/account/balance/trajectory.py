"""Where the forecast and the account meet: simulated costs through the roll-forward, with odds beside every promise.

Simulated money is pounds in arrays (draws, years), cash prices; the account is whole pence. This is the one place where
the first becomes the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from highneeds.account.amount import Amount
from highneeds.intake.ledger.years import YearRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

Array = NDArray[np.float64]
NEEDED = ("allocation_gbp", "block_transfer_in_gbp", "dfe_payment_received_gbp", "council_contribution_gbp")


@dataclass(frozen=True)
class Trajectory:
    """in_year_gbp       (draws, years)   before contributions
    accumulated_gbp   (draws, years)   deficit at each 31 March
    target_gbp        (years,)         planned in-year position, not a number where none is given

    accumulated[y] = accumulated[y - 1] + in_year[y] - payments[y] - contribution[y], in every draw.
    """

    years: tuple[FinancialYear, ...]
    in_year_gbp: Array
    accumulated_gbp: Array
    target_gbp: Array

    def band(self, year: FinancialYear, chance: float, accumulated: bool = True) -> float:
        """The sum that so many of the draws stay at or below; 0.5 is the middle one."""
        draws = self.accumulated_gbp if accumulated else self.in_year_gbp
        return float(np.quantile(draws[:, self.years.index(year)], chance))

    def chance_of_target(self, year: FinancialYear) -> float | None:
        """The share of draws with an in-year position no higher than planned; no answer without a plan."""
        at = self.years.index(year)
        if np.isnan(self.target_gbp[at]):
            return None
        return float(np.mean(self.in_year_gbp[:, at] <= self.target_gbp[at]))

    def chance_of_nil(self, year: FinancialYear) -> float:
        """The share of draws without a deficit at the end of the year."""
        return float(np.mean(self.accumulated_gbp[:, self.years.index(year)] <= 0))

    def break_even(self) -> tuple[tuple[str, float], ...]:
        """Each year with the share of draws that first come into balance in it, before contributions; 'none' last."""
        balanced = self.in_year_gbp <= 0
        first = np.where(balanced.any(axis=1), balanced.argmax(axis=1), len(self.years))
        shares = np.bincount(first, minlength=len(self.years) + 1) / len(first)
        names = [*(str(year) for year in self.years), "none"]
        return tuple((name, float(share)) for name, share in zip(names, shares, strict=True))

    def exposure(self, year: FinancialYear, chance: float) -> float:
        """What falls on the books if the override ends with the year, at a chance; a surplus is no exposure."""
        return max(0.0, self.band(year, chance))


def trajectory(opening: Amount, years: Sequence[YearRow], cost_gbp: Array) -> Trajectory:
    """Carry every draw through the account.

    opening    the deficit before the first year
    years      consecutive years with grant, transfers, payments and contributions as they are expected
    cost_gbp   (draws, years)   simulated spend of each year in cash prices
    """
    if opening.pence is None:
        raise InputError(f"There is no deficit to begin with: {opening.reason}", remedy="Give the opening deficit")
    if cost_gbp.ndim != 2 or cost_gbp.shape[1] != len(years):
        raise InputError(
            f"The costs have {cost_gbp.shape} draws and years for {len(years)} years of the account",
            remedy="Give one column of costs for each year",
        )
    sums = np.array([[_pounds(row, name) for name in NEEDED] for row in years])
    in_year = cost_gbp - sums[:, 0] - sums[:, 1]
    accumulated = opening.pence / 100 + np.cumsum(in_year - sums[:, 2] - sums[:, 3], axis=1)
    plans = [row.plan_in_year_before_gbp for row in years]
    target = np.array([np.nan if plan is None else plan / 100 for plan in plans])
    return Trajectory(tuple(row.year for row in years), in_year, accumulated, target)


def _pounds(row: YearRow, name: str) -> float:
    pence = getattr(row, name)
    if pence is None:
        raise InputError(
            f"{name} of {row.year} is missing, so no draw can be carried through it",
            where=row.where,
            remedy="Give what is expected, and mark it as an assumption",
        )
    return float(pence) / 100
