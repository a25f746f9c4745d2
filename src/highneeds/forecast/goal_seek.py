"""How much must a lever move for a given chance? Searched on the same dice, so that the answer is the lever's."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.price import Costs, price
from highneeds.forecast.levers import Lever
from highneeds.forecast.scenarios import Scenario, apply_all
from highneeds.forecast.simulate import How, simulate
from highneeds.vocabulary.errors import InputError

Chance = Callable[[Costs], float | None]


@dataclass(frozen=True)
class Answer:
    """The strength needed, or why there is none.

    strength   None where even the strongest setting does not reach the chance
    chance     the chance at that strength, or at the strongest
    """

    lever: str
    unit: str
    strength: float | None
    chance: float
    weakest_chance: float

    @property
    def sentence(self) -> str:
        if self.strength is None:
            return f"{self.lever}: not reachable; at its strongest the chance is {100 * self.chance:.0f}%."
        return f"{self.lever}: {self.strength:.4g} ({self.unit}) gives a chance of {100 * self.chance:.0f}%."


def balance_in(year: str) -> Chance:
    """The chance of in-year balance in a financial year."""

    def chance(costs: Costs) -> float | None:
        names = [str(one) for one in costs.years]
        if costs.in_year_gbp is None or year not in names:
            return None
        return float((costs.in_year_gbp[:, names.index(year)] <= 0.0).mean())

    return chance


def seek(
    assumptions: Assumptions,
    lever: Lever,
    wanted: Chance,
    at_least: float = 0.5,
    *,
    beside: tuple[Lever, ...] = (),
    span: tuple[float, float] | None = None,
    draws: int = 200,
    seed: int = 1,
    steps: int = 9,
    how: How | None = None,
) -> Answer:
    """The weakest strength of `lever` within `span` (weak, strong) that gives at least that chance, by halving.

    `beside` are levers that are pulled anyway. The chance must rise from the weak to the strong end.
    """
    weak, strong = span or (lever.low, lever.high)

    def chance(size: float) -> float:
        pulled = replace(lever, low=size, central=size, high=size)
        costs = price(simulate(apply_all(assumptions, (*beside, pulled)), draws, seed, how))
        found = None if costs is None else wanted(costs)
        if found is None:
            raise InputError(
                f"The chance cannot be worked out for {assumptions.council}",
                remedy="Give prices and an allocation, and a year of the forecast",
            )
        return found

    least, most = chance(weak), chance(strong)
    name, unit = lever.kind.title, lever.kind.unit
    if least >= at_least:
        return Answer(name, unit, weak, least, least)
    if most < at_least:
        return Answer(name, unit, None, most, least)
    for _ in range(steps):
        middle = (weak + strong) / 2
        found = chance(middle)
        weak, strong, most = (weak, middle, found) if found >= at_least else (middle, strong, most)
    return Answer(name, unit, strong, most, least)


def seek_each(
    assumptions: Assumptions, scenario: Scenario, wanted: Chance, at_least: float = 0.5, **options: object
) -> tuple[Answer, ...]:
    """The question asked of every lever of a scenario alone: how much of each would do it by itself?"""
    return tuple(
        seek(assumptions, lever, wanted, at_least, **options)  # type: ignore[arg-type]
        for lever in scenario.levers
    )
