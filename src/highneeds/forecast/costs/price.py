"""Put prices on a run: cost by line, provision and financial year in every draw, and the in-year position."""

import math
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.costs.learnt import LearntPrice, factor_of_own, follows, learnt_factor
from highneeds.forecast.costs.prices import PriceBasis, PriceLine, Prices
from highneeds.forecast.places import for_kernel
from highneeds.forecast.seeds import Purpose, generator
from highneeds.forecast.simulate import SimulationRun
from highneeds.forecast.state import PHASES, SETTINGS, Floats, Provision
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

COMMON = 0.5
"""Share of the variance of inflation that all lines have in common."""
NO_SETTING = "no_setting"
PHASE_NAMES = tuple(name for name, _, _ in PHASES)


@dataclass(frozen=True)
class Costs:
    """Pounds of the day, by draw.

    years         the whole financial years, in order
    cost_gbp      (draws, years, provisions + 1) cost inside the DSG; the last column serves children without a plan
    by_line_gbp   (lines) each (draws, years)
    outside_gbp   (draws, years) what is shown beside the DSG
    grant_gbp     (draws, years) grant with transfers and contributions; None where unknown
    in_year_gbp, accumulated_gbp   (draws, years); a deficit is positive; None where unknown
    absent        settings without a price, and why
    """

    years: tuple[FinancialYear, ...]
    provisions: tuple[Provision, ...]
    cost_gbp: Floats
    by_line_gbp: dict[str, Floats]
    outside_gbp: Floats
    grant_gbp: Floats | None
    in_year_gbp: Floats | None
    accumulated_gbp: Floats | None
    absent: dict[str, Note]

    @property
    def total_gbp(self) -> Floats:
        found: Floats = self.cost_gbp.sum(axis=2)
        return found

    def by_setting_gbp(self) -> dict[str, Floats]:
        """(draws, years) by setting, and for children without a plan; settings without a price are left out."""
        found: dict[str, Floats] = {}
        for index, one in enumerate((*(p.setting for p in self.provisions), NO_SETTING)):
            found[one] = found.get(one, 0.0) + self.cost_gbp[:, :, index]
        return {name: found[name] for name in (*SETTINGS, NO_SETTING) if name in found and name not in self.absent}


def price(run: SimulationRun) -> Costs | None:
    """Cost of a run; None where nothing is known of money."""
    prices: Prices | None = run.assumptions.prices
    if prices is None:
        return None
    years = run.assumptions.calendar.financial_years
    draws, provisions = run.draws, run.assumptions.provisions
    paid = _learnt(prices, run.seed, draws, years)
    cost = np.zeros((draws, len(years), len(provisions) + 1))
    outside = np.zeros((draws, len(years)))
    by_line: dict[str, Floats] = {}
    for line, prices_of_line in zip(prices.lines, paid, strict=True):
        part = _units(line, run) * prices_of_line[:, :, None]
        if line.in_dsg and prices.started is not None:
            part = part * prices.started[:draws, :, None]
        by_line[line.name] = by_line.get(line.name, 0.0) + part.sum(axis=2)
        if line.in_dsg:
            cost += part
        else:
            outside += part.sum(axis=2)
    grant = _grant_paths(prices, run.seed, draws, years)
    in_year = None if grant is None else cost.sum(axis=2) - grant
    return Costs(
        years, provisions, cost, by_line, outside, grant, in_year, _rolled(prices, in_year), dict(prices.absent)
    )


def _learnt(prices: Prices, seed: int, draws: int, years: tuple[FinancialYear, ...]) -> list[Floats]:
    """(draws, years) price of each line, brought to the spending that outturn forecasts where it does."""
    paid = _price_paths(prices.lines, seed, draws, years)
    learnt: LearntPrice | None = prices.learnt
    if learnt is None:
        return paid
    then = dict(zip((one.name for one in learnt.lines), _price_paths(learnt.lines, seed, draws, years), strict=True))
    factor = learnt_factor(learnt, then, seed, draws, years)
    return [
        price * (_factor_for(line, factor, learnt, years) if follows(line) else 1.0)
        for line, price in zip(prices.lines, paid, strict=True)
    ]


def _factor_for(line: PriceLine, factor: Floats, learnt: LearntPrice, years: tuple[FinancialYear, ...]) -> Floats:
    return factor if line.estimate else factor_of_own(line, factor, learnt, years)


def _rolled(prices: Prices, in_year: Floats | None) -> Floats | None:
    if in_year is None or prices.opening is None:
        return None
    found: Floats = prices.opening + np.cumsum(in_year, axis=1)
    return found


def _price_paths(lines: tuple[PriceLine, ...], seed: int, draws: int, years: tuple[FinancialYear, ...]) -> list[Floats]:
    """(draws, years) price of each line: a level and a yearly rise drawn once per path, partly in common.

    A line's random numbers belong to its name, so that a scenario that adds a line leaves the others' as they were.
    """
    common = generator(seed, Purpose.PRICES).standard_normal(draws)
    found = []
    for line in lines:
        own = _own_draws(seed, line.name, draws)
        level = np.exp(line.spread * own[:, 0] - line.spread**2 / 2)
        rise = np.sqrt(COMMON) * common + np.sqrt(1.0 - COMMON) * own[:, 1]
        found.append(line.gbp * level[:, None] * _risen(line, rise, years))
    return found


def _risen(line: PriceLine, rise: Floats, years: tuple[FinancialYear, ...]) -> Floats:
    """(draws, years) price beside the base year's: yearly rises with their changes and caps, then factors."""
    logs, found = np.zeros(len(rise)), np.zeros((len(rise), len(years)))
    by_year = {line.base_year: logs}
    for year in range(line.base_year + 1, years[-1].start + 1):
        yearly = np.log1p(line.inflation + sum(change for first, change in line.rises if year >= first))
        yearly = yearly + line.inflation_spread * rise
        for first, cap in line.caps:
            yearly = np.minimum(yearly, np.log1p(cap)) if year >= first else yearly
        logs = logs + yearly
        by_year[year] = logs
    for index, one in enumerate(years):
        factor = math.prod(by for first, by in line.factors if one.start >= first)
        found[:, index] = factor * np.exp(by_year.get(one.start, logs * 0.0))
    return found


def _own_draws(seed: int, name: str, draws: int) -> Floats:
    return _own_stream(seed, name).standard_normal((draws, 2))


def _own_stream(seed: int, name: str) -> np.random.Generator:
    label = int.from_bytes(name.encode("utf-8"), "big")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=(seed, int(Purpose.PRICES), label))))


def _units(line: PriceLine, run: SimulationRun) -> Floats:
    """(draws, years, provisions + 1) how much of its unit a line is paid for; the last column is for no setting."""
    paid_for = [PHASE_NAMES.index(phase) for phase in line.phases]
    volume = run.outcome.volume[..., paid_for].sum(axis=3) if paid_for else run.outcome.volume.sum(axis=3)
    found = np.zeros((volume.shape[0], volume.shape[1], volume.shape[2] + 1))
    if line.basis is PriceBasis.YEAR:
        found[:, :, -1] = 1.0
        return found
    funded = _funded(run) if line.basis is PriceBasis.PLACE else np.zeros(volume.shape[1:])
    for index, one in enumerate(run.assumptions.provisions):
        if one.school in line.schools if line.schools else one.setting in line.settings:
            counted = funded[:, index].any()
            found[:, :, index] = funded[:, index] if counted else volume[:, :, index]
    return found


def _funded(run: SimulationRun) -> Floats:
    """(years, provisions) funded places times years, full or empty; 0 where places are not counted."""
    assumptions = run.assumptions
    places = for_kernel(assumptions.places, assumptions.provisions, assumptions.calendar)
    found = np.zeros((assumptions.calendar.years, len(assumptions.provisions)))
    for at, term in enumerate(assumptions.calendar.terms):
        year = term.financial_year.start - assumptions.calendar.origin
        if 0 <= year < len(found):
            found[year] += places.funded[at] * term.days / 365.0
    return found


def _grant_paths(prices: Prices, seed: int, draws: int, years: tuple[FinancialYear, ...]) -> Floats | None:
    grant = prices.grant
    if grant is None or not grant.known:
        return None
    last = max(grant.known)
    ahead = max(years[-1].start - last, 0)
    grown = np.exp(grant.growth.draws(ahead, _own_stream(seed, "grant"), draws))
    found = np.zeros((draws, len(years)))
    for index, year in enumerate(years):
        known = grant.known.get(year.start)
        after = grown[:, year.start - last - 1] if year.start > last else 1.0
        found[:, index] = grant.known[last] * after if known is None else known
        found[:, index] += grant.transfer.get(year.start, 0.0) + grant.others.get(year.start, 0.0)
    return found
