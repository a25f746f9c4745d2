"""The lever `school_slip`: a small council before and after it is pulled."""

import pytest

from forecast_by_hand import quiet
from highneeds.forecast.levers import kind_named
from highneeds.forecast.state import Term
from highneeds.vocabulary.errors import InputError


def test_three_years_is_nine_terms():
    opening = dict(low=1.0, central=1.0, high=1.0, starts="2024-09", school="Alpha", places=[6])
    slip = dict(low=9, central=9, high=9, starts="2024-09", school="Alpha")
    council = kind_named("school_opening").make(opening).apply(quiet())
    assert kind_named("school_slip").make(slip).apply(council).places.groups[0].opens == Term(2027, 2)


def test_a_school_that_is_not_there_is_refused():
    slip = dict(low=9, central=9, high=9, starts="2024-09", school="Alpha")
    with pytest.raises(InputError, match="no school or group called 'Alpha'"):
        kind_named("school_slip").make(slip).apply(quiet())
