"""The kernel compiled by numba: term by term, one draw after another, on as many threads as there are cores.

It gives the same counts as the numpy kernel, which says in words what every step does. A cell is a need and a
provision. What is done for every cell is done in plain loops without branches, which the compiler turns into vector
instructions; only the few cells that somebody may leave are looked at one by one. The compiled code is kept beside this
file, or in numba's own folder where that cannot be written, so that only the first run of a version waits for it;
`python -m highneeds.forecast.kernels` does that at installation.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

from highneeds.forecast.kernels.counts import MOST_EXPECTED, POISSON_OF_MOST
from highneeds.forecast.kernels.layout import DrawnPaths, Inputs, SimulatedFlows, empty_outcome
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
    Floats,
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


def _compiled(**options: bool) -> Callable[[Any], Any]:
    """Compile when first called and keep the code; where no folder can be written, compile in every process."""

    def mark(function: Any) -> Any:
        try:
            return njit(nogil=True, cache=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
        except RuntimeError:
            return njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)

    return mark


# What is called for every age and child is written into its caller: to hand over a dozen arrays takes longer than the
# work of a call, a fifth of the time of an average council and two fifths of the smallest one's.
_inner, _entry = _compiled(no_cpython_wrapper=True, forceinline=True), _compiled()


@_inner
def _counter(term, cell):
    return (np.uint64(term) << _TERM) + (np.uint64(cell) << _CELL)


@_inner
def _number(key, counter):
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
def _uniform(key, term, cell, item):
    return _number(key, _counter(term, cell) + np.uint64(item))


@_inner
def _fill(key, first, offsets, count, uniforms):
    """The random numbers whose counters are `first` plus each offset."""
    for i in range(count):
        uniforms[i] = _number(key, first + offsets[i])


@_inner
def _inverted(size, p, log_q, u):
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
def _few(uniform, n, log_stay):
    """The binomial count where less than half a child is expected to go.

    With x expected to go, h each, nobody goes with a chance between 1 - x and 1 - x + x^2 / 2, and two or more go with
    a chance of at most n (n - 1) h^2 / 2. So most numbers say nobody or one without an exponential.
    """
    x = -n * log_stay
    if uniform <= 1.0 - x:
        return 0
    if (uniform > 1.0 - x + 0.5 * x * x) & (uniform <= 1.0 - 0.5 * x * (x + log_stay)):
        return 1
    return _inverted(n, -math.expm1(log_stay), log_stay, uniform)


@_inner
def _many(uniform, n, log_stay, chance, key, term, cell):
    """The binomial count in parts of which at most 16 are expected to go (or to stay, if that is rarer)."""
    often = chance > 0.5
    p = 1.0 - chance if often else chance
    log_q = math.log(chance) if often else log_stay
    most = int(min(MOST_EXPECTED / max(p, 1e-300), 2.0**40))  # 32 or more, since p is a half at most
    size = min(n, most)
    total = _inverted(size, p, log_q, 1.0 - uniform if often else uniform)
    left, item = n - size, 1
    while left > 0:
        size = min(left, most)
        u = _uniform(key, term, cell, item)
        total += _inverted(size, p, log_q, 1.0 - u if often else u)
        left -= size
        item += 1
    return n - total if often else total


@_inner
def _binomial(n, log_stay, chance, key, term, cell):
    """How many of `n` go, each with `chance`, which is 1 - exp(log_stay)."""
    if n == 0 or log_stay >= 0.0:
        return 0
    if log_stay == -np.inf:
        return n
    uniform = _uniform(key, term, cell, 0)
    if n * log_stay > -0.5:
        return _few(uniform, n, log_stay)
    return _many(uniform, n, log_stay, chance, key, term, cell)


@_inner
def _gone(uniform, n, log_stay, key, t, cell):
    """The binomial count of a cell whose first number is already drawn, and that somebody may leave."""
    if n * log_stay > -0.5:
        return _few(uniform, n, log_stay)
    return n if log_stay == -np.inf else _many(uniform, n, log_stay, -math.expm1(log_stay), key, t, cell)


@_inner
def _poisson(mean, key, term, cell):
    total, item = 0, 0
    while mean >= MOST_EXPECTED:
        total += _passed(POISSON_OF_MOST, _uniform(key, term, cell, item))
        mean -= MOST_EXPECTED
        item += 1
    if mean > 0.0:
        u = _uniform(key, term, cell, item)
        f, count = math.exp(-mean), 0
        while u > f and count < 200:
            u -= f
            count += 1
            f = f * (mean / count)
        total += count
    return total


@_inner
def _passed(running, target):
    """How many running sums `target` reaches, by halving; their number is a power of two, the last is endless."""
    passed, step = 0, len(running) >> 1
    while step > 0:
        passed += step * int(running[passed + step - 1] <= target)
        step >>= 1
    return passed


@_inner
def _run_up(weights, tilt, running):
    """Fill `running` with the running sums of weights times tilts, but for the last one, which is returned."""
    total, last = 0.0, len(weights) - 1
    for j in range(last):
        total += weights[j] * tilt[j]
        running[j] = total
    return total + weights[last] * tilt[last]


@_inner
def _shifted(chance, factor):
    odds = chance * factor
    return odds / (1.0 - chance + odds)


@_inner
def _log_stay(chance):
    return math.log1p(-chance) if chance < 1.0 else -np.inf


@_inner
def _older(plans, queues, axes, by_age, by_need, by_provision, why):
    """A year older. Plans end where nobody is past the oldest age; unfinished work of that age lapses."""
    need_of, at_of, _ = axes
    for i in range(plans.shape[1]):
        past = plans[OLDEST, i]
        by_age[_ENDED_A, OLDEST] += past
        by_need[_ENDED_N, need_of[i]] += past
        by_provision[_ENDED_P, at_of[i]] += past
        why[REACHED_GREATEST_AGE] += past
    for age in range(OLDEST, 0, -1):
        for i in range(plans.shape[1]):
            plans[age, i] = plans[age - 1, i]
    plans[0] = 0
    for queue in range(queues.shape[0]):
        by_age[_LAPSED_A, OLDEST] += queues[queue, OLDEST]
        for age in range(OLDEST, 0, -1):
            queues[queue, age] = queues[queue, age - 1]
        queues[queue, 0] = 0


@_inner
def _intake(t, key, queues, rates, path, band, by_age, started):
    """Requests, decisions, assessments and plans issued, age by age; `started` is filled with the plans that begin."""
    requests, moved_in, agree, come_back, log_wait, log_over, issue, appeal = rates
    demand, band_factor, agree_factor, issue_factor = path
    back, again = _log_stay(come_back[t]), _log_stay(appeal[t])
    finish, finish_late = -math.expm1(log_wait[t]), -math.expm1(log_over[t])
    for age in range(AGES):
        mean = requests[t, age] * demand * band_factor[band[age]]
        asked = _poisson(mean, key[_K_REQUESTS], t, age)
        chance = _shifted(agree[t, age], agree_factor)
        agreed = 0 if asked == 0 else _binomial(asked, _log_stay(chance), chance, key[_K_AGREED], t, age)
        returned = _binomial(queues[2, age], back, come_back[t], key[_K_BACK], t, age)
        queues[2, age] = asked - agreed
        queues[0, age] += agreed + returned
        done = _binomial(queues[0, age], log_wait[t], finish, key[_K_ASSESSED], t, age)
        late = _binomial(queues[1, age], log_over[t], finish_late, key[_K_OVER], t, age)
        queues[0, age] -= done
        queues[1, age] -= late
        chance = _shifted(issue[t, age], issue_factor)
        given = 0 if done + late == 0 else _binomial(done + late, _log_stay(chance), chance, key[_K_ISSUED], t, age)
        won = _binomial(queues[3, age], again, appeal[t], key[_K_APPEALS], t, age)
        queues[3, age] = done + late - given
        arrived = _poisson(moved_in[t, age], key[_K_IN], t, age)
        started[age] = given + won + arrived
        by_age[_REQUESTS, age], by_age[_AGREED_A, age], by_age[_REFUSED_A, age] = asked, agreed, asked - agreed
        by_age[_BACK_A, age], by_age[_ASSESSED_A, age], by_age[_ISSUED_A, age] = returned, done + late, given
        by_age[_APPEAL_A, age], by_age[_IN_A, age] = won, arrived
        by_age[_WAIT_A, age] = queues[0, age] + queues[1, age]


@_inner
def _queue(line, waiting, age, need, bound, uniform, item, left):
    line[waiting, 0], line[waiting, 1], line[waiting, 2] = age, need, bound
    line[waiting, 3], line[waiting, 4], line[waiting, 5] = uniform, item, left
    return waiting + 1


@_inner
def _new_plans(t, key, started, mixes, aims, new, line, room):
    """Need and provision of every new plan; those bound for a provision short of places join the line."""
    (needs_up, place_mix), (tilt, limited) = mixes, aims
    running, whole, known, numbers, uniforms, more, _ = room
    waiting, count = 0, len(tilt)
    for age in range(AGES):
        if started[age] == 0:
            continue
        _fill(key[_K_NEED], _counter(t, age), numbers, started[age], uniforms)
        _fill(key[_K_PLACEMENT], _counter(t, age), numbers, started[age], more)
        known[:] = False
        for item in range(started[age]):
            need = _passed(needs_up[age], uniforms[item])
            if not known[need]:
                whole[need] = _run_up(place_mix[t, age, need], tilt, running[need])
                known[need] = True
            bound = _passed(running[need], more[item] * whole[need])
            if limited[bound]:
                waiting = _queue(line, waiting, age, need, bound, age, item, -1)
            else:
                new[age, need * count + bound] += 1
    return waiting


@_inner
def _lived_in(held, cells):
    """List the cells of one age that hold anyone, about one in twenty; returns how many."""
    found = 0
    for i in range(len(held)):
        cells[found] = i
        found += int(held[i] > 0)
    return found


@_inner
def _touched(key, first, offsets, held, log_stay, hazard, lived_in, room):
    """Draw the first number of every cell that holds anyone and list those that somebody may leave; returns how many.

    A number of up to 1 + x says nobody, since that is below exp(x), the chance that nobody goes: most cells end here.
    """
    cells, uniforms, marks, hits = room
    for at in range(lived_in):
        i = cells[at]
        uniforms[at] = _number(key, first + offsets[i])
        expected = held[i] * (log_stay[i] * hazard)
        marks[at] = (uniforms[at] > 1.0 + expected) | (expected <= -0.5)
    found = 0
    for at in range(lived_in):
        hits[found] = at
        found += marks[at]
    return found


@_inner
def _leavers(t, key, state, leaving, aims, waiting, work, out):
    """Children who change provision, taken out of the one they leave."""
    (plans, _, moved), (tilt, limited), (log_leave, anyone, go_to) = state, aims, leaving
    (need_of, at_of, where), (line, _, _, _, _), room, (cells, marks, hits, who, _, _, _) = work
    running, whole, known, _, uniforms, _, counters = room
    by_age, by_need, by_provision, moves = out
    count = len(tilt)
    for age in range(AGES):
        if not anyone[t, age]:
            continue
        first = _counter(t, age * _N * CELL_STRIDE)
        lived_in, search = _lived_in(plans[age], cells), (cells, uniforms, marks, hits)
        found = _touched(key[_K_LEAVERS], first, where, plans[age], log_leave[t, age], 1.0, lived_in, search)
        some = 0
        for h in range(found):
            i = cells[hits[h]]
            need, at = need_of[i], at_of[i]
            cell = (age * _N + need) * CELL_STRIDE + at
            left = _gone(uniforms[hits[h]], plans[age, i], log_leave[t, age, i], key[_K_LEAVERS], t, cell)
            plans[age, i] -= left
            by_need[_MOVED_N, need] += left
            by_provision[_FROM_P, at] += left
            for item in range(left):
                who[some] = i
                counters[some] = where[i] + np.uint64(item)
                some += 1
        by_age[_MOVED_A, age] += some
        _fill(key[_K_GO], first, counters, some, uniforms)
        known[:] = False
        for child in range(some):
            i = who[child]
            need, at = need_of[i], at_of[i]
            if not known[at]:
                whole[at], known[at] = _run_up(go_to[t, age, at], tilt, running[at]), True
            bound = _passed(running[at], uniforms[child] * whole[at])
            if limited[bound]:
                cell = (age * _N + need) * CELL_STRIDE + at
                number = np.int64(counters[child] - where[i])
                waiting = _queue(line, waiting, age, need, bound, cell + MOVER_CELLS, number, at)
            else:
                moved[age, need * count + bound] += 1
                by_provision[_TO_P, bound] += 1
                moves[at, bound] += 1
    return waiting


@_inner
def _by_number(numbers, order, count):
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
def _free(t, plans, capacity, at_of, free):
    """Places left in every provision; as good as endless where there is no limit."""
    for at in range(len(free)):
        free[at] = capacity[t, at] if capacity[t, at] >= 0 else 1 << 60
    for age in range(AGES):
        for i in range(plans.shape[1]):
            free[at_of[i]] -= plans[age, i]


@_inner
def _allot(t, key, state, places, waiting, work, out):
    """Give those in the line a place in the order of their lottery numbers; first choices are all heard first."""
    plans, new, moved = state
    capacity, choices, willing, eligible, _ = places
    axes, (line, numbers, order, given, free), _, _ = work
    _, _, by_provision, moves = out
    count = len(free)
    _free(t, plans, capacity, axes[1], free)
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
            new[line[i, 0], line[i, 1] * count + at] += 1
        else:
            moved[line[i, 0], line[i, 1] * count + at] += 1
            by_provision[_TO_P, at] += 1
            moves[line[i, 5], at] += 1


@_inner
def _ends(t, age, key, held, lived_in, chance, work, out):
    """Plans of one age that end, taken out and noted in `left`, which is as `cells` is; returns how many."""
    (need_of, at_of, where), _, room, (cells, marks, hits, _, left, _, _) = work
    (log_end, hazard), (by_need, by_provision) = chance, out
    uniforms = room[4]
    first = _counter(t, age * _N * CELL_STRIDE)
    found = _touched(key[_K_ENDS], first, where, held, log_end, hazard, lived_in, (cells, uniforms, marks, hits))
    left[:lived_in] = 0
    gone = 0
    for h in range(found):
        i = cells[hits[h]]
        cell = (age * _N + need_of[i]) * CELL_STRIDE + at_of[i]
        ended = _gone(uniforms[hits[h]], held[i], log_end[i] * hazard, key[_K_ENDS], t, cell)
        held[i] -= ended
        left[hits[h]] = ended
        gone += ended
        by_need[_ENDED_N, need_of[i]] += ended
        by_provision[_ENDED_P, at_of[i]] += ended
    return gone


@_inner
def _reasons(uniforms, gone, running, why):
    """Count why plans ended: so many numbers reach this running sum, so many the next."""
    before = gone
    for reason in range(len(why)):
        reached = 0
        for item in range(gone):
            reached += int(running[reason] <= uniforms[item])
        why[reason] += before - reached
        before = reached


@_inner
def _spend(days, held, cells, left, new, weight, spent):
    """Plan-years of one age: whole ones of those who stay, halves of those who begin or end in the term."""
    for at in range(len(cells)):
        i = cells[at]
        spent[i] += days * (held[i] + 0.5 * left[at] - 0.5 * new[i]) * weight[i]


@_inner
def _add_up(held, cells, new, stood, begun):
    """The plans of one age; they and those that began are added to the sums over ages."""
    stock = 0
    for at in range(len(cells)):
        i = cells[at]
        stock += held[i]
        stood[i] += held[i]
        begun[i] += new[i]
    return stock


@_inner
def _close(t, key, state, shared, hazard, work, out):
    """Arrivals take their places, plans end, and the term is written down."""
    plans, new, moved, spent = state
    (_, _, _, days, _, band, phase), (_, _, _, (log_end, reasons_up)), _, weight = shared
    by_age, by_need, by_provision, why = out
    (need_of, at_of, _), _, room, cells = work
    left, begun, stood = cells[4], cells[5], cells[6]
    begun[:] = 0
    stood[:] = 0
    for age in range(AGES):
        held = plans[age]
        for i in range(len(held)):
            held[i] += new[age, i] + moved[age, i]
        chance = (log_end[t, age], hazard[band[age]])
        lived_in = _lived_in(held, cells[0])
        gone = _ends(t, age, key, held, lived_in, chance, work, (by_need, by_provision))
        some = cells[0][:lived_in]
        _spend(days[t], held, some, left, new[age], weight[age], spent[phase[age]])
        by_age[_STOCK_A, age] = _add_up(held, some, new[age], stood, begun)
        by_age[_ENDED_A, age] += gone
        _fill(key[_K_REASONS], _counter(t, age), room[3], gone, room[4])
        _reasons(room[4], gone, reasons_up[age], why)
    new[:] = 0
    moved[:] = 0
    for i in range(len(stood)):
        by_need[_STARTED_N, need_of[i]] += begun[i]
        by_need[_STOCK_N, need_of[i]] += stood[i]
        by_provision[_STARTED_P, at_of[i]] += begun[i]
        by_provision[_STOCK_P, at_of[i]] += stood[i]


@_inner
def _begin(t, key, state, shared, path, axes, out):
    """A year older in the roll-over term, then the plans that begin. Returns how many plans there are with them."""
    plans, queues, started = state
    (numbers, _, _, _, rollover, band, _), (intake, _, _, _), _, _ = shared
    by_age, by_need, by_provision, why = out
    if numbers[t] == rollover:
        _older(plans, queues, axes, by_age, by_need, by_provision, why)
    _intake(t, key, queues, intake, path, band, by_age, started)
    total = 0
    for age in range(AGES):
        total += started[age]
        for i in range(plans.shape[1]):
            total += plans[age, i]
    return total


@_inner
def _finish(t, key, state, shared, factors, work, out):
    """Everybody gets a place, plans end, and the term is written down."""
    plans, started, new, moved, spent = state
    (numbers, year, money_year, _, _, _, _), (_, mixes, leaving, _), places, _ = shared
    axes, lines, room, _ = work
    by_age, by_need, by_provision, why, by_phase, census, moves = out
    end, tilt = factors
    y, aims = year[t], (tilt, places[4])
    waiting = _new_plans(t, key, started, mixes, aims, new, lines[0], room)
    now, flows = (plans, new, moved), (by_age, by_need, by_provision, moves[y])
    waiting = _leavers(t, key, now, leaving, aims, waiting, work, flows)
    if waiting > 0:
        _allot(t, key, now, places, waiting, work, flows)
    spent[:] = 0.0
    _close(t, key, (plans, new, moved, spent), shared, end[y], work, (by_age, by_need, by_provision, why))
    if money_year[t] >= 0:
        for p in range(spent.shape[0]):
            for i in range(spent.shape[1]):
                by_phase[money_year[t], axes[1][i], p] += spent[p, i]
    if numbers[t] == 2:
        for age in range(AGES):
            for i in range(plans.shape[1]):
                census[y, age, i] += plans[age, i]


@_entry
def _draws(first, begun, keys, state, shared, paths, work, out):
    """Every draw of a block, term by term, so that the rates of a term stay near.

    shared   calendar, rates, places and weight: the same for every draw
    work     axes, and the room to work in: lines, numbers, cells

    It begins with term `first`, which has already begun where `begun` says so. Returns -1 when all is done; where the
    line of a term may outgrow its room, that term, already begun, and the most plans there are in it.
    """
    demand, bands, agree, issue, end, tilt = paths
    by_age, by_need, by_provision, why, by_phase, census, moves = out
    plans, queues, started, new, moved, spent = state
    numbers, year = shared[0][0], shared[0][1]
    for t in range(first, len(numbers)):
        most = 0
        for d in range(len(keys)):
            if t > first or not begun:
                path = (demand[d, year[t]], bands[d], agree[d], issue[d])
                written = (by_age[d, t], by_need[d, t], by_provision[d, t], why[d, t])
                now = (plans[d], queues[d], started[d])
                most = max(most, _begin(t, keys[d], now, shared, path, work[0], written))
        if most > len(work[2][4]):
            return t, most
        for d in range(len(keys)):
            entries = (by_age[d, t], by_need[d, t], by_provision[d, t], why[d, t], by_phase[d], census, moves)
            held = (plans[d], started[d], new, moved, spent)
            _finish(t, keys[d], held, shared, (end[d], tilt[d]), work, entries)
    return -1, 0


class _Room:
    """Room to work in, made once for a block of draws and made larger when a line outgrows it."""

    def __init__(self, inputs: Inputs) -> None:
        self.cells = len(NEEDS) * inputs.provisions
        self.provisions = inputs.provisions
        need_of, at_of = np.divmod(np.arange(self.cells), inputs.provisions)
        where = (need_of * CELL_STRIDE + at_of).astype(np.uint64) << _CELL
        self.axes = (need_of, at_of, where)
        self.grow(int(inputs.opening.plans.sum()) * 2 + 1000)

    def grow(self, rows: int) -> None:
        """Room for lines of that many children."""
        count, wide = self.provisions, max(rows, self.cells)
        order, given, who = (np.empty(wide, dtype=np.int64) for _ in range(3))
        lines = (np.empty((wide, 6), np.int64), np.empty(wide), order, given, np.empty(count, np.int64))
        running = np.full((max(_N, count), _power_of_two(count)), np.inf)
        whole, known = np.empty(len(running)), np.empty(len(running), dtype=np.bool_)
        numbers, counters = np.arange(wide, dtype=np.uint64), np.empty(wide, dtype=np.uint64)
        room = (running, whole, known, numbers, np.empty(wide), np.empty(wide), counters)
        left, begun, stood = (np.zeros(self.cells, dtype=np.int32) for _ in range(3))
        marks, (hits, cells) = np.empty(self.cells, dtype=np.bool_), np.empty((2, self.cells + 1), dtype=np.int64)
        self.work = (self.axes, lines, room, (cells, marks, hits, who, left, begun, stood))


def _power_of_two(least: int) -> int:
    return 1 << (least - 1).bit_length()


def _state(inputs: Inputs, draws: int) -> tuple[Any, ...]:
    """The opening in every draw, and room for what begins, moves and costs in a term."""
    opening = inputs.opening
    plans = opening.plans.astype(np.int32).reshape(AGES, -1)
    queues = np.stack([opening.under_way, opening.over_time, opening.refused, opening.not_issued]).astype(np.int64)
    everywhere = [np.repeat(table[None], draws, axis=0) for table in (plans, queues)]
    spent = np.zeros((int(inputs.phase.max()) + 1, plans.shape[1]))
    return (*everywhere, np.zeros((draws, AGES), np.int64), np.zeros_like(plans), np.zeros_like(plans), spent)


def simulate(inputs: Inputs, paths: DrawnPaths, keys: Keys) -> SimulatedFlows:
    """Every draw of `paths`. The interpreter's lock is released, so that blocks of draws can run on several threads."""
    room, out, state = _Room(inputs), empty_outcome(inputs, paths.draws), _state(inputs, paths.draws)
    drawn = (paths.demand, paths.band, np.exp(paths.agree), np.exp(paths.issue), paths.end, paths.tilt)
    census = out.census.reshape(inputs.years, AGES, -1)
    written = (out.by_age, out.by_need, out.by_provision, out.reasons, out.volume, census, out.moves)
    given = (keys, state, _shared(inputs), drawn)
    term, most = _draws(0, False, *given, room.work, written)
    while term >= 0:
        room.grow(2 * most)
        term, most = _draws(term, True, *given, room.work, written)
    return out


def _shared(inputs: Inputs) -> tuple[Any, ...]:
    """What is the same for every draw, in the order in which the compiled code takes it."""
    rates, places = inputs.rates, inputs.places
    asking = (rates.requests, rates.moved_in, rates.agree, rates.come_back)
    intake = (*asking, rates.log_wait, rates.log_over, rates.issue, rates.appeal)
    log_leave = _by_cell(rates.log_leave, rates.leave_need)
    leaving = (log_leave, (log_leave < 0.0).any(axis=2), rates.go_to)
    ends = (_by_cell(rates.log_end, rates.end_need), _running(rates.reasons))
    return (
        (inputs.numbers, inputs.year, inputs.money_year, inputs.days, inputs.rollover, inputs.band, inputs.phase),
        (intake, (_running(rates.need_mix), rates.place_mix), leaving, ends),
        (places.capacity, places.choices, places.willing, places.eligible, places.limited),
        inputs.weight.reshape(AGES, -1),
    )


def _by_cell(by_provision: Floats, by_need: Floats) -> Floats:
    """(terms, ages, cells) of (terms, ages, provisions) and (needs)."""
    found: Floats = by_provision[:, :, None, :] * by_need[:, None]
    return found.reshape(*by_provision.shape[:2], -1)


def _running(shares: Floats) -> Floats:
    """(rows, a power of two) running sums of each row as shares of its whole; from the last column on endless."""
    rows, count = shares.shape
    found = np.full((rows, _power_of_two(count)), np.inf)
    sums = np.cumsum(shares, axis=1)
    found[:, : count - 1] = sums[:, :-1] / sums[:, -1:]
    return found
