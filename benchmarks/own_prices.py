"""What a council's own unit costs are worth: the error of its spending with them and without, on invented years.

Run: python benchmarks/own_prices.py [COUNCIL...]

Each invented life is one draw of a council's forecast, so its plans, mix and general prices are as unsure as the
forecast says. What the lines of the return do not tell is invented: a placement of a sector costs more or less than its
line over its plans (so much that the lines together stay on outturn), and each sector rises at its own pace. The
council gives the average that it paid in the first year, counted a little wrong.
"""

import sys
from dataclasses import replace

import numpy as np

from highneeds.forecast.costs.learnt import follows
from highneeds.forecast.costs.price import Costs, price
from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.costs.residual import with_residual
from highneeds.forecast.council import learn
from highneeds.forecast.own_prices import ALL, SECTORS, with_own_prices
from highneeds.forecast.simulate import SimulationRun, simulate
from highneeds.forecast.state import Floats
from highneeds.forecast.summary import OwnPrice
from highneeds.intake.published import open_pack

COUNCILS = ("886", "302", "330", "925", "383", "871")  # large and small, counties and cities
YEARS, DRAWS, LIVES = 4, 200, 60
LINE_OFF = 0.2
"""Spread of what a placement of a sector costs about its line over its plans."""

OWN_PACE = 0.02
"""Spread of a sector's yearly rise about that of all."""

COUNTED_OFF = 0.03
"""Spread of the average that a council gives about what it paid."""


def main(councils: tuple[str, ...]) -> None:
    published, found = open_pack(), []
    for number, council in enumerate(councils):
        assumptions, _ = learn(published, council, years=YEARS, draws=DRAWS, seed=1)
        run = simulate(assumptions, DRAWS, 1)
        rng = np.random.default_rng(number)
        costs = price(run)
        assert costs is not None
        found += [of_life(run, costs, draw, rng) for draw in range(LIVES)]
    errors, held, moved = (np.array(part) for part in zip(*found, strict=True))
    print(f"{len(found)} invented lives of {len(councils)} councils")
    print(
        "| year | off by % without | with | 80% band holds without | with | a moved placement off by % without | with |"
    )
    print("|---|---|---|---|---|---|---|")
    off, inside, away = 100 * errors.mean(axis=0), 100 * held.mean(axis=0), 100 * moved.mean(axis=0)
    for year in range(off.shape[1]):
        cells = [
            f"{values[way, year]:.{digits}f}" for values, digits in ((off, 2), (inside, 0), (away, 1)) for way in (0, 1)
        ]
        print(f"| {year + 1} | {' | '.join(cells)} |")


def of_life(run: SimulationRun, costs: Costs, draw: int, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Each (without and with, years): error of the total, whether the band holds it, error of a moved placement.

    A moved placement is what one child in a state special school in place of an independent one saves, its error beside
    the fee of the independent one.
    """
    prices: Prices = run.assumptions.prices
    dearer, true = life(prices, costs, draw, rng)
    own = [
        OwnPrice(name, ALL, str(costs.years[0]), gbp, gbp, gbp, "invented")
        for name, gbp in averages(run, prices, costs, dearer, draw, rng).items()
    ]
    after, _ = with_own_prices(prices, own)
    after, _ = with_residual(prices, after, run.assumptions)
    ways = (costs, price(replace(run, assumptions=replace(run.assumptions, prices=after))))
    totals = [one.total_gbp for one in ways if one is not None]
    low, high = np.quantile(totals, (0.1, 0.9), axis=1)
    saved = saving(run, costs, draw=draw, dearer=dearer)
    fee = unit(run, costs, "independent", draw) * dearer["independent"]
    moved = [abs(saving(run, one) - saved) / fee for one in ways if one is not None]
    return (
        abs(np.stack([one.mean(axis=0) for one in totals]) / true - 1),
        (low <= true) & (true <= high),
        np.stack(moved),
    )


def life(prices: Prices, costs: Costs, draw: int, rng: np.random.Generator) -> tuple[dict[str, Floats], Floats]:
    """Sector -> (years,) how much dearer than its line, and the (years,) total that comes."""
    steps = {name: np.arange(YEARS) for name in SECTORS}
    drawn = {
        name: np.exp(LINE_OFF * rng.standard_normal() + OWN_PACE * rng.standard_normal() * steps[name])
        for name in SECTORS
    }
    of_line = {sector.line: drawn[name] for name, sector in SECTORS.items()}
    paid = {line.name for line in prices.lines if follows(line)}
    middle = {name: float(gbp[:, 0].mean()) for name, gbp in costs.by_line_gbp.items() if name in paid}
    level = sum(middle.values()) / sum(
        gbp * float(of_line[name][0]) if name in of_line else gbp for name, gbp in middle.items()
    )
    rest = sum(gbp[draw] for name, gbp in costs.by_line_gbp.items() if name not in paid)
    true = rest + sum(
        gbp[draw] * level * of_line.get(name, 1.0) for name, gbp in costs.by_line_gbp.items() if name in paid
    )
    return {name: level * by for name, by in drawn.items()}, np.asarray(true)


def plans_in(run: SimulationRun, sector: str, draw: int | None) -> Floats:
    at = [place for place, one in enumerate(run.assumptions.provisions) if one.setting in SECTORS[sector].settings]
    plans = run.outcome.volume.sum(axis=3)[:, :, at].sum(axis=2)
    return np.asarray(plans.mean(axis=0) if draw is None else plans[draw])


def unit(run: SimulationRun, costs: Costs, sector: str, draw: int | None = None) -> Floats:
    """(years,) what a placement of a sector costs, without place funding; the middle of all draws, or one draw."""
    line = SECTORS[sector].line
    gbp = sum(values for name, values in costs.by_line_gbp.items() if name.split(", ")[0] == line)
    spent = np.asarray(gbp).mean(axis=0) if draw is None else np.asarray(gbp)[draw]
    return np.asarray(spent / plans_in(run, sector, draw))


def saving(
    run: SimulationRun, costs: Costs, draw: int | None = None, dearer: dict[str, Floats] | None = None
) -> Floats:
    """(years,) a placement in an independent school less one in a state special school."""
    found = {name: unit(run, costs, name, draw) * (dearer[name] if dearer else 1.0) for name in SECTORS}
    return found["independent"] - found["maintained special"]


def averages(
    run: SimulationRun, prices: Prices, costs: Costs, dearer: dict[str, Floats], draw: int, rng: np.random.Generator
) -> dict[str, float]:
    """Sector -> what the council says that a placement cost in the first year, place funding in it."""
    found = {}
    for name, sector in SECTORS.items():
        place = next((line.gbp for line in prices.lines if line.name == sector.place_line), 0.0)
        paid = float(unit(run, costs, name, draw)[0] * dearer[name][0])
        found[name] = paid * float(np.exp(COUNTED_OFF * rng.standard_normal())) + place
    return found


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or COUNCILS)
