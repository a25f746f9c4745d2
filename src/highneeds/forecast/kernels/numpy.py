"""The kernel in plain numpy, for machines without numba: all draws of a block at once, one named step after another.

It uses the same random numbers as the compiled kernel and is the easier of the two to read. The steps of a term, in
order: a year older (in the roll-over term), requests, decisions to assess, assessments, plans issued, placement
subject to places, moves, ends.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from highneeds.forecast.kernels.counts import binomial, pick, pick_from, poisson, spread_out
from highneeds.forecast.kernels.layout import DrawnPaths, Inputs, SimulatedFlows, empty_outcome
from highneeds.forecast.seeds import Purpose, counters, uniforms
from highneeds.forecast.state import (
    AGES,
    END_REASONS,
    FLOWS_BY_AGE,
    FLOWS_BY_NEED,
    FLOWS_BY_PROVISION,
    NEEDS,
    OLDEST,
    REACHED_GREATEST_AGE,
    Floats,
    Ints,
    Keys,
)

BLOCK = 50
CELL_STRIDE = 64
MOVER_CELLS = 64
CHOICES_STRIDE = 8


def simulate(inputs: Inputs, paths: DrawnPaths, keys: Keys) -> SimulatedFlows:
    """Every draw of `paths`, in blocks that fit the cache; the result does not depend on the size of a block."""
    out = empty_outcome(inputs, paths.draws)
    for first in range(0, paths.draws, BLOCK):
        which = slice(first, min(first + BLOCK, paths.draws))
        _DrawBlock(inputs, paths.part(which), keys[which], _views(out, which)).run()
    return out


def _views(out: SimulatedFlows, which: slice) -> SimulatedFlows:
    return SimulatedFlows(
        out.by_age[which],
        out.by_need[which],
        out.by_provision[which],
        out.reasons[which],
        out.volume[which],
        out.census,
        out.moves,
    )


@dataclass
class _Arrivals:
    """Children on their way to a provision: one row each.

    stream   the cell of their own random numbers, and item their number in it
    """

    draw: Ints
    age: Ints
    need: Ints
    bound: Ints
    stream: Ints
    item: Ints


def _joined(*parts: _Arrivals) -> _Arrivals:
    names = ("draw", "age", "need", "bound", "stream", "item")
    return _Arrivals(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


class _DrawBlock:
    """Some draws, carried from term to term."""

    def __init__(self, inputs: Inputs, paths: DrawnPaths, keys: Keys, out: SimulatedFlows) -> None:
        self.inputs, self.paths, self.keys, self.out = inputs, paths, keys, out
        draws = paths.draws
        opening = inputs.opening
        self.plans = np.repeat(opening.plans[None], draws, axis=0)
        self.under_way = np.repeat(opening.under_way[None], draws, axis=0)
        self.over_time = np.repeat(opening.over_time[None], draws, axis=0)
        self.refused = np.repeat(opening.refused[None], draws, axis=0)
        self.not_issued = np.repeat(opening.not_issued[None], draws, axis=0)

    def run(self) -> None:
        for term in range(self.inputs.terms):
            self.term(term)

    def term(self, t: int) -> None:
        lapsed = self.older(t) if self.inputs.numbers[t] == self.inputs.rollover else None
        agreed, came_back = self.requests(t)
        finished = self.assessments(t, agreed, came_back)
        started = self.issue(t, finished)
        bound = self.placement(t, started)
        leaving = self.leavers(t)
        new_plans = self.place(t, bound, leaving)
        ended = self.ends(t)
        self.close(t, new_plans, ended, lapsed)

    # each step below returns what happened and leaves the state after it

    def older(self, t: int) -> Ints:
        """Everyone is a year older; plans of those past the oldest age end, their unfinished assessments lapse."""
        past = self.plans[:, OLDEST].copy()
        for stock in (self.plans, self.under_way, self.over_time, self.refused, self.not_issued):
            if stock.ndim == 2:
                self.out.by_age[:, t, FLOWS_BY_AGE.index("lapsed"), OLDEST] += stock[:, OLDEST].astype(np.int32)
            stock[:, 1:] = stock[:, :-1].copy()
            stock[:, 0] = 0
        return past

    def requests(self, t: int) -> tuple[Ints, Ints]:
        """How many ask, how many are agreed, and who comes back after a refusal of the term before."""
        rates, paths, year = self.inputs.rates, self.paths, self.inputs.year[t]
        mean = rates.requests[t][None] * paths.demand[:, year, None] * paths.band[:, self.inputs.band]
        requests = self.counted(poisson, mean, Purpose.REQUESTS, t)
        agree = _shifted(rates.agree[t][None], paths.agree[:, None])
        agreed = self.counted(binomial, requests, Purpose.AGREED, t, _log_stay(agree))
        back = np.full(agree.shape, _log_stay(rates.come_back[t]))
        came_back = self.counted(binomial, self.refused, Purpose.CAME_BACK, t, back)
        self.refused = requests - agreed
        self.note(t, requests=requests, agreed=agreed, refused=self.refused, came_back=came_back)
        return agreed, came_back

    def assessments(self, t: int, agreed: Ints, came_back: Ints) -> Ints:
        """Assessments finished in the term: those inside their time, and the backlog as far as it is worked off."""
        rates = self.inputs.rates
        self.under_way = self.under_way + agreed + came_back
        shape = self.under_way.shape
        done = self.counted(binomial, self.under_way, Purpose.ASSESSED, t, np.full(shape, rates.log_wait[t]))
        late = self.counted(binomial, self.over_time, Purpose.OVER_TIME, t, np.full(shape, rates.log_over[t]))
        self.under_way = self.under_way - done
        self.over_time = self.over_time - late
        self.note(t, assessed=done + late)
        return done + late

    def issue(self, t: int, finished: Ints) -> Ints:
        """Plans that start: after assessment, on appeal, and moved in from other councils."""
        rates, paths = self.inputs.rates, self.paths
        chance = _shifted(rates.issue[t][None], paths.issue[:, None])
        issued = self.counted(binomial, finished, Purpose.ISSUED, t, _log_stay(chance))
        appeal = np.full(chance.shape, _log_stay(rates.appeal[t]))
        on_appeal = self.counted(binomial, self.not_issued, Purpose.APPEALS, t, appeal)
        moved_in = self.counted(poisson, np.repeat(rates.moved_in[t][None], paths.draws, axis=0), Purpose.MOVED_IN, t)
        self.not_issued = finished - issued
        self.note(t, issued=issued, issued_on_appeal=on_appeal, moved_in=moved_in)
        return issued + on_appeal + moved_in

    def placement(self, t: int, started: Ints) -> _Arrivals:
        """The need of every new plan, and the provision it is bound for."""
        rates = self.inputs.rates
        row, item = spread_out(started.ravel())
        draw, age = row // AGES, row % AGES
        need = pick(rates.need_mix[age], self.single(Purpose.NEED, t, draw, age, item))
        weights = rates.place_mix[t, age, need] * self.paths.tilt[draw]
        bound = pick(weights, self.single(Purpose.PLACEMENT, t, draw, age, item))
        return _Arrivals(draw, age, need, bound, age, item)

    def leavers(self, t: int) -> _Arrivals:
        """Children who change provision, taken out of the one they leave, and where they are bound."""
        rates = self.inputs.rates
        if not (rates.log_leave[t] < 0.0).any():
            none = np.zeros(0, dtype=np.int64)
            return _Arrivals(none, none, none, none, none, none)
        cell = np.flatnonzero(self.plans)
        draw, age, need, at = np.unravel_index(cell, self.plans.shape)
        stay = rates.log_leave[t, age, at] * rates.leave_need[need]
        stream = _stream(age, need, at)
        left = binomial(self.plans.ravel()[cell], stay, self.keys[draw, Purpose.LEAVERS], counters(t, stream))
        self.plans.ravel()[cell] -= left
        some = np.flatnonzero(left)
        draw, age, need, at, stream = draw[some], age[some], need[some], at[some], stream[some]
        running = np.cumsum(rates.go_to[t, age, at] * self.paths.tilt[draw], axis=1)
        row, item = spread_out(left[some])
        draw, age, need, at, stream = draw[row], age[row], need[row], at[row], stream[row]
        bound = pick_from(running, row, self.single(Purpose.DESTINATION, t, draw, stream, item))
        self.note_moves(t, draw, age, need, at)
        self.moved_from = at
        return _Arrivals(draw, age, need, bound, stream + MOVER_CELLS, item)

    def place(self, t: int, new: _Arrivals, movers: _Arrivals) -> Ints:
        """Give everyone a place, in the order of a lottery where places are short. Returns the new plans placed."""
        everyone = _joined(new, movers)
        at = everyone.bound.copy()
        short = np.flatnonzero(self.inputs.places.limited[everyone.bound])
        at[short] = self.allot(t, everyone, short)
        started = np.zeros_like(self.plans)
        first = slice(0, len(new.draw))
        np.add.at(started, (new.draw, new.age, new.need, at[first]), 1)
        self.plans += started
        rest = slice(len(new.draw), None)
        np.add.at(self.plans, (movers.draw, movers.age, movers.need, at[rest]), 1)
        self.note_arrivals(t, everyone, at, len(new.draw))
        return started

    def allot(self, t: int, everyone: _Arrivals, short: Ints) -> Ints:
        """The provision each of `short` gets: all first choices are heard first, then all second ones."""
        places = self.inputs.places
        draw, age, need = everyone.draw[short], everyone.age[short], everyone.need[short]
        bound, stream, item = everyone.bound[short], everyone.stream[short], everyone.item[short]
        order = np.lexsort((self.single(Purpose.LOTTERY, t, draw, stream, item), draw))
        free = np.where(
            places.capacity[t] < 0, np.iinfo(np.int64).max, places.capacity[t] - self.plans.sum(axis=(1, 2))
        )
        given = np.full(len(short), -1, dtype=np.int64)
        for choice in range(places.choices.shape[1]):
            u = self.single(Purpose.WILLING, t, draw, stream, item * CHOICES_STRIDE + choice)
            target = places.choices[bound, choice]
            asks = (given < 0) & (target >= 0) & (u < places.willing[bound, choice])
            asks &= places.eligible[target, age, need]
            heard = order[asks[order]]
            got = _first_come(draw[heard], target[heard], free)
            given[heard[got]] = target[heard[got]]
        return np.where(given < 0, bound, given)

    def ends(self, t: int) -> Ints:
        """Plans that end in the term, by cell."""
        rates = self.inputs.rates
        cell = np.flatnonzero(self.plans)
        draw, age, need, at = np.unravel_index(cell, self.plans.shape)
        hazard = self.paths.end[draw, self.inputs.year[t], self.inputs.band[age]]
        stay = rates.log_end[t, age, at] * rates.end_need[need] * hazard
        stream = counters(t, _stream(age, need, at))
        ended = np.zeros_like(self.plans)
        ended.ravel()[cell] = binomial(self.plans.ravel()[cell], stay, self.keys[draw, Purpose.ENDS], stream)
        self.plans -= ended
        return ended

    def close(self, t: int, started: Ints, ended: Ints, past: Ints | None) -> None:
        """Write down the term."""
        self.note_reasons(t, ended.sum(axis=(2, 3)), past)
        years = self.inputs.days[t] * (self.plans + 0.5 * ended - 0.5 * started)
        if past is not None:
            ended[:, OLDEST] += past
        self.note(t, ended=ended.sum(axis=(2, 3)), stock=self.plans.sum(axis=(2, 3)), under_way=self.waiting())
        for axes, names, target in (
            ((1, 3), FLOWS_BY_NEED, self.out.by_need),
            ((1, 2), FLOWS_BY_PROVISION, self.out.by_provision),
        ):
            for name, happened in (("started", started), ("ended", ended), ("stock", self.plans)):
                target[:, t, names.index(name)] = happened.sum(axis=axes)
        if self.inputs.money_year[t] >= 0:
            weighted = (years * self.inputs.weight).sum(axis=2)
            for phase in range(self.out.volume.shape[3]):
                part = weighted[:, self.inputs.phase == phase].sum(axis=1)
                self.out.volume[:, self.inputs.money_year[t], :, phase] += part
        if self.inputs.numbers[t] == 2:
            self.out.census[self.inputs.year[t]] += self.plans.sum(axis=0)

    def waiting(self) -> Ints:
        return self.under_way + self.over_time

    # counts and notes

    def counted(self, roll: Any, amount: Any, purpose: Purpose, t: int, *chance: Floats) -> Ints:
        """One random number for every draw and age."""
        draw, age = np.indices(amount.shape)
        flat = [part.ravel() for part in (amount, *chance)]
        found: Ints = roll(*flat, self.keys[draw.ravel(), purpose], counters(t, age.ravel()))
        return found.reshape(amount.shape)

    def single(self, purpose: Purpose, t: int, draw: Ints, stream: Ints, item: Ints) -> Floats:
        """One uniform for every child."""
        return uniforms(self.keys[draw, purpose], counters(t, stream, item))

    def note(self, t: int, **flows: Ints) -> None:
        for name, happened in flows.items():
            self.out.by_age[:, t, FLOWS_BY_AGE.index(name)] = happened

    def note_moves(self, t: int, draw: Ints, age: Ints, need: Ints, at: Ints) -> None:
        np.add.at(self.out.by_age[:, t, FLOWS_BY_AGE.index("moved")], (draw, age), 1)
        np.add.at(self.out.by_need[:, t, FLOWS_BY_NEED.index("moved")], (draw, need), 1)
        np.add.at(self.out.by_provision[:, t, FLOWS_BY_PROVISION.index("moved_from")], (draw, at), 1)

    def note_arrivals(self, t: int, everyone: _Arrivals, at: Ints, new: int) -> None:
        movers = slice(new, None)
        to, diverted = FLOWS_BY_PROVISION.index("moved_to"), FLOWS_BY_PROVISION.index("diverted")
        np.add.at(self.out.by_provision[:, t, to], (everyone.draw[movers], at[movers]), 1)
        away = at != everyone.bound
        np.add.at(self.out.by_provision[:, t, diverted], (everyone.draw[away], everyone.bound[away]), 1)
        if len(at) > new:
            np.add.at(self.out.moves[self.inputs.year[t]], (self.moved_from, at[movers]), 1)

    def note_reasons(self, t: int, ended: Ints, past: Ints | None) -> None:
        row, item = spread_out(ended.ravel())
        draw, age = row // AGES, row % AGES
        why = pick(self.inputs.rates.reasons[age], self.single(Purpose.REASONS, t, draw, age, item))
        counted = np.bincount(draw * len(END_REASONS) + why, minlength=self.paths.draws * len(END_REASONS))
        self.out.reasons[:, t] = counted.reshape(-1, len(END_REASONS))
        if past is not None:
            self.out.reasons[:, t, REACHED_GREATEST_AGE] += past.sum(axis=(1, 2)).astype(np.int32)


def _stream(age: Ints, need: Ints, at: Ints) -> Ints:
    found: Ints = (age * len(NEEDS) + need) * CELL_STRIDE + at
    return found


def _log_stay(chance: Any) -> Any:
    with np.errstate(divide="ignore"):
        return np.log1p(-np.asarray(chance))


def _shifted(chance: Floats, logit: Floats) -> Floats:
    """A chance moved by `logit` on the logit scale; 0 and 1 stay."""
    odds = chance * np.exp(logit)
    found: Floats = odds / (1.0 - chance + odds)
    return found


def _first_come(draw: Ints, target: Ints, free: Ints) -> np.ndarray:
    """Which of those who ask, in this order, find a place; `free` (draws, provisions) is lowered by those who do."""
    key = draw * free.shape[1] + target
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    starts = np.r_[True, sorted_key[1:] != sorted_key[:-1]] if len(key) else np.zeros(0, dtype=bool)
    first = np.flatnonzero(starts)
    rank = np.arange(len(key)) - np.repeat(first, np.diff(np.r_[first, len(key)]))
    got = np.zeros(len(key), dtype=bool)
    got[order] = rank < free.ravel()[sorted_key]
    np.subtract.at(free, (draw[got], target[got]), 1)
    return got
