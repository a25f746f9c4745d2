"""How good the forecast of the in-year position is: every council and origin whose outcome is published.

Run: python benchmarks/position.py

The position is the net outturn of lines 1.2 less the high needs block after deductions, which holds recoupment out of
both sides. Spending is drawn from the bands of its own forecast. The block is what was known that January and after it
the stated range of its growth, or else, to see how much of the error is the block's, what it came to. The sum over the
years is what the deficit grows by, from the newest outturn on.
"""

import numpy as np

from highneeds.forecast.backtest.spend import spend_backtest_from
from highneeds.forecast.defaults import default
from highneeds.forecast.published.lookback import look_back
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.spend import look_back_at_spend
from highneeds.forecast.spend.lookback import spend_outcomes
from highneeds.forecast.spend.outlook import SpendOutlook
from highneeds.forecast.spend.path import spend_held_together
from highneeds.intake.published import Published, open_pack
from highneeds.vocabulary.period import FinancialYear

HORIZONS = (1, 2, 3)
ORIGINS, DRAWS = 5, 500
CHANCES = tuple(np.linspace(0.01, 0.99, 50))
BLOCK = "high_needs_block_after_deductions"


def main() -> None:
    published = open_pack()
    newest = latest_january(published)
    looks = look_back(published, newest)
    spent = look_back_at_spend(published, looks)
    tested = spend_backtest_from(spent, looks, range(newest - ORIGINS, newest), HORIZONS)
    came = blocks(published)
    print("| block | position | years | rows | off by, % of block | bias | 80% holds | Brier | of share | said, came |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for foreseen in (False, True):
        rows = [row for view in tested.outlooks for row in of_origin(published, view, tested.truth, came, foreseen)]
        for measure in ("in year", "summed"):
            for horizon in HORIZONS:
                found = np.array([row[2:] for row in rows if row[:2] == (measure, horizon)])
                said("as it came" if foreseen else "carried on", measure, horizon, found)


def said(block_is: str, measure: str, horizon: int, found: np.ndarray) -> None:
    """One line of the table; Brier is that of the chance of balance, beside the chance that the share of all gives."""
    if not len(found):
        return
    middle, low, high, chance, outcome, block = found.T
    off, held, even = (middle - outcome) / block, (low <= outcome) & (outcome <= high), outcome <= 0
    brier, share = ((chance - even) ** 2).mean(), even.mean()
    cells = (
        f"{100 * abs(off).mean():.1f}",
        f"{100 * off.mean():+.1f}",
        f"{100 * held.mean():.0f}",
        f"{brier:.3f}",
        f"{share * (1 - share):.3f}",
        f"{100 * chance.mean():.0f}%, {100 * share:.0f}%",
    )
    print(f"| {block_is} | {measure} | {horizon} | {len(found)} | {' | '.join(cells)} |")


def of_origin(published: Published, view: SpendOutlook, truth, came, foreseen: bool):
    """Rows of (measure, horizon, middle, low, high, chance of balance, outcome, block) of every council."""
    then = blocks(published.known_at(view.january))
    known = came if foreseen else then
    rng = np.random.default_rng(view.january)
    hold = spend_held_together(view.before, view)
    bands = np.stack([view.band(horizon, CHANCES) for horizon in HORIZONS])
    outcomes = [spend_outcomes(view.outturn, truth, horizon) for horizon in HORIZONS]
    for row, council in enumerate(view.outturn.councils):
        if not np.isfinite(bands[:, :, row]).all() or council not in then:
            continue
        spending, block = drawn(bands[:, :, row], hold, rng), carried_on(known[council], view, rng)
        total, actual = np.zeros(DRAWS), 0.0
        for at, horizon in enumerate(HORIZONS):
            gbp, there = outcomes[at]
            year = view.outturn.newest.start + horizon
            if not there[row] or year not in came.get(council, {}):
                break
            in_year, outcome = spending[:, at] - block[year], gbp[row] - came[council][year]
            total, actual = total + in_year, actual + outcome
            for measure, draws, one in (("in year", in_year, outcome), ("summed", total, actual)):
                low, middle, high = np.quantile(draws, (0.1, 0.5, 0.9))
                yield measure, horizon, middle, low, high, (draws <= 0).mean(), one, came[council][year]


def drawn(bands: np.ndarray, hold: float, rng: np.random.Generator) -> np.ndarray:
    """(draws, horizons) spending, whose errors hang together over the years as past ones did."""
    ahead = np.array(HORIZONS, dtype=float)
    together = np.exp(-hold * abs(np.log(ahead[:, None] / ahead[None, :])))
    normal = rng.standard_normal((DRAWS, len(ahead))) @ np.linalg.cholesky(together).T
    places = (normal.argsort(axis=0).argsort(axis=0) + 0.5) / DRAWS
    return np.stack([np.interp(places[:, at], CHANCES, bands[at]) for at in range(len(ahead))], axis=1)


def carried_on(known: dict[int, float], view: SpendOutlook, rng: np.random.Generator) -> dict[int, np.ndarray]:
    """Year -> (draws,) the block as known, and after it at the stated range of its growth."""
    grows, last = default("grant_growth"), max(known)
    rise = np.log1p(grows.value) + (grows.high - grows.low) / (2 * 1.645) * rng.standard_normal(DRAWS)
    years = range(view.outturn.newest.start + 1, view.outturn.newest.start + max(HORIZONS) + 1)
    return {year: known.get(year, known[last]) * np.exp(rise * max(year - last, 0)) for year in years}


def blocks(published: Published) -> dict[str, dict[int, float]]:
    """Council -> year -> the block after deductions."""
    found: dict[str, dict[int, float]] = {}
    for council, year, gbp in published.table("dsg_allocations").select("la_number", "fin_year", BLOCK).iter_rows():
        if gbp is not None:
            found.setdefault(council, {})[FinancialYear.parse(year).start] = float(gbp)
    return found


if __name__ == "__main__":
    main()
