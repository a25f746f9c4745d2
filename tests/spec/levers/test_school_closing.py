"""The lever `school_closing`: a small council before and after it is pulled."""

from dataclasses import replace

from forecast_by_hand import plans_after, quiet, run
from highneeds.forecast.levers import kind_named


def test_its_children_move_when_it_closes():
    opening = dict(low=1.0, central=1.0, high=1.0, starts="2024-01", school="Alpha", places=[6])
    closing = dict(low=1.0, central=1.0, high=1.0, starts="2024-09", school="Alpha", to="special_independent")
    council = kind_named("school_opening").make(opening).apply(quiet())
    plans = council.opening.plans.copy()
    plans[9, 0, -1] = 5
    council = replace(council, opening=replace(council.opening, plans=plans))
    after = run(kind_named("school_closing").make(closing).apply(council))
    assert plans_after(after, 1) == {"Alpha": 5}
    assert plans_after(after, 2) == {"special_independent": 5}
