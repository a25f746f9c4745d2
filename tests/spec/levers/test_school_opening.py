"""The lever `school_opening`: a small council before and after it is pulled."""

import numpy as np

from forecast_by_hand import plans_after, quiet, run, with_plans
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import AGES, SETTINGS, Term

VALUES = dict(low=1.0, central=1.0, high=1.0, starts="2024-09", school="Alpha", places=[6, 10])


def bound_for_independent_schools():
    council = with_plans(quiet(), "age | setting | plans\n 10 | mainstream | 20")
    leave = np.zeros((4, AGES, len(SETTINGS)))
    leave[2, 11, 0] = -np.inf
    to = np.zeros((4, AGES, len(SETTINGS), len(SETTINGS)))
    to[..., SETTINGS.index("special_independent")] = 1.0
    return council.with_rates(log_leave=leave, go_to=to)


def test_the_first_six_get_a_place_and_the_rest_go_where_they_were_bound():
    council = kind_named("school_opening").make(dict(VALUES)).apply(bound_for_independent_schools())
    assert plans_after(run(council), 2) == {"Alpha": 6, "special_independent": 14}


def test_nobody_comes_before_it_opens():
    late = kind_named("school_opening").make(dict(VALUES, starts="2025-01")).apply(bound_for_independent_schools())
    assert plans_after(run(late), 2) == {"special_independent": 20}


def test_places_by_term_and_others_children_apart():
    council = kind_named("school_opening").make(dict(VALUES, others=2)).apply(quiet())
    group = council.places.groups[0]
    assert [group.at("commissioned", Term(2024, term)) for term in range(3)] == [0, 0, 6]
    assert group.at("commissioned", Term(2025, 2)) == 10
    assert group.open_to_own(Term(2024, 2)) == 4
