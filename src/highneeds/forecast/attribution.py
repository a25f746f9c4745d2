"""Why a figure changed: population, rates, mix, places, price, each lever, and a named interaction; it adds up exactly.

Each driver's effect is the change it makes alone, on the same random numbers; what is left when the effects are taken
from the whole change is their interaction. Two dates within one forecast are compared by
holding drivers at the first date.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.prices import Prices
from highneeds.forecast.levers._schools import with_column
from highneeds.forecast.money import priced
from highneeds.forecast.scenarios import Scenario, apply_all
from highneeds.forecast.simulate import RunOptions, SimulationRun, simulate
from highneeds.forecast.state import FLOWS_BY_PROVISION, Floats
from highneeds.forecast.summary import ForecastInputs
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table

RunMeasure = Callable[[SimulationRun], float]
DRIVERS = ("population", "rates", "mix", "places", "price")
INTERACTION = "interaction"
AS_IN_THE_FIRST_YEAR = "every year like the first"
NOT_BY_TERM = ("need_mix", "end_need", "leave_need", "reasons")


@dataclass(frozen=True)
class Attribution:
    """effects by driver, interaction last; they add up to `total` exactly.

    of   what is explained: the effect of a scenario, or a change between two forecasts or dates
    """

    of: Note
    total: float
    effects: Mapping[str, float]

    def table(self) -> Table:
        rows: list[list[object]] = [[driver, effect] for driver, effect in self.effects.items()]
        return Table.of(("driver", "effect"), [*rows, ["total", self.total]])


def plans_in(january: int) -> RunMeasure:
    """Mean plans in a January."""

    def measure(run: SimulationRun) -> float:
        step = 3 * (january - run.assumptions.calendar.origin) - 1
        if step == -1:
            return float(run.assumptions.opening.plans.sum())
        if not 0 <= step < run.outcome.by_provision.shape[1]:
            raise InputError(f"January {january} is not in the forecast", remedy="Choose one of its Januaries")
        stock = run.outcome.by_provision[:, step, FLOWS_BY_PROVISION.index("stock")]
        return float(stock.sum(axis=1).mean())

    return measure


def cost_in(year: str, inputs: ForecastInputs | None = None) -> RunMeasure:
    """Mean cost inside the DSG in a financial year; with a workspace's question, as its own forecast has it."""

    def measure(run: SimulationRun) -> float:
        costs = priced(run, inputs)
        names = [] if costs is None else [str(one) for one in costs.years]
        if costs is None or year not in names:
            raise InputError(f"There is no cost for {year}", remedy="Give prices, and a year of the forecast")
        return float(costs.total_gbp[:, names.index(year)].mean())

    return measure


def of_levers(
    assumptions: Assumptions,
    scenario: Scenario,
    measure: RunMeasure,
    draws: int = DRAWS,
    seed: int = SEED,
    options: RunOptions | None = None,
) -> Attribution:
    """What each lever of a scenario changes alone, and what they change only together."""

    def ask(*levers: int) -> float:
        chosen = tuple(scenario.levers[index] for index in levers)
        return measure(simulate(apply_all(assumptions, chosen), draws, seed, options))

    everyone = tuple(range(len(scenario.levers)))
    without = ask()
    alone = {}
    for index in everyone:
        needed = _needed(scenario, index)
        alone[f"{index + 1} {scenario.levers[index].kind.title}"] = ask(*needed) - ask(*needed[:-1])
    return _closed(Note.of("explained.scenario", name=scenario.name), ask(*everyone) - without, alone)


def _needed(scenario: Scenario, index: int) -> tuple[int, ...]:
    """A lever with those it builds on: a school must have opened before it can grow, slip or close."""
    school = getattr(scenario.levers[index], "school", None)
    opened = [
        i
        for i, lever in enumerate(scenario.levers[:index])
        if school is not None and lever.kind.name == "school_opening" and getattr(lever, "school", None) == school
    ]
    return (*opened, index)


def between(
    before: Assumptions,
    after: Assumptions,
    measure: RunMeasure,
    draws: int = DRAWS,
    seed: int = SEED,
    options: RunOptions | None = None,
) -> Attribution:
    """Why two forecasts of one council differ: each driver taken from `after` alone, the rest from `before`."""
    if before.calendar.years != after.calendar.years:
        raise InputError("The two forecasts do not have the same years", remedy="Compare the same years")
    before, after = aligned(before, after)
    start = measure(simulate(before, draws, seed, options))
    effects = {
        driver: measure(simulate(taking(before, after, driver), draws, seed, options)) - start
        for driver in (*DRIVERS, "opening caseload")
    }
    change = measure(simulate(after, draws, seed, options)) - start
    return _closed(Note.of("explained.two_forecasts"), change, effects)


def aligned(before: Assumptions, after: Assumptions) -> tuple[Assumptions, Assumptions]:
    """Both with the schools of both, in the same order: a school that one of them lacks has no places there."""
    schools = {one.provision: one for other in (before, after) for one in other.places.groups if one.provision.school}
    for provision in (one for one in schools if one not in before.provisions):
        before = with_column(before, schools[provision])
    for provision in (one for one in before.provisions if one not in after.provisions):
        after = with_column(after, schools[provision])
    return before, _in_order_of(before, after)


def _in_order_of(wanted: Assumptions, other: Assumptions) -> Assumptions:
    """`other` with its provisions in the order of `wanted`."""
    if other.provisions == wanted.provisions:
        return other
    order = [other.provisions.index(one) for one in wanted.provisions]
    rates, tilt = other.rates, other.spread.tilt
    return replace(
        other,
        provisions=wanted.provisions,
        opening=replace(other.opening, plans=other.opening.plans[..., order]),
        spread=replace(other.spread, tilt=tilt[order] if len(tilt) > 1 else tilt),
        rates=replace(
            rates,
            place_mix=rates.place_mix[..., order],
            log_end=rates.log_end[..., order],
            log_leave=rates.log_leave[..., order],
            go_to=rates.go_to[:, :, order][..., order],
        ),
    )


MOVES = (
    ("new data", ("opening caseload",)),
    ("plans", ("population", "rates")),
    ("mix", ("mix",)),
    ("price", ("price",)),
)
"""What moves a forecast, in the order in which it is told, and the drivers that are taken over at each."""


def moved(
    before: Assumptions,
    after: Assumptions,
    measure: RunMeasure,
    draws: int = DRAWS,
    seed: int = SEED,
    options: RunOptions | None = None,
    printed: float | None = None,
) -> Attribution:
    """What a forecast moved by since the last one, in order: new data, plans, mix, price, levers, method; adds up.

    Each is taken over after those before it, so nothing is left for an interaction. Levers are what remains: schools
    and whatever else a scenario changed. Method is what this program makes of the earlier forecast's own inputs beside
    what was printed then; nought where the printed figure is not known.
    """
    before, after = aligned(before, after)
    start = level = measure(simulate(before, draws, seed, options))
    effects, now = dict[str, float](), before
    for name, drivers in MOVES:
        for driver in drivers:
            now = taking(now, after, driver)
        reached = measure(simulate(now, draws, seed, options))
        effects[name], level = reached - level, reached
    end = measure(simulate(after, draws, seed, options))
    effects["levers"] = end - level
    effects["method"] = 0.0 if printed is None else start - printed
    return Attribution(Note.of("explained.since_last"), end - start + effects["method"], effects)


def within(
    assumptions: Assumptions,
    first: RunMeasure,
    last: RunMeasure,
    draws: int = DRAWS,
    seed: int = SEED,
    options: RunOptions | None = None,
) -> Attribution:
    """Why a figure changes between two dates: with everything held as it is in the first year, then one driver freed.

    What changes with all of it held is what one year after the other like the first would bring.
    """
    still = held(assumptions)
    start = first(simulate(assumptions, draws, seed, options))
    aged = last(simulate(still, draws, seed, options))
    effects = {AS_IN_THE_FIRST_YEAR: aged - start}
    for driver in DRIVERS:
        effects[driver] = last(simulate(taking(still, assumptions, driver), draws, seed, options)) - aged
    change = last(simulate(assumptions, draws, seed, options)) - start
    return _closed(Note.of("explained.two_dates"), change, effects)


def _closed(of: Note, total: float, effects: dict[str, float]) -> Attribution:
    return Attribution(of, total, {**effects, INTERACTION: total - sum(effects.values())})


def taking(base: Assumptions, other: Assumptions, driver: str) -> Assumptions:
    """`base` with one driver as it is in `other`."""
    if driver == "population":
        if not comparable(base, other):
            return base
        return replace(base, population=other.population).with_rates(requests=_by_people(base, other))
    if driver == "rates":
        return _with_rates_of(base, other)
    if driver == "mix":
        names = ("need_mix", "place_mix", "log_leave", "leave_need", "go_to")
        return base.with_rates(**{name: getattr(other.rates, name) for name in names})
    if driver == "places":
        return replace(base, places=other.places)
    if driver == "price":
        return replace(base, prices=other.prices)
    return replace(base, opening=other.opening)


def _per_person(assumptions: Assumptions) -> tuple[Floats, Floats]:
    """(terms, ages) people, and requests per person."""
    years = np.minimum(assumptions.calendar.year_of_terms(), len(assumptions.population) - 1)
    people = assumptions.population[years]
    rate = np.divide(assumptions.rates.requests, people, out=np.zeros_like(people), where=people > 0)
    return people, rate


def comparable(base: Assumptions, other: Assumptions) -> bool:
    """True where both know their people; one of them per age stands for a population that was not known."""
    return all(bool((one.population > 1.0).any()) for one in (base, other))


def _by_people(base: Assumptions, other: Assumptions) -> Floats:
    found: Floats = _per_person(base)[1] * _per_person(other)[0]
    return found


def _with_rates_of(base: Assumptions, other: Assumptions) -> Assumptions:
    names = ("moved_in", "agree", "come_back", "log_wait", "log_over", "issue", "appeal", "log_end", "end_need")
    requests = _by_people(other, base) if comparable(base, other) else other.rates.requests
    changed = base.with_rates(requests=requests, **{name: getattr(other.rates, name) for name in names})
    return replace(changed, spread=other.spread)


def held(assumptions: Assumptions) -> Assumptions:
    """The assumptions with every year like the first: its people, rates, mix, places and prices."""
    rates, calendar = assumptions.rates, assumptions.calendar
    first = calendar.numbers
    still = {name: values[first] for name, values in vars(rates).items() if name not in NOT_BY_TERM}
    people, rate = _per_person(assumptions)
    still["requests"] = (rate * people)[first]
    track = assumptions.spread.track
    spread = assumptions.spread if track is None else replace(assumptions.spread, track=_first_kept(track))
    return replace(
        assumptions.with_rates(**still),
        population=np.repeat(assumptions.population[:1], len(assumptions.population), axis=0),
        spread=spread,
        places=replace(assumptions.places, groups=tuple(g for g in assumptions.places.groups if _open(g, assumptions))),
        prices=_still_prices(assumptions.prices),
    )


def _first_kept(track: Floats) -> Floats:
    return np.repeat(track[:, :1], track.shape[1], axis=1)


def _open(group: object, assumptions: Assumptions) -> bool:
    opens = getattr(group, "opens", None)
    return opens is not None and opens <= assumptions.calendar.terms[2]


def _still_prices(prices: Prices | None) -> Prices | None:
    if prices is None:
        return None
    still = tuple(
        replace(line, inflation=0.0, inflation_low=0.0, inflation_high=0.0, rises=(), caps=(), factors=())
        for line in prices.lines
    )
    learnt = None if prices.learnt is None else replace(prices.learnt, still=True)
    started = None if prices.started is None else _first_kept(prices.started)
    return replace(prices, lines=still, learnt=learnt, started=started)
