"""How good the forecast of the in-year position is: every council and origin whose outcome is published.

Run: python benchmarks/position.py

The position is the net outturn of lines 1.2 less the high needs block after deductions, which holds recoupment out of
both sides. Spending is drawn from the bands of its own forecast. A year's block is announced in the December before it
begins, so that of the year under way and of the next are known in January (as the file has them: the last update; the
council had the first). After them it is carried on as a forecast carries it. To see how well that is done it is also
carried on from a year less; and to see whose error it is, the block that came is taken. The sum over the years is what
the deficit grows by, from the newest outturn on.
"""

import numpy as np

from highneeds.forecast.backtest.spend import spend_backtest_from
from highneeds.forecast.costs.block_growth import BlockGrowth, block_growth
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


KNOWN = {"as announced": 0, "from a year less": 1, "as it came": -len(HORIZONS)}
"""How the block is known -> how many years before the one that begins after the January the newest known one lies."""


def main() -> None:
    published = open_pack()
    newest = latest_january(published)
    looks = look_back(published, newest)
    spent = look_back_at_spend(published, looks)
    tested = spend_backtest_from(spent, looks, range(newest - ORIGINS, newest), HORIZONS)
    came, first = blocks(published), dict[str, list[tuple[np.ndarray, int]]]()
    print("| block | position | years | rows | off by, % of block | bias | 80% holds | Brier | of share | said, came |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, less in KNOWN.items():
        first[name] = []
        rows = [row for view in tested.outlooks for row in of_origin(view, tested.truth, came, less, first[name])]
        for measure in ("in year", "summed"):
            for horizon in HORIZONS:
                said(name, measure, horizon, np.array([row[2:] for row in rows if row[:2] == (measure, horizon)]))
    print("\n| block | rows | 1st year | 2nd | 3rd | none of three | score | of shares |")
    print("|---|---|---|---|---|---|---|---|")
    for name, found in first.items():
        first_years(name, found)


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


def first_years(block_is: str, found: list[tuple[np.ndarray, int]]) -> None:
    """The first year of balance: what was said and what came, in per cent, and the score (Brier's, over all four).

    Beside it that of giving every council the shares that came.
    """
    chances, came = np.array([one for one, _ in found]), np.array([at for _, at in found])
    hits = np.eye(chances.shape[1])[came]
    shares = hits.mean(axis=0)
    cells = (f"{100 * said:.0f}, {100 * came:.0f}" for said, came in zip(chances.mean(axis=0), shares, strict=True))
    score, flat = ((chances - hits) ** 2).sum(axis=1).mean(), ((shares - hits) ** 2).sum(axis=1).mean()
    print(f"| {block_is} | {len(found)} | {' | '.join(cells)} | {score:.3f} | {flat:.3f} |")


def of_origin(view: SpendOutlook, truth, came, less: int, first: list[tuple[np.ndarray, int]]):
    """Rows of (measure, horizon, middle, low, high, chance of balance, outcome, block) of every council.

    first   takes the chances of each year, and of none, to be the first of balance, and which it was
    """
    then = {
        council: {y: gbp for y, gbp in years.items() if y <= view.january - less} for council, years in came.items()
    }
    growth = block_growth(then)
    rng = np.random.default_rng(view.january)
    hold = spend_held_together(view.before, view)
    bands = np.stack([view.band(horizon, CHANCES) for horizon in HORIZONS])
    outcomes = [spend_outcomes(view.outturn, truth, horizon) for horizon in HORIZONS]
    for row, council in enumerate(view.outturn.councils):
        if not np.isfinite(bands[:, :, row]).all() or not then.get(council):
            continue
        spending, block = drawn(bands[:, :, row], hold, rng), carried_on(then[council], growth, view, rng)
        total, actual, positions, came_true = np.zeros(DRAWS), 0.0, [], []
        for at, horizon in enumerate(HORIZONS):
            gbp, there = outcomes[at]
            year = view.outturn.newest.start + horizon
            if not there[row] or year not in block or year not in came.get(council, {}):
                break
            in_year, outcome = spending[:, at] - block[year], gbp[row] - came[council][year]
            total, actual = total + in_year, actual + outcome
            positions.append(in_year <= 0)
            came_true.append(outcome <= 0)
            for measure, draws, one in (("in year", in_year, outcome), ("summed", total, actual)):
                low, middle, high = np.quantile(draws, (0.1, 0.5, 0.9))
                yield measure, horizon, middle, low, high, (draws <= 0).mean(), one, came[council][year]
        if len(positions) == len(HORIZONS):
            even = np.vstack([*positions, np.ones(DRAWS, dtype=bool)])
            found = np.bincount(even.argmax(axis=0), minlength=len(HORIZONS) + 1) / DRAWS
            first.append((found, [*came_true, True].index(True)))


def drawn(bands: np.ndarray, hold: float, rng: np.random.Generator) -> np.ndarray:
    """(draws, horizons) spending, whose errors hang together over the years as past ones did."""
    ahead = np.array(HORIZONS, dtype=float)
    together = np.exp(-hold * abs(np.log(ahead[:, None] / ahead[None, :])))
    normal = rng.standard_normal((DRAWS, len(ahead))) @ np.linalg.cholesky(together).T
    places = (normal.argsort(axis=0).argsort(axis=0) + 0.5) / DRAWS
    return np.stack([np.interp(places[:, at], CHANCES, bands[at]) for at in range(len(ahead))], axis=1)


def carried_on(known: dict[int, float], growth: BlockGrowth, view: SpendOutlook, rng) -> dict[int, np.ndarray]:
    """Year -> (draws,) the block as known, and after it as a forecast carries it on."""
    last, first = max(known), view.outturn.newest.start + 1
    years = range(first, first + len(HORIZONS))
    grown = np.exp(growth.draws(max(years[-1] - last, 0), rng, DRAWS))
    found = {}
    for year in years:
        if year in known or year > last:
            found[year] = np.full(DRAWS, known[year]) if year in known else known[last] * grown[:, year - last - 1]
    return found


def blocks(published: Published) -> dict[str, dict[int, float]]:
    """Council -> year -> the block after deductions."""
    found: dict[str, dict[int, float]] = {}
    for council, year, gbp in published.table("dsg_allocations").select("la_number", "fin_year", BLOCK).iter_rows():
        if gbp is not None:
            found.setdefault(council, {})[FinancialYear.parse(year).start] = float(gbp)
    return found


if __name__ == "__main__":
    main()
