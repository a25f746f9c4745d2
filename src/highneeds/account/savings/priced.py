"""What the forecast says an action of the savings register is worth: its scenario against the baseline, draw by draw.

This module needs the forecast, so only what asks for it imports it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from highneeds.account.pennies import nearest
from highneeds.account.savings.register import Saving, savings_of, savings_total
from highneeds.account.stated import Stated
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.price import Costs, price
from highneeds.forecast.levers import kinds
from highneeds.forecast.scenarios import SCENARIO_KINDS, Scenario, read_scenario, run_scenario, scenario_files
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.state import Floats
from highneeds.intake.workspace import Fact
from highneeds.registers.register import RegisterRow
from highneeds.store.place import Place
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Overlap:
    """Another action that reaches for the same flows: their joint effect is not the sum of the two.

    flows   what both change; none where both name the same scenario
    """

    action: str
    flows: tuple[str, ...] = ()


@dataclass(frozen=True)
class PricedSaving:
    """One action beside its price; money in pounds, a saving is positive.

    year            the first year of the forecast in which the action runs from April
    register        what the register says of that year, before odds and overlap
    mean, low, high what the forecast says of it; None with the reason
    """

    saving: Saving
    lever: str
    year: FinancialYear | None
    mean: float | None
    low: float | None
    high: float | None
    reason: Note | None = None
    overlaps: tuple[Overlap, ...] = ()

    @property
    def register(self) -> int | None:
        """Whole pence."""
        return None if self.year is None else nearest(Fraction(self.saving.effect(self.year)) / 100)


@dataclass(frozen=True)
class Together:
    """All actions that have a price, at once, in the first year in which every one of them runs from April.

    Money in pounds. The levers are applied one after the other in one forecast, so what two of them both reach for is
    saved once; `overlap` is what the prices alone count twice (below nil: they help one another).

    alone      the prices alone, added up
    reached    the share of futures in which the whole is at least the sum asked for; None where nothing is asked
    register   whole pence: what the register says of the same actions, its own overlap taken out
    """

    year: FinancialYear
    names: tuple[str, ...]
    alone: float
    mean: float
    low: float
    high: float
    register: int
    asked: Stated | None = None
    reached: float | None = None

    @property
    def overlap(self) -> float:
        return self.alone - self.mean


@dataclass(frozen=True)
class PricedRegister:
    """together: None where no action has a price, or no year has them all."""

    actions: tuple[PricedSaving, ...]
    together: Together | None


def workspace_scenarios(folder: Place) -> dict[str, Scenario]:
    """The scenarios of a workspace by the name of their file."""
    return {path.stem: read_scenario(path) for path in scenario_files(folder)}


def scenario_for(lever: str, scenarios: Mapping[str, Scenario]) -> Scenario | Note:
    """The scenario that a lever column names, or why there is none.

    A scenario by the name of its file; else the one scenario that holds nothing but the lever of that name.
    """
    stem = next((lever.removesuffix(suffix) for suffix in SCENARIO_KINDS if lever.endswith(suffix)), lever)
    if not lever:
        return Note.of("saving.no_lever")
    if stem in scenarios:
        return scenarios[stem]
    if lever not in {kind.name for kind in kinds()}:
        return Note.of("saving.unknown_lever", lever=lever)
    alone = [one for one in scenarios.values() if [part.kind.name for part in one.levers] == [lever]]
    if len(alone) == 1:
        return alone[0]
    if not alone:
        return Note.of("saving.no_scenario", lever=lever)
    return Note.of("saving.several_scenarios", lever=lever, scenarios=", ".join(one.name for one in alone))


def priced_savings(
    rows: Sequence[RegisterRow],
    facts: Mapping[str, Fact],
    scenarios: Mapping[str, Scenario],
    assumptions: Assumptions,
    draws: int,
    seed: int,
    options: RunOptions | None = None,
    asked: Stated | None = None,
) -> PricedRegister:
    """Every action of the register with its price, and all together: baseline less scenario, draw by draw."""
    levers = [row["lever"] or "" for row in rows]
    found = [scenario_for(lever, scenarios) for lever in levers]
    wanted = {one.name: one for one in found if isinstance(one, Scenario)}
    baseline = price(simulate(assumptions, draws, seed, options)) if wanted else None
    saved = {name: _saved(baseline, assumptions, one, draws, seed, options) for name, one in wanted.items()}
    savings = savings_of(rows, facts)
    named = [(one.name, each) for one, each in zip(savings, found, strict=True) if isinstance(each, Scenario)]
    overlaps = _overlaps(named)
    actions = tuple(
        _priced(
            one, lever, saved[each.name] if isinstance(each, Scenario) else each, baseline, overlaps.get(one.name, ())
        )
        for one, lever, each in zip(savings, levers, found, strict=True)
    )
    used = [(one, each) for one, each in zip(actions, found, strict=True) if one.year and isinstance(each, Scenario)]
    if not used or baseline is None:
        return PricedRegister(actions, None)
    ours = {scenario.name: scenario for _, scenario in used}
    joint = Scenario("together", tuple(lever for scenario in ours.values() for lever in scenario.levers))
    whole = saved[next(iter(ours))] if len(ours) == 1 else _saved(baseline, assumptions, joint, draws, seed, options)
    alone = [saved[scenario.name] for _, scenario in used]
    return PricedRegister(actions, _together([one for one, _ in used], baseline, alone, whole, asked))


def _together(
    actions: Sequence[PricedSaving],
    baseline: Costs,
    alone: Sequence[Floats | None],
    whole: Floats | None,
    asked: Stated | None,
) -> Together | None:
    """The actions at once, in the first year in which all of them run whole."""
    year = max(one.year for one in actions if one.year)
    at = baseline.years.index(year)
    if whole is None:
        return None
    draws = whole[:, at]
    reached = float(np.mean(draws >= asked.low / 100)) if asked else None
    low, high = (float(np.quantile(draws, chance)) for chance in (LOW, HIGH))
    return Together(
        year,
        tuple(one.saving.name for one in actions),
        sum(float(one[:, at].mean()) for one in alone if one is not None),
        float(draws.mean()),
        low,
        high,
        savings_total([one.saving for one in actions], year).net,
        asked,
        reached,
    )


def _saved(
    baseline: Costs | None,
    assumptions: Assumptions,
    scenario: Scenario,
    draws: int,
    seed: int,
    options: RunOptions | None,
) -> Floats | None:
    """(draws, years) pounds by which the scenario is cheaper; None where nothing is known of money.

    Where the grant is known the in-year position is compared, so that money which comes in counts as well.
    """
    costs = price(run_scenario(assumptions, scenario, draws, seed, options))
    if baseline is None or costs is None:
        return None
    if baseline.in_year_gbp is not None and costs.in_year_gbp is not None:
        return baseline.in_year_gbp - costs.in_year_gbp
    return baseline.total_gbp - costs.total_gbp


def _priced(
    saving: Saving, lever: str, saved: Floats | Note | None, baseline: Costs | None, overlaps: tuple[Overlap, ...]
) -> PricedSaving:
    """saved   (draws, years) pounds; None without prices; the note where no scenario is named"""
    if saved is None or baseline is None or isinstance(saved, Note):
        why = saved if isinstance(saved, Note) else Note.of("saving.no_prices")
        return PricedSaving(saving, lever, None, None, None, None, why, overlaps)
    starts = FinancialYear.of(saving.starts.first_day)
    whole = starts if saving.starts.first_day == starts.first_day else starts.plus(1)
    years = [year for year in baseline.years if year >= whole]
    if not years:
        why = Note.of("saving.forecast_too_short", year=str(whole))
        return PricedSaving(saving, lever, None, None, None, None, why, overlaps)
    draws = saved[:, baseline.years.index(years[0])]
    mean, low, high = float(draws.mean()), *(float(np.quantile(draws, chance)) for chance in (LOW, HIGH))
    return PricedSaving(saving, lever, years[0], mean, low, high, None, overlaps)


def _overlaps(used: Sequence[tuple[str, Scenario]]) -> dict[str, tuple[Overlap, ...]]:
    """action -> the other actions that reach for the same flow."""
    found: dict[str, tuple[Overlap, ...]] = {}
    for (one, first), (other, second) in combinations(used, 2):
        shared = () if first == second else _shared(first, second)
        if shared or first == second:
            found[one] = (*found.get(one, ()), Overlap(other, shared))
            found[other] = (*found.get(other, ()), Overlap(one, shared))
    return found


def _shared(first: Scenario, second: Scenario) -> tuple[str, ...]:
    flows = [frozenset[str]().union(*(lever.touches() for lever in one.levers)) for one in (first, second)]
    return tuple(sorted(flows[0] & flows[1]))
