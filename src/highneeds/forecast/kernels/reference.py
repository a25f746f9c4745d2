"""The forecast told person by person, in plain Python: slow, and easy to check with a pencil.

It uses nobody else's shortcuts: every child draws their own numbers from an ordinary generator. The fast kernels must
agree with it in distribution. The steps of a term stand in `_Council.term`, in order.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from highneeds.forecast.kernels.layout import DrawnPaths, Inputs, SimulatedFlows, empty_outcome
from highneeds.forecast.state import (
    AGES,
    FLOWS_BY_AGE,
    FLOWS_BY_NEED,
    FLOWS_BY_PROVISION,
    OLDEST,
    REACHED_GREATEST_AGE,
    Keys,
)


@dataclass
class Child:
    """One child or young person with a plan, and the provision they are in or bound for."""

    age: int
    need: int
    at: int


@dataclass
class _Waiting:
    """Ages of children whose request is somewhere on its way."""

    under_way: list[int] = field(default_factory=list)
    over_time: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    not_issued: list[int] = field(default_factory=list)


def simulate(inputs: Inputs, paths: DrawnPaths, keys: Keys) -> SimulatedFlows:
    """Every draw of `paths`, each with its own generator made from its keys."""
    out = empty_outcome(inputs, paths.draws)
    for d in range(paths.draws):
        _Council(inputs, paths, d, random.Random(int(keys[d, 0])), out).run()
    return out


class _Council:
    """One draw of one council."""

    def __init__(self, inputs: Inputs, paths: DrawnPaths, d: int, rng: random.Random, out: SimulatedFlows) -> None:
        self.inputs, self.rates, self.places = inputs, inputs.rates, inputs.places
        self.paths, self.d, self.rng, self.out = paths, d, rng, out
        opening = inputs.opening
        self.children = [Child(*cell) for cell in np.argwhere(opening.plans) for _ in range(opening.plans[tuple(cell)])]
        stocks = (opening.under_way, opening.over_time, opening.refused, opening.not_issued)
        self.waiting = _Waiting(*([age for age in range(AGES) for _ in range(stock[age])] for stock in stocks))

    def run(self) -> None:
        for t in range(self.inputs.terms):
            self.term(t)

    def term(self, t: int) -> None:
        if self.inputs.numbers[t] == self.inputs.rollover:
            self.a_year_older(t)
        self.requests(t)
        finished = self.assessments(t)
        new = [self.place_wanted(t, age) for age in self.issued(t, finished)]
        leavers = self.leavers(t)
        self.placed(t, new, leavers)
        begun, before = self.count(new), self.count(self.children)
        self.ends(t)
        self.write_down(t, begun, before)

    def happens(self, chance: float) -> bool:
        return self.rng.random() < chance

    def one_of(self, weights: Sequence[float]) -> int:
        return self.rng.choices(range(len(weights)), weights)[0]

    def how_many(self, mean: float) -> int:
        """A Poisson count: how many arrivals before the time is up."""
        count, clock = 0, self.rng.expovariate(1.0)
        while clock < mean:
            count, clock = count + 1, clock + self.rng.expovariate(1.0)
        return count

    def note(self, t: int, flow: str, age: int) -> None:
        self.out.by_age[self.d, t, FLOWS_BY_AGE.index(flow), age] += 1

    def a_year_older(self, t: int) -> None:
        """Nobody has a plan past the oldest age."""
        for child in [one for one in self.children if one.age == OLDEST]:
            self.ended(t, child, REACHED_GREATEST_AGE)
        self.children = [one for one in self.children if one.age < OLDEST]
        for child in self.children:
            child.age += 1
        for name, ages in vars(self.waiting).items():
            for _ in range(ages.count(OLDEST)):
                self.note(t, "lapsed", OLDEST)
            setattr(self.waiting, name, [age + 1 for age in ages if age < OLDEST])

    def requests(self, t: int) -> None:
        """Children ask; some are agreed. Some of last term's refusals come back and are agreed after all."""
        paths, year = self.paths, self.inputs.year[t]
        returning = self.waiting.refused
        self.waiting.refused = []
        for age in range(AGES):
            mean = self.rates.requests[t, age] * paths.demand[self.d, year]
            for _ in range(self.how_many(mean * paths.band[self.d, self.inputs.band[age]])):
                self.note(t, "requests", age)
                agreed = self.happens(_moved(self.rates.agree[t, age], paths.agree[self.d]))
                self.note(t, "agreed" if agreed else "refused", age)
                (self.waiting.under_way if agreed else self.waiting.refused).append(age)
        for age in returning:
            if self.happens(self.rates.come_back[t]):
                self.note(t, "came_back", age)
                self.waiting.under_way.append(age)

    def assessments(self, t: int) -> list[int]:
        """Ages of those whose assessment is finished this term."""
        finished: list[int] = []
        for name, log_wait in (("under_way", self.rates.log_wait[t]), ("over_time", self.rates.log_over[t])):
            still: list[int] = []
            for age in getattr(self.waiting, name):
                (still if self.happens(math.exp(log_wait)) else finished).append(age)
            setattr(self.waiting, name, still)
        for age in finished:
            self.note(t, "assessed", age)
        return finished

    def issued(self, t: int, finished: list[int]) -> list[int]:
        """Ages of those who get a plan: after assessment, on appeal, or moved in with one."""
        new, last, self.waiting.not_issued = [], self.waiting.not_issued, []
        for age in finished:
            if self.happens(_moved(self.rates.issue[t, age], self.paths.issue[self.d])):
                self.note(t, "issued", age)
                new.append(age)
            else:
                self.waiting.not_issued.append(age)
        for age in last:
            if self.happens(self.rates.appeal[t]):
                self.note(t, "issued_on_appeal", age)
                new.append(age)
        for age in range(AGES):
            for _ in range(self.how_many(self.rates.moved_in[t, age])):
                self.note(t, "moved_in", age)
                new.append(age)
        return new

    def place_wanted(self, t: int, age: int) -> Child:
        need = self.one_of(self.rates.need_mix[age])
        at = self.one_of(self.rates.place_mix[t, age, need] * self.paths.tilt[self.d])
        return Child(age, need, at)

    def leavers(self, t: int) -> list[tuple[Child, int]]:
        """Children who change provision, each with the one they leave; `at` is now where they are bound."""
        found = []
        for child in self.children:
            log_stay = self.rates.log_leave[t, child.age, child.at] * self.rates.leave_need[child.need]
            if self.happens(-math.expm1(log_stay)):
                self.moved(t, child)
                found.append((child, child.at))
                child.at = self.one_of(self.rates.go_to[t, child.age, child.at] * self.paths.tilt[self.d])
        return found

    def moved(self, t: int, child: Child) -> None:
        self.note(t, "moved", child.age)
        self.out.by_need[self.d, t, FLOWS_BY_NEED.index("moved"), child.need] += 1
        self.out.by_provision[self.d, t, FLOWS_BY_PROVISION.index("moved_from"), child.at] += 1

    def placed(self, t: int, new: list[Child], leavers: list[tuple[Child, int]]) -> None:
        """Everyone gets a place. Where places are short a lottery decides, first choices before second ones."""
        bound = [(child, child.at) for child in new] + [(child, child.at) for child, _ in leavers]
        leaving = {id(child) for child, _ in leavers}
        staying = [child for child in self.children if id(child) not in leaving]
        line = [child for child, _ in bound if self.places.limited[child.at]]
        self.rng.shuffle(line)
        self.allot(t, line, staying)
        for child, wanted in bound:
            if child.at != wanted:
                self.out.by_provision[self.d, t, FLOWS_BY_PROVISION.index("diverted"), wanted] += 1
        for child, left in leavers:
            self.out.by_provision[self.d, t, FLOWS_BY_PROVISION.index("moved_to"), child.at] += 1
            self.out.moves[self.inputs.year[t], left, child.at] += 1
        self.children += new

    def allot(self, t: int, line: list[Child], staying: list[Child]) -> None:
        capacity = self.places.capacity[t]
        taken = [sum(child.at == at for child in staying) for at in range(len(capacity))]
        served: set[int] = set()
        wanted = {id(child): child.at for child in line}
        for choice in range(self.places.choices.shape[1]):
            for child in line:
                target = int(self.places.choices[wanted[id(child)], choice])
                if id(child) in served or target < 0 or not self.places.eligible[target, child.age, child.need]:
                    continue
                full = 0 <= capacity[target] <= taken[target]
                if not full and self.happens(self.places.willing[wanted[id(child)], choice]):
                    child.at = target
                    taken[target] += 1
                    served.add(id(child))

    def ends(self, t: int) -> None:
        """Some plans end."""
        year, staying = self.inputs.year[t], []
        for child in self.children:
            hazard = self.paths.end[self.d, year, self.inputs.band[child.age]] * self.rates.end_need[child.need]
            if self.happens(-math.expm1(self.rates.log_end[t, child.age, child.at] * hazard)):
                self.ended(t, child, self.one_of(self.rates.reasons[child.age]))
            else:
                staying.append(child)
        self.children = staying

    def ended(self, t: int, child: Child, why: int) -> None:
        self.note(t, "ended", child.age)
        self.out.by_need[self.d, t, FLOWS_BY_NEED.index("ended"), child.need] += 1
        self.out.by_provision[self.d, t, FLOWS_BY_PROVISION.index("ended"), child.at] += 1
        self.out.reasons[self.d, t, why] += 1

    def count(self, children: list[Child]) -> Any:
        held = np.zeros_like(self.inputs.opening.plans)
        for child in children:
            held[child.age, child.need, child.at] += 1
        return held

    def write_down(self, t: int, begun: Any, before: Any) -> None:
        """What began in the term, who is there after it, and the plan-years it cost."""
        inputs, d, held = self.inputs, self.d, self.count(self.children)
        self.out.by_age[d, t, FLOWS_BY_AGE.index("stock")] = held.sum(axis=(1, 2))
        for name, happened in (("started", begun), ("stock", held)):
            self.out.by_need[d, t, FLOWS_BY_NEED.index(name)] = happened.sum(axis=(0, 2))
            self.out.by_provision[d, t, FLOWS_BY_PROVISION.index(name)] = happened.sum(axis=(0, 1))
        for age in self.waiting.under_way + self.waiting.over_time:
            self.note(t, "under_way", age)
        if inputs.money_year[t] >= 0:
            years = inputs.days[t] * (held + 0.5 * (before - held) - 0.5 * begun) * inputs.weight
            for age in range(AGES):
                self.out.volume[d, inputs.money_year[t], :, inputs.phase[age]] += years[age].sum(axis=0)
        if inputs.numbers[t] == 2:
            self.out.census[inputs.year[t]] += held


def _moved(chance: float, logit: float) -> float:
    odds = chance * math.exp(logit)
    return odds / (1.0 - chance + odds)
