"""How much must a lever move for a given chance? Searched on the same random numbers: the answer is the lever's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.basis import ForecastBasis
from highneeds.forecast.costs.price import Costs
from highneeds.forecast.costs.prices import PriceBasis, Prices
from highneeds.forecast.levers import Lever, kind_named
from highneeds.forecast.money import priced
from highneeds.forecast.scenarios import apply_all
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.summary import ForecastInputs
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

Chance = Callable[[Costs], float | None]
Pull = Callable[[float], tuple[Lever, ...]]
TOGETHER = "All of these together"
STEPS = 9


@dataclass(frozen=True)
class StrengthNeeded:
    """The strength needed, or why there is none.

    strength        None where even the strongest setting does not reach the chance
    chance          the chance at that strength, or at the strongest
    weakest_chance  the chance at the weakest
    strongest       how far the lever was moved at most
    duty, affects   what it touches and whom; caps_demand: an assumption about demand and not a target
    """

    lever: str
    unit: str
    strength: float | None
    chance: float
    weakest_chance: float
    strongest: float = 0.0
    duty: str = ""
    affects: str = ""
    caps_demand: bool = False


def balance_in(year: str, gbp: float = 0.0) -> Chance:
    """The chance of an in-year position of at most `gbp` (nil: balance) in a financial year."""

    def chance(costs: Costs) -> float | None:
        names = [str(one) for one in costs.years]
        if costs.in_year_gbp is None or year not in names:
            return None
        return float((costs.in_year_gbp[:, names.index(year)] <= gbp).mean())

    return chance


def money_needed(costs: Costs | None, year: str, at_least: float = 0.5, gbp: float = 0.0) -> float | None:
    """How many pounds less the year must cost for that chance; 0 where it is there already, None where unknown."""
    names = [] if costs is None else [str(one) for one in costs.years]
    if costs is None or costs.in_year_gbp is None or year not in names:
        return None
    short = np.quantile(costs.in_year_gbp[:, names.index(year)] - gbp, at_least, method="inverted_cdf")
    return round(max(float(short), 0.0), 2)


@dataclass(frozen=True)
class Search:
    """What is asked: which chance, how high, and on how many draws.

    inputs   what a workspace brings of its own, so that its money is that of its forecast
    """

    wanted: Chance
    at_least: float = 0.5
    draws: int = DRAWS
    seed: int = SEED
    steps: int = STEPS
    options: RunOptions | None = None
    inputs: ForecastInputs | None = None

    def chance(self, assumptions: Assumptions, levers: tuple[Lever, ...]) -> float:
        run = simulate(apply_all(assumptions, levers), self.draws, self.seed, self.options)
        costs = priced(run, self.inputs)
        found = None if costs is None else self.wanted(costs)
        if found is None:
            raise InputError(
                f"The chance cannot be worked out for {assumptions.council}",
                remedy="Give prices and an allocation, and a year of the forecast",
            )
        return found


def at(lever: Lever, size: float) -> Lever:
    """The lever at one sure strength."""
    return replace(lever, low=size, central=size, high=size)


def _halved(
    search: Search, assumptions: Assumptions, pull: Pull, weak: float, strong: float
) -> tuple[float | None, float, float]:
    """The weakest strength that will do (None: none does), its chance, and the chance at the weakest."""
    least, most = search.chance(assumptions, pull(weak)), search.chance(assumptions, pull(strong))
    if least >= search.at_least:
        return weak, least, least
    if most < search.at_least:
        return None, most, least
    for _ in range(search.steps):
        middle = (weak + strong) / 2
        found = search.chance(assumptions, pull(middle))
        weak, strong, most = (weak, middle, found) if found >= search.at_least else (middle, strong, most)
    return strong, most, least


def seek_one(search: Search, assumptions: Assumptions, question: "GoalQuestion") -> StrengthNeeded:
    """How far one lever must go by itself: the weakest strength that gives the chance, by halving.

    The chance must rise from the weak to the strong end.
    """
    lever, kind = question.lever, question.lever.kind
    strength, chance, least = _halved(
        search, assumptions, lambda size: (at(lever, size),), question.weak, question.strong
    )
    caps, name = kind.caps_demand, question.name or kind.title
    return StrengthNeeded(name, kind.unit, strength, chance, least, question.strong, kind.duty, kind.affects, caps)


def seek_together(search: Search, assumptions: Assumptions, questions: Sequence["GoalQuestion"]) -> StrengthNeeded:
    """What part of the way from weak to strong all levers need at once."""
    strength, chance, least = _halved(
        search, assumptions, lambda part: tuple(one.part(part) for one in questions), 0.0, 1.0
    )
    kinds = [one.lever.kind for one in questions]
    duties = "; ".join(dict.fromkeys(kind.duty for kind in kinds))
    affects = "; ".join(dict.fromkeys(kind.affects for kind in kinds))
    caps = any(kind.caps_demand for kind in kinds)
    unit = "part of the way to the furthest strength of each"
    return StrengthNeeded(TOGETHER, unit, strength, chance, least, 1.0, duties, affects, caps)


@dataclass(frozen=True)
class GoalQuestion:
    """A lever, the strengths between which it is sought, and what it is called where its kind's title is not plain."""

    lever: Lever
    weak: float
    strong: float
    name: str = ""

    def part(self, share: float) -> Lever:
        """The lever so far along the way from weak to strong."""
        return at(self.lever, self.weak + share * (self.strong - self.weak))


def ordinary_questions(assumptions: Assumptions, starts: str) -> tuple[GoalQuestion, ...]:
    """The three that every council asks, with how far each is moved at most: mix, unit cost, demand.

    The mix: children bound for independent and non-maintained schools at phase transfer go to state special ones.
    The unit cost: every price paid for a plan. Demand: requests, an assumption and not a target.
    """
    prices: Prices | None = assumptions.prices
    lines = [] if prices is None else [one.name for one in prices.lines if one.basis is PriceBasis.PLAN and one.in_dsg]
    mix = dict(settings=["special_independent", "special_non_maintained"], to="special_state")
    return (
        GoalQuestion(_sure("phase_transfer_placement", starts, **mix), 0.0, 1.0, "Mix at phase transfer"),
        GoalQuestion(_sure("top_up_tariff", starts, lines=lines), 0.0, -0.9, "Unit cost of every placement"),
        GoalQuestion(_sure("request_rate", starts), 0.0, -0.9, "Demand: requests for assessment"),
    )


def _sure(name: str, starts: str, **fields: object) -> Lever:
    return kind_named(name).make(dict(low=0.0, central=0.0, high=0.0, starts=starts, **fields))


def goal_table(answers: Sequence[StrengthNeeded], year: str, at_least: float) -> Table:
    """One row per lever: strength, chance, and what must be known before believing it."""
    rows = [
        [
            one.lever,
            one.unit,
            None if one.strength is None else round(one.strength, 6),
            one.strongest,
            round(one.chance, 6),
            round(one.weakest_chance, 6),
            "yes" if one.strength is not None else "no",
            one.duty,
            one.affects,
            "an assumption about demand, not a target" if one.caps_demand else "",
        ]
        for one in answers
    ]
    columns = (
        "lever",
        "unit",
        "strength_needed",
        "furthest_tried",
        "chance",
        "chance_without",
        "reachable",
        "duty",
        "affects",
        "caution",
    )
    return Table.of(columns, rows, f"What it takes for a chance of {100 * at_least:g}% in {year}")


@dataclass(frozen=True)
class Goal:
    """The chance that is wanted of an in-year deficit of at most so many pounds in a financial year.

    levers   those that may be pulled, from nothing to their furthest strength; without any the three of every council
    starts   the first month of effect of these three; '' for the September of the forecast's first year
    """

    year: FinancialYear
    chance: float = 0.5
    deficit_gbp: float = 0.0
    levers: tuple[Lever, ...] = ()
    starts: str = ""

    def questions(self, assumptions: Assumptions) -> tuple[GoalQuestion, ...]:
        """The levers given, each from its low to its high; without any the three of every council."""
        if self.levers:
            return tuple(GoalQuestion(lever, lever.low, lever.high) for lever in self.levers)
        return ordinary_questions(assumptions, self.starts or f"{assumptions.calendar.origin}-09")


@dataclass(frozen=True)
class SoughtGoal:
    """What each lever must do, and all of them together; and how many pounds less the year must cost, however it is
    brought about. starts: the months in which the levers begin."""

    goal: Goal
    answers: tuple[StrengthNeeded, ...]
    short_gbp: float | None
    starts: tuple[str, ...]

    def table(self) -> Table:
        return goal_table(self.answers, str(self.goal.year), self.goal.chance)


def seek(basis: ForecastBasis, goal: Goal, options: RunOptions) -> SoughtGoal:
    """Every lever by itself, then all at once where there are several, on the draws of the basis."""
    year, assumptions = str(goal.year), basis.assumptions
    wanted = balance_in(year, goal.deficit_gbp)
    search = Search(wanted, goal.chance, basis.draws, basis.seed, options=options, inputs=basis.inputs)
    questions = goal.questions(assumptions)
    answers = [seek_one(search, assumptions, one) for one in questions]
    answers += [seek_together(search, assumptions, questions)] if len(questions) > 1 else []
    costs = priced(simulate(assumptions, basis.draws, basis.seed, options), basis.inputs)
    short = money_needed(costs, year, goal.chance, goal.deficit_gbp)
    return SoughtGoal(goal, tuple(answers), short, tuple(dict.fromkeys(one.lever.starts for one in questions)))
