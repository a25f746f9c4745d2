"""The named residual: what keeps the total on the council's own outturn once its own unit costs stand in the lines.

A section 251 line over the plans it serves is not a unit cost: it pays for children without a plan, recoupment and
what is booked late. Where the council gives its own average the line costs something else than the return had; the
difference is one line of its own, and the total stays what outturn forecasts.
"""

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.learnt import LearntPrice, central_factor, own_share, risen
from highneeds.forecast.costs.prices import PriceBasis, PriceLine, Prices
from highneeds.forecast.state import PHASES, Floats
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

NAME = "1.2 residual"
LEAST_GBP = 1.0


def with_residual(before: Prices, after: Prices, assumptions: Assumptions) -> tuple[Prices, tuple[Note, ...]]:
    """The prices with the residual between the lines as the return has them and as the council has them."""
    learnt: LearntPrice | None = after.learnt
    replaced = [line for line in before.lines if line not in after.lines]
    fresh = [line for line in after.lines if line not in before.lines]
    if learnt is None or not any(not line.estimate for line in fresh):
        return after, ()
    factor, volumes = central_factor(learnt), _volumes(learnt, assumptions)
    then = sum(_cost(line, volumes, learnt, factor) for line in replaced)
    now = sum(_cost(line, volumes, learnt, factor) for line in fresh)
    gbp = then - now
    if abs(gbp) < LEAST_GBP:
        return after, ()
    year = FinancialYear(learnt.path.first)
    line = PriceLine(
        NAME,
        "Residual: outturn less the council's own unit costs",
        (),
        PriceBasis.YEAR,
        gbp / factor,
        gbp / factor,
        gbp / factor,
        year.start,
        0.0,
        0.0,
        0.0,
        f"the lines as section 251 outturn has them, less the same at the council's own unit costs, in {year}",
    )
    lines = (*after.lines, line)
    note = Note.of("price.residual", gbp=gbp, year=str(year))
    return Prices(**{**vars(after), "lines": lines}), (note,)


def _volumes(learnt: LearntPrice, assumptions: Assumptions) -> dict[tuple[str, str], float]:
    """(setting, phase) -> plans of the first year of the forecast, by the phases of the opening caseload."""
    plans, found = assumptions.opening.plans.sum(axis=1), {}
    for place, setting in enumerate(learnt.path.settings):
        here = [at for at, one in enumerate(assumptions.provisions) if one.setting == setting]
        ages: Floats = plans[:, here].sum(axis=1).astype(float)
        share = ages / ages.sum() if ages.sum() else np.zeros(len(ages))
        for phase, low, high in PHASES:
            found[setting, phase] = float(learnt.path.volumes[0, place] * share[low : high + 1].sum())
    return found


def _cost(line: PriceLine, volumes: dict[tuple[str, str], float], learnt: LearntPrice, factor: float) -> float:
    """Pounds of a line in the first year of the forecast."""
    phases = line.phases or tuple(name for name, _, _ in PHASES)
    units = sum(volumes.get((setting, phase), 0.0) for setting in line.settings for phase in phases)
    learnt_rise = factor if line.estimate else factor ** own_share(line, learnt)
    return risen(line, learnt.path.first) * units * learnt_rise
