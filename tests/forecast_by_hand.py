"""Small councils for the forecast's tests: quiet ones to check with a pencil, and lively ones to shake."""

from dataclasses import replace

import numpy as np

from highneeds.forecast.assumptions import Assumptions, Opening, Spread, empty_opening, quiet_rates
from highneeds.forecast.costs.block_growth import BlockGrowth
from highneeds.forecast.costs.prices import Grant, PriceBasis, PriceLine, Prices
from highneeds.forecast.places import Overflow, Places, ProvisionGroup
from highneeds.forecast.simulate import RunOptions, SimulationRun, simulate
from highneeds.forecast.state import (
    AGES,
    FLOWS_BY_AGE,
    FLOWS_BY_PROVISION,
    NEEDS,
    SETTINGS,
    WHOLE_SETTINGS,
    Calendar,
    Provision,
    Term,
)

HERE = RunOptions(kernel="numpy", threads=1)
REFERENCE = RunOptions(kernel="reference", threads=1)


def quiet(years: int = 1, **changes: object) -> Assumptions:
    """A council where nobody asks, moves or leaves, so that one thing can be changed at a time."""
    calendar = Calendar(2024, years)
    count = len(WHOLE_SETTINGS)
    found = Assumptions(
        council="Quiet",
        calendar=calendar,
        provisions=WHOLE_SETTINGS,
        population=np.full((years, AGES), 1000.0),
        opening=empty_opening(count),
        rates=quiet_rates(len(calendar.terms), count),
        spread=Spread(tilt=np.zeros(count)),
        places=Places(),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def with_plans(assumptions: Assumptions, table: str) -> Assumptions:
    """The council with plans from a small table: age | setting | plans (all of need asd)."""
    plans = assumptions.opening.plans.copy()
    for line in table.strip().splitlines()[1:]:
        age, setting, count = (cell.strip() for cell in line.split("|"))
        plans[int(age), 0, SETTINGS.index(setting)] += int(count)
    return replace(assumptions, opening=replace(assumptions.opening, plans=plans))


def plans_after(run: SimulationRun, term: int) -> dict[str, float]:
    """Mean plans by provision after a term, those that have any."""
    stock = run.outcome.by_provision[:, term, FLOWS_BY_PROVISION.index("stock")].mean(axis=0)
    names = [one.school or one.setting for one in run.assumptions.provisions]
    return {name: float(plans) for name, plans in zip(names, stock, strict=True) if plans}


def ages_after(run: SimulationRun, term: int) -> dict[int, float]:
    """Mean plans by age after a term."""
    stock = run.outcome.by_age[:, term, FLOWS_BY_AGE.index("stock")].mean(axis=0)
    return {age: float(plans) for age, plans in enumerate(stock) if plans}


def flow(run: SimulationRun, name: str) -> np.ndarray:
    """(draws, terms) a flow by age, summed over ages."""
    return run.outcome.by_age[:, :, FLOWS_BY_AGE.index(name)].sum(axis=2)


def priced(assumptions: Assumptions, **changes: object) -> Assumptions:
    """The council with a price for two settings, a grant and an opening deficit of nil; nothing about it is unsure."""
    lines = (
        line("state top-up", ("special_state",), 20_000.0),
        line("independent fee", ("special_independent",), 60_000.0),
    )
    grant = Grant({assumptions.calendar.origin: 1_000_000.0}, BlockGrowth(0.0, 0.0, 0.0), "by hand")
    prices = Prices(lines, grant, opening=0.0)
    return replace(assumptions, prices=replace(prices, **changes))  # type: ignore[arg-type]


def line(name: str, settings: tuple[str, ...], gbp: float, basis: PriceBasis = PriceBasis.PLAN) -> PriceLine:
    return PriceLine(name, name, settings, basis, gbp, gbp, gbp, 2024, 0.0, 0.0, 0.0, "by hand")


def lively(seed: int, plans: int = 300, years: int = 2, limited: bool = True) -> Assumptions:
    """A council where everything happens, with a school that opens and a setting that is full."""
    rng = np.random.default_rng(seed)
    calendar = Calendar(2024, years)
    provisions = (*WHOLE_SETTINGS, Provision("special_state", "New")) if limited else WHOLE_SETTINGS
    count, terms = len(provisions), len(calendar.terms)
    held = rng.multinomial(plans, rng.dirichlet(np.full(AGES * len(NEEDS) * count, 0.3)))
    held = held.reshape(AGES, len(NEEDS), count)
    to = rng.dirichlet(np.ones(count), size=(terms, AGES, count))
    to[..., np.arange(count), np.arange(count)] = 0.0
    rates = quiet_rates(
        terms,
        count,
        requests=rng.uniform(0, 0.002 * plans, (terms, AGES)),
        moved_in=np.full((terms, AGES), 0.1),
        agree=rng.uniform(0.3, 1.0, (terms, AGES)),
        come_back=np.full(terms, 0.2),
        log_wait=np.full(terms, -1.0),
        log_over=np.full(terms, -0.3),
        issue=rng.uniform(0.5, 1.0, (terms, AGES)),
        appeal=np.full(terms, 0.2),
        need_mix=rng.dirichlet(np.ones(len(NEEDS)), AGES),
        place_mix=rng.dirichlet(np.ones(count), (terms, AGES, len(NEEDS))),
        log_end=np.log1p(-rng.uniform(0, 0.2, (terms, AGES, count))),
        log_leave=np.log1p(-rng.uniform(0, 0.2, (terms, AGES, count))),
        go_to=to / to.sum(axis=-1, keepdims=True),
        reasons=rng.dirichlet(np.ones(6), AGES),
    )
    work = [rng.integers(0, 6, AGES) for _ in range(4)]
    spread = Spread(
        demand=0.1, demand_trend=0.03, band=0.05, agree=0.2, issue=0.2, end_band=0.1, tilt=np.full(count, 0.1)
    )
    found = Assumptions(
        council="Lively",
        calendar=calendar,
        provisions=provisions,
        population=np.full((years, AGES), 1000.0),
        opening=Opening(held, *work),
        rates=rates,
        spread=spread,
        places=_short_of_places(provisions, held) if limited else Places(),
    )
    return priced(found)


def _short_of_places(provisions: tuple[Provision, ...], held: np.ndarray) -> Places:
    full = int(held[:, :, SETTINGS.index("special_state")].sum())
    return Places(
        (
            ProvisionGroup(provisions[-1], Term(2024, 2), (3, 6, 10)),
            ProvisionGroup(Provision("special_state"), Term(2020, 0), (full,)),
        ),
        (
            Overflow("special_independent", ("New",), (0.7,), first=True),
            Overflow("special_state", ("New", "special_independent"), (1.0, 0.9)),
        ),
    )


def run(assumptions: Assumptions, draws: int = 4, seed: int = 1, options: RunOptions = HERE) -> SimulationRun:
    return simulate(assumptions, draws, seed, options)
