"""The lever `school_growth`: a small council before and after it is pulled."""

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import Term


def test_four_places_more_from_january():
    opening = dict(low=1.0, central=1.0, high=1.0, starts="2024-04", school="Alpha", places=[6])
    growth = dict(low=4, central=4, high=4, starts="2025-01", school="Alpha")
    council = kind_named("school_opening").make(opening).apply(quiet())
    group = kind_named("school_growth").make(growth).apply(council).places.groups[0]
    assert [group.at("commissioned", Term(2024, 2)), group.at("commissioned", Term(2025, 0))] == [6, 10]


def test_fewer_places_never_fall_below_none():
    opening = dict(low=1.0, central=1.0, high=1.0, starts="2024-04", school="Alpha", places=[6])
    growth = dict(low=-9, central=-9, high=-9, starts="2025-01", school="Alpha")
    council = kind_named("school_opening").make(opening).apply(quiet())
    group = kind_named("school_growth").make(growth).apply(council).places.groups[0]
    assert group.at("funded", Term(2025, 0)) == 0
