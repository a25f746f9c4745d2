"""What a run costs once the council's own figures are in: its ledger for the year under way, its balance.

The price of a run from published lines is `costs.price`. Here come the figures that only a workspace has.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.price import Costs, price
from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.defaults import default
from highneeds.forecast.simulate import SimulationRun
from highneeds.forecast.state import Floats
from highneeds.forecast.summary import ForecastInputs, Underway
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

PERIODS = 12


def priced(run: SimulationRun, inputs: ForecastInputs | None = None) -> Costs | None:
    """The cost of a run; with a workspace's question, from its balance on. See `started` for its ledger."""
    costs = price_of_points(run)
    return costs if costs is None or inputs is None else with_balance(costs, inputs)


def price_of_points(run: SimulationRun) -> Costs | None:
    """The cost of a run, each draw at the prices and places of its own strength of the levers."""
    first = run.assumptions
    if all(one.prices is first.prices and one.places == first.places for one in run.points):
        return price(run)
    parts = [price(replace(run, assumptions=one, points=())) for one in run.points]
    known = [part for part in parts if part is not None]
    return _by_draw(known) if len(known) == len(parts) else None


def _by_draw(parts: list[Costs]) -> Costs:
    """Draw d from part d modulo their number."""

    def rows(arrays: list[Floats]) -> Floats:
        found = arrays[0].copy()
        for number, one in enumerate(arrays):
            found[number :: len(arrays)] = one[number :: len(arrays)]
        return found

    def optional(name: str) -> Floats | None:
        arrays = [getattr(part, name) for part in parts]
        return None if any(one is None for one in arrays) else rows(arrays)

    return replace(
        parts[0],
        cost_gbp=rows([part.cost_gbp for part in parts]),
        by_line_gbp={name: rows([part.by_line_gbp[name] for part in parts]) for name in parts[0].by_line_gbp},
        outside_gbp=rows([part.outside_gbp for part in parts]),
        grant_gbp=optional("grant_gbp"),
        in_year_gbp=optional("in_year_gbp"),
        accumulated_gbp=optional("accumulated_gbp"),
    )


def started(run: SimulationRun, inputs: ForecastInputs | None) -> Assumptions:
    """The assumptions of a baseline run, with its years starting from what the council itself knows of them.

    Worked out once, from the baseline: a scenario is priced with the same factors, so that what it saves is its own.
    """
    prices: Prices | None = run.assumptions.prices
    costs = None if inputs is None or prices is None else price_of_points(run)
    if costs is None or inputs is None or prices is None:
        return run.assumptions
    factors = own_factors(costs, inputs)
    known = None if (factors == 1.0).all() else factors
    return replace(run.assumptions, prices=replace(prices, started=known))


def own_factors(costs: Costs, inputs: ForecastInputs) -> Floats:
    """(draws, years) by which the estimate is multiplied, since the council knows something of some years.

    Such a year starts from that; later years go on at the level the newest shows. A ledger goes before the council's
    own forecast of the same year. What is left of the estimate's spread in such a year is the part of it that is still
    to come, and later years are as unsure as the time from it makes them.
    """
    factors, level, known = np.ones((len(costs.cost_gbp), len(costs.years))), 1.0, 1.0
    for at, year in enumerate(costs.years):
        estimate = costs.total_gbp[:, at]
        start = _start(costs, at, str(year), inputs)
        if start is None:
            factors[:, at] = level / known
            continue
        factors[:, at] = start.gbp / estimate
        level, known = start.level, (estimate / estimate.mean()) ** start.trusted
    return factors


@dataclass(frozen=True)
class _Start:
    """What a year starts from.

    gbp      (draws,) its cost
    level    beside the estimate, for the years after it
    trusted  how far it replaces the estimate, 0 to 1
    """

    gbp: Floats
    level: float
    trusted: float


def _start(costs: Costs, at: int, year: str, inputs: ForecastInputs) -> _Start | None:
    estimate = costs.total_gbp[:, at]
    for one in inputs.underway:
        if one.year == year:
            return _Start(one.actual_gbp + _rest(one, estimate), level_of(one, estimate), trust_in(one))
    own = next((one for one in inputs.published if one.year == year), None)
    if own is None or costs.grant_gbp is None:
        return None
    middle, left = costs.grant_gbp[:, at].mean() + own.gbp, inputs.left_of(year)
    spread = left * (estimate / estimate.mean() - 1.0)
    grant = costs.grant_gbp[:, at] - costs.grant_gbp[:, at].mean()
    return _Start(middle * (1.0 + spread) + (1.0 - left) * grant, float(middle / estimate.mean()), 1.0 - left)


def trust_in(one: Underway) -> float:
    """How far the level of a ledger is believed: few periods say little of a year, since bills come in lumps."""
    return 1.0 if one.closed == PERIODS else one.closed / (one.closed + default("ledger_lean_periods").value)


def level_of(one: Underway, estimate: Floats) -> float:
    """The year beside its estimate: what the ledger has spent beside the same part of it, leaning on the estimate."""
    seen = one.actual_gbp / (estimate.mean() * one.closed / PERIODS)
    return float(1.0 + trust_in(one) * (seen - 1.0))


def _rest(one: Underway, estimate: Floats) -> Floats:
    """(draws) the periods still to come, and never less than what is committed."""
    left = 1.0 - one.closed / PERIODS
    rest = level_of(one, estimate) * estimate.mean() * left * (1.0 + _still_unsure(one, estimate))
    found: Floats = np.maximum(rest, one.committed_gbp or 0.0)
    return found if left else np.zeros(len(estimate))


def _still_unsure(one: Underway, estimate: Floats) -> Floats:
    """(draws) how far the periods to come may lie from their level: the estimate's spread, and bills in lumps."""
    away: Floats = estimate / estimate.mean() - 1.0
    periods, spread = PERIODS - one.closed, float(away.std())
    if not periods or spread == 0.0:
        return away
    lumps = default("ledger_lumps").value / np.sqrt(periods)
    found: Floats = away * np.hypot(1.0, lumps / spread)
    return found


def with_balance(costs: Costs, inputs: ForecastInputs) -> Costs:
    """The accumulated deficit from the newest published balance on, less promised contributions still to come.

    Years before that balance have none (NaN); the balance's own year is the balance. Where the forecast begins later,
    the years between are the council's own in-year figures; without them there is no accumulated deficit.
    """
    if costs.in_year_gbp is None or inputs.opening is None:
        return costs
    years, opening = [str(year) for year in costs.years], inputs.opening
    first = years.index(opening.year) + 1 if opening.year in years else 0
    between = _years_between(opening.year, costs.years[0]) if first == 0 else ()
    own = {one.year: one.gbp for one in inputs.published}
    if first >= len(years) or between is None or any(year not in own for year in between):
        return costs
    paid = contributions_by_year(inputs, (*between, *years[first:]), len(costs.in_year_gbp))
    start = opening.gbp + sum(own[year] for year in between) - paid[:, : len(between)].sum(axis=1)
    found = np.full(costs.in_year_gbp.shape, np.nan)
    ahead = costs.in_year_gbp[:, first:] - paid[:, len(between) :]
    found[:, first:] = np.asarray(start)[:, None] + np.cumsum(ahead, axis=1)
    if first:
        found[:, first - 1] = opening.gbp
    return replace(costs, accumulated_gbp=found)


def _years_between(balance: str, first: FinancialYear) -> tuple[str, ...] | None:
    """Financial years after the balance's and before the first of the forecast; None where the balance is later."""
    after = FinancialYear.parse(balance).start + 1
    return tuple(str(FinancialYear(year)) for year in range(after, first.start)) if after <= first.start else None


def contributions_by_year(inputs: ForecastInputs, years: Sequence[str], draws: int) -> Floats:
    """(draws, years) promised contributions still to come, spread evenly over the years to the end of the agreement.

    A year after the agreement's last has none, however long the forecast.
    """
    promised = [year for year in years if year <= inputs.end]
    due = np.array([year in promised for year in years], dtype=float) / max(len(promised), 1)
    found: Floats = contributions(inputs, draws)[:, None] * due[None, :]
    return found


def contributions(inputs: ForecastInputs, draws: int) -> Floats:
    """(draws) promised contributions still to come: anything from none to all that is not known to be paid, evenly.

    Random numbers of their own, so that every scenario has the same.
    """
    left = max(inputs.promised_gbp - inputs.paid_gbp, 0.0)
    own = np.random.SeedSequence(entropy=(inputs.seed, int.from_bytes(b"contributions")))
    places = np.random.Generator(np.random.PCG64(own)).permutation(draws)
    found: Floats = left * (places + 0.5) / draws
    return found


def money_notes(inputs: ForecastInputs, costs: Costs | None) -> tuple[Note, ...]:
    """What a reader is told of the council's own figures in the money."""
    if costs is None:
        return ()
    years = [str(year) for year in costs.years]
    notes = []
    for one in inputs.underway:
        if one.year not in years and one is not inputs.underway[-1]:
            continue
        if one.year not in years:
            notes.append(Note.of("ledger.year_not_covered", year=one.year))
            continue
        notes.append(
            Note.of(
                "cost.from_ledger",
                year=one.year,
                actual_gbp=one.actual_gbp,
                closed=one.closed,
                committed_gbp=one.committed_gbp,
                sources=one.sources,
            )
        )
    ledger = {one.year for one in inputs.underway}
    notes += [
        Note.of("cost.from_own_figure", year=one.year, in_year_gbp=one.gbp, sources=(one.source,))
        for one in inputs.published
        if one.year in years and one.year not in ledger and costs.grant_gbp is not None
    ]
    if inputs.opening is None:
        notes.append(Note.of("accumulated.no_balance_came_true"))
    elif costs.accumulated_gbp is None:
        notes.append(Note.of("accumulated.balance_of_other_years", year=inputs.opening.year))
    return tuple(notes)
