"""The learnt price: what brings the lines of a council to the spending that published outturn forecasts.

A line's own rise is a range that somebody assumed. Outturn says what all of them together came to: the learnt price is
the factor, by draw and year, by which the lines at the plans forecast must be multiplied to spend what is forecast.
It is worked out from the baseline, so that a scenario is priced as its baseline is and its difference is its own.
"""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.costs.prices import PriceBasis, PriceLine
from highneeds.forecast.seeds import Purpose, generator
from highneeds.forecast.spend.path import SpendPath
from highneeds.forecast.state import Floats
from highneeds.vocabulary.period import FinancialYear


@dataclass(frozen=True)
class LearntPrice:
    """What is forecast of spending, and the lines as they were when it was learnt.

    still   True where prices are held as in the first year of the forecast
    """

    path: SpendPath
    lines: tuple[PriceLine, ...]
    still: bool = False


def follows(line: PriceLine) -> bool:
    """Whether a line is part of the outturn of lines 1.2: inside the DSG, and not place funding (line 1.0.2)."""
    return line.in_dsg and line.basis is not PriceBasis.PLACE


def learnt_factor(
    learnt: LearntPrice, paid: dict[str, Floats], seed: int, draws: int, years: tuple[FinancialYear, ...]
) -> Floats:
    """(draws, years) by which the lines are multiplied.

    paid   line name -> (draws, years) its price as drawn. A year beyond the path is as its last
    """
    path = learnt.path
    at = [min(max(year.start - path.first, 0), len(path.points) - 1) for year in years]
    target = np.exp(path.draws(generator(seed, Purpose.SPEND), draws))[:, at]
    expected = np.zeros(target.shape)
    ratio = 1.0 if path.plans is None else path.plans[:draws, at]
    for line in (one for one in learnt.lines if follows(one)):
        served = [path.settings.index(name) for name in line.settings if name in path.settings]
        units: Floats = path.volumes[at][:, served].sum(axis=1)[None, :] * ratio
        expected += paid[line.name] * (1.0 if line.basis is PriceBasis.YEAR else units)
    kept: Floats = target / expected
    return np.repeat(kept[:, :1], kept.shape[1], axis=1) if learnt.still else kept


def factor_of_own(line: PriceLine, factor: Floats, learnt: LearntPrice, years: tuple[FinancialYear, ...]) -> Floats:
    """(draws, years) the same for a price of the council's own: only what comes after the year it is given in.

    Between the newest outturn and the first year of the forecast the learnt price rises evenly.
    """
    first, newest = years[0].start, learnt.path.newest.start
    if line.base_year >= first:
        at = min(line.base_year - first, len(years) - 1)
        return np.asarray(factor / factor[:, at : at + 1])
    part = max(line.base_year - newest, 0) / (first - newest)
    return np.asarray(factor / factor[:, :1] ** part)


def central_factor(learnt: LearntPrice) -> float:
    """The middle of the factor in the first year of the path, without dice."""
    path, expected = learnt.path, 0.0
    for line in (one for one in learnt.lines if follows(one)):
        served = [path.settings.index(name) for name in line.settings if name in path.settings]
        units = 1.0 if line.basis is PriceBasis.YEAR else float(path.volumes[0, served].sum())
        expected += risen(line, path.first) * units
    return float(np.exp(path.points[0]) / expected)


def risen(line: PriceLine, year: int) -> float:
    """A line's price in a financial year by its own central rise."""
    return line.gbp * float((1.0 + line.inflation) ** (year - line.base_year))


def own_share(line: PriceLine, learnt: LearntPrice) -> float:
    """The part of the learnt rise to the first year of the path that comes after the year an own price is given in."""
    first, newest = learnt.path.first, learnt.path.newest.start
    return 1.0 - min(max(line.base_year - newest, 0) / (first - newest), 1.0)
