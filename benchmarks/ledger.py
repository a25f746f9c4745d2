"""What a ledger to each period is worth: the error of a year's cost with it and without, on invented years.

Run: python benchmarks/ledger.py
"""

from dataclasses import replace

import numpy as np

from highneeds.forecast.costs.price import Costs
from highneeds.forecast.money import PERIODS, own_factors
from highneeds.forecast.summary import ForecastInputs, Underway
from highneeds.vocabulary.period import FinancialYear

YEARS = 4000
ESTIMATE_OFF = 0.065
"""Spread of the estimate of a current year about what it came to: the error two years after the newest outturn."""

LUMPS = 0.10
"""Spread of a month's bills about a twelfth of the year."""

DRAWS = 200


def main() -> None:
    rng = np.random.default_rng(1)
    off = {period: np.zeros((2, YEARS)) for period in range(PERIODS + 1)}
    held = {period: np.zeros(YEARS, dtype=bool) for period in range(PERIODS + 1)}
    estimate = np.exp(ESTIMATE_OFF * rng.standard_normal((DRAWS, 2)))
    for at in range(YEARS):
        level = np.exp(ESTIMATE_OFF * rng.standard_normal())
        months = level / PERIODS * np.exp(LUMPS * rng.standard_normal(PERIODS))
        later = level * np.exp(0.05 * rng.standard_normal())
        for period in off:
            cost = costs(estimate)
            if period:
                cost = costs(estimate * own_factors(cost, ledger(period, float(months[:period].sum()))))
            total = cost.total_gbp
            off[period][:, at] = abs(total[:, 0].mean() / months.sum() - 1), abs(total[:, 1].mean() / later - 1)
            low, high = np.quantile(total[:, 0], (0.1, 0.9))
            held[period][at] = low <= months.sum() <= high
    print("| ledger to | current year off by % | the year after off by % | 80% band of the current year holds |")
    print("|---|---|---|---|")
    for period, errors in off.items():
        name = f"P{period}" if period else "none"
        current, after = 100 * errors.mean(axis=1)
        print(f"| {name} | {current:.1f} | {after:.1f} | {100 * held[period].mean():.0f} |")


def costs(total: np.ndarray) -> Costs:
    """Two years of cost, (draws, years), and nothing else."""
    years = (FinancialYear(2025), FinancialYear(2026))
    return Costs(years, (), total[:, :, None], {}, np.zeros(total.shape), None, None, None, {})


def ledger(period: int, gbp: float) -> ForecastInputs:
    inputs = ForecastInputs("999", "2027-28", DRAWS, 1)
    return replace(inputs, underway=(Underway("2025-26", period, gbp, None, "invented"),))


if __name__ == "__main__":
    main()
