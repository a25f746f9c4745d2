"""An attacker with a linear programme cannot work a small number back from what is shown."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from highneeds.caseload import Caseloads
from highneeds.indicators.disclosure import FAMILIES, HIDDEN, MARK, outgoing, outgoing_table, suppress
from highneeds.indicators.given import Given
from highneeds.indicators.measure import measure
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Person, Request
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.table import Table
from people_by_hand import caseload, day

THRESHOLD = 5


def attack(shown: list[list[int | str]]) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the greatest value of each hidden cell in any table of counts that adds up to what is shown."""
    rows, columns = len(shown), len(shown[0])
    places = [(row, column) for row in range(rows) for column in range(columns) if shown[row][column] == MARK]
    equations, right = [], []
    lines = [[(row, column) for column in range(columns)] for row in range(rows)]
    if rows > 1:
        lines += [[(row, column) for row in range(rows)] for column in range(columns)]
    for line in lines:
        equation, known = [0.0] * len(places), 0
        for place, sign in zip(line, [1] * (len(line) - 1) + [-1], strict=True):
            cell = shown[place[0]][place[1]]
            if cell == MARK:
                equation[places.index(place)] += sign
            else:
                known += sign * cell
        equations.append(equation)
        right.append(-known)
    bounds = {}
    for number, place in enumerate(places):
        ends = []
        for sign in (1, -1):
            goal = [0.0] * len(places)
            goal[number] = sign
            found = linprog(goal, A_eq=equations, b_eq=right, bounds=(0, None), method="highs")
            ends.append(sign * found.fun if found.status == 0 else float("inf"))
        bounds[place] = (ends[0], ends[1])
    return bounds


tables = st.integers(1, 5).flatmap(
    lambda rows: st.integers(2, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.one_of(st.integers(0, 8), st.integers(0, 200)), min_size=columns, max_size=columns),
            min_size=rows,
            max_size=rows,
        )
    )
)


@settings(max_examples=120, deadline=None)
@given(tables)
def test_every_small_count_has_room_above_it(interior):
    made = suppress(interior, THRESHOLD)
    bounds = attack(made.shown())
    for place in zip(*np.nonzero((made.counts > 0) & (made.counts < THRESHOLD)), strict=True):
        low, high = bounds[place]
        assert low <= made.counts[place] + 1e-6
        assert high >= made.counts[place] + THRESHOLD - 1 - 1e-6


@settings(max_examples=60, deadline=None)
@given(tables)
def test_what_is_shown_is_true_and_no_small_count_is_shown(interior):
    made = suppress(interior, THRESHOLD)
    for counts, shown in zip(made.counts, made.shown(), strict=True):
        for count, cell in zip(counts, shown, strict=True):
            assert cell == MARK or (cell == count and not 0 < cell < THRESHOLD)


def test_hiding_the_small_number_alone_would_not_do():
    naive = [[3, 40, 43], [50, 60, 110], [53, 100, 153]]
    shown = [[MARK if cell == 3 else cell for cell in row] for row in naive]
    assert attack(shown)[0, 0] == (3, 3)
    low, high = attack(suppress([[3, 40], [50, 60]]).shown())[0, 0]
    assert (low, high) != (3, 3) and high >= 7


def test_a_table_without_small_numbers_goes_out_whole():
    assert not suppress([[30, 40], [50, 0]]).hidden.any()


def test_a_table_for_the_public_keeps_names_and_gains_totals():
    table = Table.of(("district", "mainstream", "special"), [("Ashford", 3, 40), ("Dover", 50, 60)])
    shown = outgoing_table(table)
    assert shown.columns[-1] == "Total" and shown.rows[-1][0] == "Total"
    assert MARK in shown.rows[0]


def dashboard(made):
    return measure(Given(Caseloads.of([made])), [Month(2025, 1)])


def ended(reason: str) -> Person:
    plan = NamedPlan(start_date=day("2023-09-01"), cease_date=day("2025-01-10"), cease_reason=reason)
    return Person(requests=(Request(assessments=(Assessment(plans=(plan,)),)),))


def decided(outcome: str) -> Person:
    return Person(requests=(Request(outcome=outcome, outcome_date=day("2025-01-05")),))


def is_small(count: object) -> bool:
    return isinstance(count, int) and 0 < count < THRESHOLD


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("123456789"), max_size=40), st.lists(st.sampled_from("YN"), max_size=30))
def test_sums_across_the_rows_of_a_dashboard_give_nothing_away(reasons, outcomes):
    made = caseload(*map(ended, reasons), *map(decided, outcomes))
    measured = measure(Given(Caseloads.of([made])), [Month(2025, 1)])
    inside = {one.indicator.id: one for one in measured}
    outside = {one.indicator.id: one for one in outgoing(measured)}
    for name, one in outside.items():
        assert not (one.indicator.unit.value == "count" and is_small(one.value)), name
        assert one.part is None or not (is_small(one.part) or is_small(one.whole - one.part)), name
        assert one.reason != HIDDEN or (one.part, one.whole, one.value) == (None, None, None)
    for parts, total in FAMILIES:
        cells = [*parts, *([total] if total else [])]
        hidden = [cell for cell in cells if figure(inside, cell) and figure(outside, cell) is None]
        assert len(hidden) > 1 or not any(is_small(figure(inside, cell)) for cell in parts)


def figure(figures, cell):
    name, column = cell
    return getattr(figures[name], column)
