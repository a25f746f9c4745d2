"""What returns ask of a forecast: mean plans each January by single age, need and setting at once, with each action.

One forecast for every return: the assumptions are those of the report (`forecast_basis`), each action comes on top of
those before it, and all use the same draws, so that the effects of the actions add up to the whole exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from highneeds.forecast.scenarios import Scenario, parse_scenario, run_scenario
from highneeds.forecast.simulate import RunOptions, SimulationRun, simulate
from highneeds.forecast.state import AGES, FLOWS_BY_AGE, NEEDS, SETTINGS, Floats
from highneeds.forecast.summary.in_background import ForecastTask
from highneeds.vocabulary.note import Note

if TYPE_CHECKING:
    from highneeds.forecast.basis import ForecastBasis

TERMS_OF_A_YEAR = 3
STARTS_FROM = ("returns", "stock")
"""Topics of the notes that say what a forecast was learnt from and where it starts."""
REQUESTS, ASSESSED, ISSUED = (FLOWS_BY_AGE.index(name) for name in ("requests", "assessed", "issued"))


@dataclass(frozen=True)
class JointMeans:
    """Means over the draws of one run.

    januaries      the censuses, the opening one first, which was counted
    plans          (januaries, ages, needs, settings)   age on the 31 August before
    requests, assessed, issued   (calendar years, ages)   of the years that end in each January after the first
    """

    januaries: tuple[int, ...]
    plans: Floats
    requests: Floats
    assessed: Floats
    issued: Floats

    def until(self, last_january: int) -> "JointMeans":
        """The same without the years after `last_january`, but with one year at least."""
        years = max(1, last_january - self.januaries[0])
        flows = (self.requests[:years], self.assessed[:years], self.issued[:years])
        return JointMeans(self.januaries[: years + 1], self.plans[: years + 1], *flows)


@dataclass(frozen=True)
class JointForecast:
    """no_action, then what each action adds on top of those before it, in order.

    layers   (title, means): the first without any action, the last with all of them
    returns  how many of the council's own accepted returns it was learnt from; 0 for published statistics
    notes    what is to be known of where it starts
    """

    council: str
    layers: tuple[tuple[str, JointMeans], ...]
    returns: int = 0
    notes: tuple[Note, ...] = ()

    def until(self, last_january: int) -> "JointForecast":
        """The same without the years after `last_january`, but with one year at least."""
        return replace(self, layers=tuple((title, means.until(last_january)) for title, means in self.layers))

    @property
    def no_action(self) -> JointMeans:
        return self.layers[0][1]

    @property
    def with_actions(self) -> JointMeans:
        return self.layers[-1][1]


def joint_forecast(task: ForecastTask, last_january: int) -> JointForecast:
    """Every layer to `last_january`, at least one year on.

    Scenarios that are only the plan of another are no action.
    """
    inputs, basis = task.inputs, _learnt(task, last_january)
    assumptions = basis.assumptions
    options = RunOptions(kernel=task.kernel)
    baseline = simulate(assumptions, inputs.draws, inputs.seed, options)
    layers = [("", means_of(baseline))]
    done: tuple[Scenario, ...] = ()
    for action in actions_of(task):
        done = (*done, action)
        levers = tuple(lever for one in done for lever in one.levers)
        together = Scenario("with-" + action.name, levers, action.title)
        run = run_scenario(assumptions, together, inputs.draws, inputs.seed, options, baseline)
        layers.append((action.title or action.name, means_of(run)))
    notes = tuple(note for note in basis.notes if note.topic in STARTS_FROM)
    return JointForecast(assumptions.council, tuple(layers), basis.returns, notes)


def joint_start(task: ForecastTask) -> int:
    """The January that the forecast starts from."""
    from highneeds.forecast.basis import starting_january

    return starting_january(task.published, task.inputs.la_number, task.caseloads)


def _learnt(task: ForecastTask, last_january: int) -> "ForecastBasis":
    from highneeds.forecast.basis import ForecastExtent, forecast_basis, starting_january  # not for a report without it

    inputs, returns, published = task.inputs, task.caseloads, task.published
    years = max(1, last_january - starting_january(published, inputs.la_number, returns))
    extent = ForecastExtent(years, inputs.draws, inputs.seed)
    return forecast_basis(published, inputs.la_number, extent, inputs=inputs, returns=returns)


def actions_of(task: ForecastTask) -> list[Scenario]:
    """The scenarios of a workspace that are things to do, in the order of their names."""
    found = [parse_scenario(text.encode(), name) for name, text in task.scenarios]
    planned = {one.delay_of for one in found}
    return [one for one in found if one.name not in planned]


def means_of(run: SimulationRun) -> JointMeans:
    """The opening census as counted, then the mean of every later one."""
    assumptions, outcome = run.assumptions, run.outcome
    opening = np.asarray(assumptions.opening.plans, dtype=np.float64)[None]
    later = outcome.census.astype(np.float64) / run.draws
    plans = _by_setting(run, np.concatenate([opening, later]))
    return JointMeans(
        assumptions.calendar.januaries,
        plans,
        *(_by_year(run, flow) for flow in (REQUESTS, ASSESSED, ISSUED)),
    )


def _by_setting(run: SimulationRun, plans: Floats) -> Floats:
    """Named schools counted with the setting that they are in."""
    found = np.zeros((len(plans), AGES, len(NEEDS), len(SETTINGS)))
    for index, provision in enumerate(run.assumptions.provisions):
        found[..., SETTINGS.index(provision.setting)] += plans[..., index]
    return found


def _by_year(run: SimulationRun, flow: int) -> Floats:
    years = run.assumptions.calendar.years
    part = run.outcome.by_age[:, : TERMS_OF_A_YEAR * years, flow].mean(axis=0, dtype=np.float64)
    found: Floats = part.reshape(years, TERMS_OF_A_YEAR, AGES).sum(axis=1)
    return found


def grouped(values: Floats, groups: Sequence[Sequence[int]], axis: int) -> Floats:
    """Sums over groups of positions along one axis."""
    return np.stack([values.take(list(group), axis=axis).sum(axis=axis) for group in groups], axis=axis)
