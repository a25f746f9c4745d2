"""What happens in a term, one thing at a time; the figures can be checked with a pencil."""

from dataclasses import replace

import numpy as np
import pytest

from forecast_by_hand import HERE, REFERENCE, ages_after, flow, plans_after, quiet, run, with_plans
from highneeds.forecast.places import Overflow, Places, ProvisionGroup
from highneeds.forecast.simulate import RunOptions
from highneeds.forecast.state import AGES, NEEDS, SETTINGS, Provision, Term

KERNELS = (HERE, REFERENCE, RunOptions(kernel="numba", threads=1))
SPRING, SUMMER, AUTUMN = 0, 1, 2


@pytest.fixture(params=KERNELS, ids=lambda options: options.kernel)
def options(request):
    return request.param


def test_nothing_happens_in_a_quiet_council(options):
    council = with_plans(
        quiet(),
        """
        age | setting       | plans
         10 | mainstream    | 30
         12 | special_state |  5
        """,
    )
    after = run(council, options=options)
    assert plans_after(after, SUMMER) == {"mainstream": 30, "special_state": 5}
    assert flow(after, "ended").sum() == 0


def test_everyone_is_a_year_older_in_september_and_plans_lapse_after_25(options):
    council = with_plans(
        quiet(),
        """
        age | setting    | plans
         10 | mainstream | 30
         25 | fe_general |  6
        """,
    )
    after = run(council, options=options)
    assert ages_after(after, SUMMER) == {10: 30, 25: 6}
    assert ages_after(after, AUTUMN) == {11: 30}
    assert after.outcome.reasons[0, AUTUMN, 1] == 6  # reached the greatest age


def test_the_roll_over_term_is_a_setting(options):
    council = with_plans(quiet(), "age | setting | plans\n 10 | mainstream | 30")
    council = replace(council, calendar=replace(council.calendar, rollover=SUMMER))
    assert ages_after(run(council, options=options), SUMMER) == {11: 30}


def test_an_agreed_assessment_waits_until_it_is_finished(options):
    terms = 4
    council = quiet()
    waiting = np.zeros(AGES, dtype=np.int64)
    waiting[4] = 12
    council = replace(council, opening=replace(council.opening, under_way=waiting))
    council = council.with_rates(log_wait=np.array([0.0, -np.inf, -np.inf, -np.inf]), place_mix=_all_to("mainstream"))
    after = run(council, options=options)
    assert flow(after, "under_way")[0].tolist() == [12, 0, 0, 0]
    assert flow(after, "issued")[0].tolist() == [0, 12, 0, 0]
    assert plans_after(after, terms - 1) == {"mainstream": 12}


def test_a_backlog_is_worked_off_once_and_trains_nothing(options):
    council = quiet()
    late = np.zeros(AGES, dtype=np.int64)
    late[6] = 9
    council = replace(council, opening=replace(council.opening, over_time=late))
    after = run(council, options=options)
    assert flow(after, "assessed")[0].tolist() == [9, 0, 0, 0]


def test_a_refusal_comes_back_in_the_next_term(options):
    council = quiet()
    refused = np.zeros(AGES, dtype=np.int64)
    refused[7] = 5
    council = replace(council, opening=replace(council.opening, refused=refused))
    after = run(council.with_rates(come_back=np.ones(4)), options=options)
    assert flow(after, "came_back")[0].tolist() == [5, 0, 0, 0]
    assert flow(after, "issued")[0].tolist() == [5, 0, 0, 0]


def test_nobody_agreed_means_nobody_assessed(options):
    council = quiet().with_rates(requests=np.full((4, AGES), 2.0), agree=np.zeros((4, AGES)))
    after = run(council, options=options)
    assert (flow(after, "refused") == flow(after, "requests")).all()
    assert flow(after, "assessed").sum() == 0


def test_movers_leave_and_arrive_in_the_same_term(options):
    council = with_plans(quiet(), "age | setting | plans\n 10 | mainstream | 20")
    leave = np.zeros((4, AGES, len(SETTINGS)))
    leave[AUTUMN, 11, SETTINGS.index("mainstream")] = -np.inf
    council = council.with_rates(log_leave=leave, go_to=_everyone_to("special_state"))
    after = run(council, options=options)
    assert plans_after(after, SUMMER) == {"mainstream": 20}
    assert plans_after(after, AUTUMN) == {"special_state": 20}
    assert flow(after, "moved")[0].tolist() == [0, 0, 20, 0]


def test_when_a_school_is_full_the_rest_go_where_the_order_says(options):
    places = Places(
        (ProvisionGroup(Provision("special_state"), Term(2020, 0), (8,)),),
        (Overflow("special_state", ("special_independent",), (1.0,)),),
    )
    council = with_plans(quiet(places=places), "age | setting | plans\n 10 | mainstream | 20")
    leave = np.zeros((4, AGES, len(SETTINGS)))
    leave[AUTUMN, 11, 0] = -np.inf
    council = council.with_rates(log_leave=leave, go_to=_everyone_to("special_state"))
    after = run(council, options=options)
    assert plans_after(after, AUTUMN) == {"special_state": 8, "special_independent": 12}


def test_a_child_whom_nobody_else_takes_is_placed_above_places(options):
    places = Places((ProvisionGroup(Provision("special_state"), Term(2020, 0), (8,)),))
    council = with_plans(quiet(places=places), "age | setting | plans\n 10 | mainstream | 20")
    leave = np.zeros((4, AGES, len(SETTINGS)))
    leave[AUTUMN, 11, 0] = -np.inf
    council = council.with_rates(log_leave=leave, go_to=_everyone_to("special_state"))
    assert plans_after(run(council, options=options), AUTUMN) == {"special_state": 20}


def test_plan_years_are_days_in_place(options):
    """20 plans from 1 April 2024 to 31 March 2025, half of one term lost by the four that end in the autumn."""
    council = with_plans(quiet(), "age | setting | plans\n 10 | mainstream | 20")
    after = run(council, options=options)
    assert after.outcome.volume[0, 0, 0].sum() == pytest.approx(20.0)


def _all_to(setting: str) -> np.ndarray:
    mix = np.zeros((4, AGES, len(NEEDS), len(SETTINGS)))
    mix[..., SETTINGS.index(setting)] = 1.0
    return mix


def _everyone_to(setting: str) -> np.ndarray:
    to = np.zeros((4, AGES, len(SETTINGS), len(SETTINGS)))
    to[..., SETTINGS.index(setting)] = 1.0
    return to
