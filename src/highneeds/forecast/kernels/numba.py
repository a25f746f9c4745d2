"""The kernel compiled by numba: one draw after another, cell by cell, on as many threads as there are cores.

It gives the same counts as the numpy kernel, which says in words what every step does. The compiled code is kept beside
this file, or in numba's own folder where that cannot be written, so that only the first run of a version waits for it.
"""

import math
from typing import Any

import numpy as np
from numba import njit

from highneeds.forecast.kernels.dice import MOST_EXPECTED
from highneeds.forecast.kernels.layout import Inputs, Outcome, Paths, empty_outcome
from highneeds.forecast.kernels.numpy import CELL_STRIDE, CHOICES_STRIDE, MOVER_CELLS
from highneeds.forecast.seeds import CELL_SHIFT, TERM_SHIFT, Purpose
from highneeds.forecast.state import (
    AGES,
    FLOWS_BY_AGE,
    FLOWS_BY_NEED,
    FLOWS_BY_PROVISION,
    NEEDS,
    OLDEST,
    REACHED_GREATEST_AGE,
    Keys,
)

_HALF, _ELEVEN = np.uint64(32), np.uint64(11)
_TERM, _CELL = np.uint64(TERM_SHIFT), np.uint64(CELL_SHIFT)
_UNIT = 2.0**-53
_N = len(NEEDS)

(_REQUESTS, _AGREED_A, _REFUSED_A, _BACK_A, _ASSESSED_A, _ISSUED_A, _APPEAL_A, _IN_A, _ENDED_A, _MOVED_A, _STOCK_A) = (
    range(11)
)
_WAIT_A, _LAPSED_A = FLOWS_BY_AGE.index("under_way"), FLOWS_BY_AGE.index("lapsed")
_STARTED_N, _ENDED_N, _MOVED_N, _STOCK_N = range(len(FLOWS_BY_NEED))
_STARTED_P, _ENDED_P, _TO_P, _FROM_P, _STOCK_P, _DIVERTED_P = range(len(FLOWS_BY_PROVISION))

_K_REQUESTS, _K_AGREED, _K_BACK = int(Purpose.REQUESTS), int(Purpose.AGREED), int(Purpose.CAME_BACK)
_K_ASSESSED, _K_OVER, _K_ISSUED = int(Purpose.ASSESSED), int(Purpose.OVER_TIME), int(Purpose.ISSUED)
_K_APPEALS, _K_IN, _K_NEED = int(Purpose.APPEALS), int(Purpose.MOVED_IN), int(Purpose.NEED)
_K_PLACEMENT, _K_LEAVERS, _K_GO = int(Purpose.PLACEMENT), int(Purpose.LEAVERS), int(Purpose.DESTINATION)
_K_ENDS, _K_REASONS = int(Purpose.ENDS), int(Purpose.REASONS)
_K_LOTTERY, _K_WILLING = int(Purpose.LOTTERY), int(Purpose.WILLING)

_inner = njit(nogil=True, cache=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
_entry = njit(nogil=True, cache=True, error_model="numpy", no_cfunc_wrapper=True)


@_inner
def _uniform(key, term, cell, item):  # type: ignore[no-untyped-def]
    counter = (np.uint64(term) << _TERM) + (np.uint64(cell) << _CELL) + np.uint64(item)
    x = counter * key
    y = x
    z = x + key
    x = x * x + y
    x = (x >> _HALF) | (x << _HALF)
    x = x * x + z
    x = (x >> _HALF) | (x << _HALF)
    x = x * x + y
    x = (x >> _HALF) | (x << _HALF)
    t = x * x + z
    x = (t >> _HALF) | (t << _HALF)
    bits = t ^ ((x * x + y) >> _HALF)
    return np.float64(bits >> _ELEVEN) * _UNIT


@_inner
def _inverted(size, p, log_q, u):  # type: ignore[no-untyped-def]
    f = math.exp(size * log_q)
    if u <= f:
        return 0
    ratio = p / (1.0 - p)
    count = 0
    while u > f and count < size:
        u -= f
        count += 1
        f = f * (ratio * (size - count + 1) / count)
    return count


@_inner
def _binomial(n, log_stay, key, term, cell):  # type: ignore[no-untyped-def]
    if n == 0 or log_stay >= 0.0:
        return 0
    if log_stay == -np.inf:
        return n
    if n * log_stay > -0.5:
        first = _uniform(key, term, cell, 0)
        if first <= 1.0 + n * log_stay:
            return 0
        return _inverted(n, -math.expm1(log_stay), log_stay, first)
    chance = -math.expm1(log_stay)
    often = chance > 0.5
    p = 1.0 - chance if often else chance
    log_q = math.log(chance) if often else log_stay
    most = max(int(min(MOST_EXPECTED / max(p, 1e-300), 2.0**40)), 1)
    left, total, item = n, 0, 0
    while left > 0:
        size = min(left, most)
        u = _uniform(key, term, cell, item)
        total += _inverted(size, p, log_q, 1.0 - u if often else u)
        left -= size
        item += 1
    return n - total if often else total


@_inner
def _poisson(mean, key, term, cell):  # type: ignore[no-untyped-def]
    total, item = 0, 0
    while mean > 0.0:
        size = min(mean, MOST_EXPECTED)
        u = _uniform(key, term, cell, item)
        f = math.exp(-size)
        count = 0
        while u > f and count < 200:
            u -= f
            count += 1
            f = f * (size / count)
        total += count
        mean -= size
        item += 1
    return total


@_inner
def _run_up(weights, tilt, running):  # type: ignore[no-untyped-def]
    """Fill `running` with the running sum of weights times tilts."""
    total = 0.0
    for j in range(len(weights)):
        total += weights[j] * tilt[j]
        running[j] = total


@_inner
def _pick(running, u):  # type: ignore[no-untyped-def]
    """The first place whose running sum passes u times the whole, counted without a branch to guess wrong."""
    last = len(running) - 1
    target = u * running[last]
    passed = 0
    for j in range(last):
        passed += int(running[j] <= target)
    return passed


@_inner
def _shifted(chance, factor):  # type: ignore[no-untyped-def]
    odds = chance * factor
    return odds / (1.0 - chance + odds)


@_inner
def _log_stay(chance):  # type: ignore[no-untyped-def]
    return math.log1p(-chance) if chance < 1.0 else -np.inf


@_inner
def _older(plans, queues, by_age, by_need, by_provision, why):  # type: ignore[no-untyped-def]
    """A year older. Plans end where nobody is past the oldest age; unfinished work of that age lapses."""
    for need in range(_N):
        for at in range(plans.shape[2]):
            past = plans[OLDEST, need, at]
            by_age[_ENDED_A, OLDEST] += past
            by_need[_ENDED_N, need] += past
            by_provision[_ENDED_P, at] += past
            why[REACHED_GREATEST_AGE] += past
    for age in range(OLDEST, 0, -1):
        for need in range(_N):
            for at in range(plans.shape[2]):
                plans[age, need, at] = plans[age - 1, need, at]
    plans[0] = 0
    for queue in range(queues.shape[0]):
        by_age[_LAPSED_A, OLDEST] += queues[queue, OLDEST]
        for age in range(OLDEST, 0, -1):
            queues[queue, age] = queues[queue, age - 1]
        queues[queue, 0] = 0


@_inner
def _intake(t, year, key, queues, rates, path, band, by_age, started):  # type: ignore[no-untyped-def]
    """Requests, decisions, assessments and plans issued, age by age; `started` is filled with the plans that begin."""
    requests, moved_in, agree, come_back, log_wait, log_over, issue, appeal = rates
    demand, band_factor, agree_factor, issue_factor = path
    back, again = _log_stay(come_back[t]), _log_stay(appeal[t])
    for age in range(AGES):
        mean = requests[t, age] * demand[year] * band_factor[band[age]]
        asked = _poisson(mean, key[_K_REQUESTS], t, age)
        agreed = _binomial(asked, _log_stay(_shifted(agree[t, age], agree_factor)), key[_K_AGREED], t, age)
        returned = _binomial(queues[2, age], back, key[_K_BACK], t, age)
        queues[2, age] = asked - agreed
        queues[0, age] += agreed + returned
        done = _binomial(queues[0, age], log_wait[t], key[_K_ASSESSED], t, age)
        late = _binomial(queues[1, age], log_over[t], key[_K_OVER], t, age)
        queues[0, age] -= done
        queues[1, age] -= late
        given = _binomial(done + late, _log_stay(_shifted(issue[t, age], issue_factor)), key[_K_ISSUED], t, age)
        won = _binomial(queues[3, age], again, key[_K_APPEALS], t, age)
        queues[3, age] = done + late - given
        arrived = _poisson(moved_in[t, age], key[_K_IN], t, age)
        started[age] = given + won + arrived
        by_age[_REQUESTS, age], by_age[_AGREED_A, age], by_age[_REFUSED_A, age] = asked, agreed, asked - agreed
        by_age[_BACK_A, age], by_age[_ASSESSED_A, age], by_age[_ISSUED_A, age] = returned, done + late, given
        by_age[_APPEAL_A, age], by_age[_IN_A, age] = won, arrived
        by_age[_WAIT_A, age] = queues[0, age] + queues[1, age]


@_inner
def _new_plans(t, key, started, needs_up, place_mix, tilt, limited, new, scratch):  # type: ignore[no-untyped-def]
    """Need and provision of every new plan; those bound for a provision short of places join the line."""
    line, running, known = scratch[0], scratch[5], scratch[6]
    waiting = 0
    for age in range(AGES):
        known[:] = False
        for item in range(started[age]):
            need = _pick(needs_up[age], _uniform(key[_K_NEED], t, age, item))
            if not known[need]:
                _run_up(place_mix[t, age, need], tilt, running[need])
                known[need] = True
            bound = _pick(running[need], _uniform(key[_K_PLACEMENT], t, age, item))
            if limited[bound]:
                waiting = _queue(line, waiting, age, need, bound, age, item, -1)
            else:
                new[age, need, bound] += 1
    return waiting


@_inner
def _queue(line, waiting, age, need, bound, die, item, left):  # type: ignore[no-untyped-def]
    line[waiting, 0], line[waiting, 1], line[waiting, 2] = age, need, bound
    line[waiting, 3], line[waiting, 4], line[waiting, 5] = die, item, left
    return waiting + 1


@_inner
def _occupied(held, cells):  # type: ignore[no-untyped-def]
    """List the (need, provision) cells of one age that hold anybody; returns how many there are."""
    found = 0
    for need in range(_N):
        for at in range(held.shape[1]):
            cells[found, 0], cells[found, 1] = need, at
            found += int(held[need, at] > 0)
    return found


@_inner
def _first_dice(key, t, age, cells, found, dice):  # type: ignore[no-untyped-def]
    """The first die of every listed cell, in a loop without branches so that the processor can overlap them."""
    for i in range(found):
        dice[i] = _uniform(key, t, (age * _N + cells[i, 0]) * CELL_STRIDE + cells[i, 1], 0)


@_inner
def _binomial_from(first, n, log_stay, key, t, die):  # type: ignore[no-untyped-def]
    """The binomial count whose first die is already rolled. Most cells end at the first line."""
    small = n * log_stay
    if small > -0.5:
        return 0 if first <= 1.0 + small else _inverted(n, -math.expm1(log_stay), log_stay, first)
    return _binomial(n, log_stay, key, t, die)


@_inner
def _leavers(t, key, plans, leaving, tilt, limited, moved, scratch, waiting, flows, moves):  # type: ignore[no-untyped-def]
    """Children who change provision, taken out of the one they leave."""
    by_age, by_need, by_provision = flows
    log_leave, leave_need, go_to = leaving
    line, running, known, cells, dice = scratch[0], scratch[5], scratch[6], scratch[7], scratch[8]
    for age in range(AGES):
        known[:] = False
        found = _occupied(plans[age], cells)
        _first_dice(key[_K_LEAVERS], t, age, cells, found, dice)
        for i in range(found):
            need, at = cells[i, 0], cells[i, 1]
            die = (age * _N + need) * CELL_STRIDE + at
            stay = log_leave[t, age, at] * leave_need[need]
            left = _binomial_from(dice[i], plans[age, need, at], stay, key[_K_LEAVERS], t, die)
            if left == 0:
                continue
            plans[age, need, at] -= left
            by_age[_MOVED_A, age] += left
            by_need[_MOVED_N, need] += left
            by_provision[_FROM_P, at] += left
            if not known[at]:
                _run_up(go_to[t, age, at], tilt, running[at])
                known[at] = True
            for item in range(left):
                bound = _pick(running[at], _uniform(key[_K_GO], t, die, item))
                if limited[bound]:
                    waiting = _queue(line, waiting, age, need, bound, die + MOVER_CELLS, item, at)
                else:
                    moved[age, need, bound] += 1
                    by_provision[_TO_P, bound] += 1
                    moves[at, bound] += 1
    return waiting


@_inner
def _by_number(numbers, order, count):  # type: ignore[no-untyped-def]
    """Fill `order` with 0 to count - 1 in the order of their numbers (Shell's sort: short to compile)."""
    for i in range(count):
        order[i] = i
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            one, j = order[i], i
            while j >= gap and numbers[order[j - gap]] > numbers[one]:
                order[j] = order[j - gap]
                j -= gap
            order[j] = one
        gap //= 3


@_inner
def _free(t, plans, capacity, free):  # type: ignore[no-untyped-def]
    """Places left in every provision; as good as endless where there is no limit."""
    for at in range(plans.shape[2]):
        free[at] = capacity[t, at]
        if capacity[t, at] < 0:
            free[at] = 1 << 60
            continue
        for age in range(AGES):
            for need in range(_N):
                free[at] -= plans[age, need, at]


@_inner
def _allot(t, key, plans, places, scratch, waiting, new, moved, by_provision, moves):  # type: ignore[no-untyped-def]
    """Give those in the line a place in the order of their lottery numbers; first choices are all heard first."""
    capacity, choices, willing, eligible, _ = places
    line, numbers, order, given, free = scratch[0], scratch[1], scratch[2], scratch[3], scratch[4]
    _free(t, plans, capacity, free)
    for i in range(waiting):
        numbers[i] = _uniform(key[_K_LOTTERY], t, line[i, 3], line[i, 4])
        given[i] = -1
    _by_number(numbers, order, waiting)
    for choice in range(choices.shape[1]):
        for rank in range(waiting):
            i = order[rank]
            target = choices[line[i, 2], choice]
            if given[i] >= 0 or target < 0 or free[target] <= 0 or not eligible[target, line[i, 0], line[i, 1]]:
                continue
            chance = willing[line[i, 2], choice]
            if _uniform(key[_K_WILLING], t, line[i, 3], line[i, 4] * CHOICES_STRIDE + choice) < chance:
                given[i] = target
                free[target] -= 1
    for i in range(waiting):
        at = given[i] if given[i] >= 0 else line[i, 2]
        if at != line[i, 2]:
            by_provision[_DIVERTED_P, line[i, 2]] += 1
        if line[i, 5] < 0:
            new[line[i, 0], line[i, 1], at] += 1
        else:
            moved[line[i, 0], line[i, 1], at] += 1
            by_provision[_TO_P, at] += 1
            moves[line[i, 5], at] += 1


@_inner
def _arrive(held, new, moved, by_need, by_provision, cells):  # type: ignore[no-untyped-def]
    """Arrivals of one age take their places; `new` stays as a note of what began. Lists the cells that hold anybody."""
    found = 0
    for need in range(_N):
        begun = 0
        for at in range(held.shape[1]):
            held[need, at] += new[need, at] + moved[need, at]
            moved[need, at] = 0
            begun += new[need, at]
            by_provision[_STARTED_P, at] += new[need, at]
            cells[found, 0], cells[found, 1] = need, at
            found += int(held[need, at] > 0)
        by_need[_STARTED_N, need] += begun
    return found


@_inner
def _close(t, year, key, plans, new, moved, rates, end, band, out, days, phase, weight, volume, scratch):  # type: ignore[no-untyped-def]
    """Arrivals take their places, plans end, and the term is written down."""
    log_end, end_need, reasons_up = rates
    by_age, by_need, by_provision, why = out
    cells, dice = scratch[7], scratch[8]
    for age in range(AGES):
        hazard = end[year, band[age]]
        gone, stock = 0, 0
        found = _arrive(plans[age], new[age], moved[age], by_need, by_provision, cells)
        _first_dice(key[_K_ENDS], t, age, cells, found, dice)
        for i in range(found):
            need, at = cells[i, 0], cells[i, 1]
            held, begun = plans[age, need, at], new[age, need, at]
            stay = log_end[t, age, at] * end_need[need] * hazard
            ended = _binomial_from(dice[i], held, stay, key[_K_ENDS], t, (age * _N + need) * CELL_STRIDE + at)
            kept = held - ended
            plans[age, need, at] = kept
            new[age, need, at] = 0
            gone += ended
            stock += kept
            by_need[_ENDED_N, need] += ended
            by_need[_STOCK_N, need] += kept
            by_provision[_ENDED_P, at] += ended
            by_provision[_STOCK_P, at] += kept
            volume[at, phase[age]] += days * (kept + 0.5 * ended - 0.5 * begun) * weight[age, need, at]
        by_age[_STOCK_A, age] += stock
        by_age[_ENDED_A, age] += gone
        for item in range(gone):
            why[_pick(reasons_up[age], _uniform(key[_K_REASONS], t, age, item))] += 1


@_entry
def _draw(key, state, calendar, rates, path, places, weight, out, sums, scratch):  # type: ignore[no-untyped-def]
    """One draw from the opening census to the last term; the number of the term where the line grew too long, or -1."""
    plans, queues, new, moved, started, spare = state
    numbers, year, money_year, days, rollover, band, phase = calendar
    intake_rates, needs_up, place_mix, leaving, ends = rates
    intake_path, end, tilt = path
    limited = places[4]
    by_age, by_need, by_provision, why, volume = out
    census, moves = sums
    room = len(scratch[0])
    held = 0
    for age in range(AGES):
        held += _all(plans[age])
    for t in range(len(numbers)):
        if numbers[t] == rollover:
            _older(plans, queues, by_age[t], by_need[t], by_provision[t], why[t])
        y = year[t]
        _intake(t, y, key, queues, intake_rates, intake_path, band, by_age[t], started)
        for age in range(AGES):
            held += started[age]
        if held > room:
            return t
        waiting = _new_plans(t, key, started, needs_up, place_mix, tilt, limited, new, scratch)
        flows = (by_age[t], by_need[t], by_provision[t])
        waiting = _leavers(t, key, plans, leaving, tilt, limited, moved, scratch, waiting, flows, moves[y])
        if waiting > 0:
            _allot(t, key, plans, places, scratch, waiting, new, moved, by_provision[t], moves[y])
        priced = volume[money_year[t]] if money_year[t] >= 0 else spare
        written = (by_age[t], by_need[t], by_provision[t], why[t])
        _close(t, y, key, plans, new, moved, ends, end, band, written, days[t], phase, weight, priced, scratch)
        for age in range(AGES):
            held -= by_age[t, _ENDED_A, age]
        if numbers[t] == 2:
            _count(plans, census[y])
    return -1


@_inner
def _all(held):  # type: ignore[no-untyped-def]
    total = 0
    for need in range(held.shape[0]):
        for at in range(held.shape[1]):
            total += held[need, at]
    return total


@_inner
def _count(plans, census):  # type: ignore[no-untyped-def]
    for age in range(AGES):
        for need in range(_N):
            for at in range(plans.shape[2]):
                census[age, need, at] += plans[age, need, at]


class _Scratch:
    """Room to work in, made once for a block of draws and made larger when a line outgrows it."""

    def __init__(self, inputs: Inputs) -> None:
        opening = inputs.opening
        self.plans = opening.plans.astype(np.int64)
        self.queues = np.stack([opening.under_way, opening.over_time, opening.refused, opening.not_issued])
        self.spare = np.zeros((inputs.provisions, int(inputs.phase.max()) + 1))
        self.grow(int(self.plans.sum()) * 2 + 1000)

    def grow(self, rows: int) -> None:
        line = np.empty((rows, 6), dtype=np.int64)
        order, given = np.empty(rows, dtype=np.int64), np.empty(rows, dtype=np.int64)
        needs, count = self.plans.shape[1:]
        free = np.empty(count, dtype=np.int64)
        running, known = np.empty((max(needs, count), count)), np.empty(max(needs, count), dtype=np.bool_)
        cells, dice = np.empty((needs * count + 1, 2), dtype=np.int64), np.empty(needs * count)
        self.room = (line, np.empty(rows), order, given, free, running, known, cells, dice)

    def state(self) -> tuple[Any, ...]:
        """The opening, afresh."""
        still = np.zeros_like(self.plans)
        started = np.zeros(AGES, dtype=np.int64)
        return self.plans.copy(), self.queues.astype(np.int64), still, still.copy(), started, self.spare


def simulate(inputs: Inputs, paths: Paths, keys: Keys) -> Outcome:
    """Every draw of `paths`. The interpreter's lock is released, so that blocks of draws can run on several threads."""
    scratch = _Scratch(inputs)
    while True:
        out = empty_outcome(inputs, paths.draws)
        if _all_draws(inputs, paths, keys, out, scratch):
            return out
        scratch.grow(2 * len(scratch.room[0]))


def _all_draws(inputs: Inputs, paths: Paths, keys: Keys, out: Outcome, scratch: _Scratch) -> bool:
    """Fill `out`. False when the line was too short for a draw: then it is all to be done again with a longer one."""
    calendar, rates, places = _shared(inputs)
    sums = (out.census, out.moves)
    for d in range(paths.draws):
        written = (out.by_age[d], out.by_need[d], out.by_provision[d], out.reasons[d], out.volume[d])
        intake = (paths.demand[d], paths.band[d], math.exp(paths.agree[d]), math.exp(paths.issue[d]))
        path = (intake, paths.end[d], paths.tilt[d])
        state = scratch.state()
        if _draw(keys[d], state, calendar, rates, path, places, inputs.weight, written, sums, scratch.room) >= 0:
            return False
    return True


def _shared(inputs: Inputs) -> tuple[Any, ...]:
    """What is the same for every draw, in the order in which the compiled code takes it."""
    rates, places = inputs.rates, inputs.places
    asking = (rates.requests, rates.moved_in, rates.agree, rates.come_back)
    intake = (*asking, rates.log_wait, rates.log_over, rates.issue, rates.appeal)
    leaving = (rates.log_leave, rates.leave_need, rates.go_to)
    ends = (rates.log_end, rates.end_need, np.cumsum(rates.reasons, axis=1))
    return (
        (inputs.numbers, inputs.year, inputs.money_year, inputs.days, inputs.rollover, inputs.band, inputs.phase),
        (intake, np.cumsum(rates.need_mix, axis=1), rates.place_mix, leaving, ends),
        (places.capacity, places.choices, places.willing, places.eligible, places.limited),
    )
