"""What a run costs once the council's own figures are in: its ledger for the year under way, its balance.

The price of a run from published lines is `costs.price`. Here come the figures that only a workspace has.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from highneeds.forecast.costs.price import Costs, price
from highneeds.forecast.simulate import SimulationRun
from highneeds.forecast.state import Floats
from highneeds.forecast.summary import ForecastInputs, Underway
from highneeds.vocabulary.note import Note

PERIODS = 12


def priced(run: SimulationRun, inputs: ForecastInputs | None = None) -> Costs | None:
    """The cost of a run; with a workspace's question, from its ledger, its commitments and its balance on."""
    costs = price_of_points(run)
    if costs is None or inputs is None:
        return costs
    return with_balance(from_the_ledger(costs, inputs.underway), inputs)


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


def from_the_ledger(costs: Costs, underway: Sequence[Underway]) -> Costs:
    """Years of which the ledger has periods start from these; later years go on at the level the newest of them shows.

    The rest of a year is the estimate of its draw at the ledger's level, and never less than what is committed.
    """
    level, first = 1.0, len(costs.years)
    factors = np.ones((len(costs.cost_gbp), len(costs.years)))
    for one in underway:
        names = [str(year) for year in costs.years]
        if one.year not in names:
            continue
        at = names.index(one.year)
        estimate = costs.total_gbp[:, at]
        factors[:, at] = (one.actual_gbp + _rest(one, estimate)) / estimate
        level, first = level_of(one, estimate), at + 1
    factors[:, first:] = level
    if (factors == 1.0).all():
        return costs
    cost = costs.cost_gbp * factors[:, :, None]
    return replace(
        costs,
        cost_gbp=cost,
        by_line_gbp={name: values * factors for name, values in costs.by_line_gbp.items()},
        in_year_gbp=None if costs.grant_gbp is None else cost.sum(axis=2) - costs.grant_gbp,
    )


def level_of(one: Underway, estimate: Floats) -> float:
    """What the ledger has spent so far beside the same part of the estimated year."""
    return float(one.actual_gbp / (estimate.mean() * one.closed / PERIODS))


def _rest(one: Underway, estimate: Floats) -> Floats:
    """(draws) the periods still to come."""
    left = 1.0 - one.closed / PERIODS
    found: Floats = np.maximum(level_of(one, estimate) * estimate * left, one.committed_gbp or 0.0)
    return found if left else np.zeros(len(estimate))


def with_balance(costs: Costs, inputs: ForecastInputs) -> Costs:
    """The accumulated deficit from the newest published balance on, less promised contributions still to come.

    Years before that balance have none (NaN); the balance's own year is the balance.
    """
    if costs.in_year_gbp is None or inputs.opening is None:
        return costs
    years, opening = [str(year) for year in costs.years], inputs.opening
    first = years.index(opening.year) + 1 if opening.year in years else 0
    follows = first > 0 or str(costs.years[0].plus(-1)) == opening.year
    if not follows or first >= len(years):
        return costs
    paid = contributions(inputs, len(costs.in_year_gbp))[:, None] / (len(years) - first)
    found = np.full(costs.in_year_gbp.shape, np.nan)
    found[:, first:] = opening.gbp + np.cumsum(costs.in_year_gbp[:, first:] - paid, axis=1)
    if first:
        found[:, first - 1] = opening.gbp
    return replace(costs, accumulated_gbp=found)


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
                sources=(one.source,),
            )
        )
    if inputs.opening is None:
        notes.append(Note.of("accumulated.no_balance_came_true"))
    elif costs.accumulated_gbp is None:
        notes.append(Note.of("accumulated.balance_of_other_years", year=inputs.opening.year))
    return tuple(notes)
