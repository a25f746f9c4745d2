"""Rates by need are learnt from SEN2: who ends and moves, which needs new plans have, and where a need is placed."""

import numpy as np
import pytest

from highneeds.forecast.learning.borrowed import Year, borrowed_year
from highneeds.forecast.learning.evidence import area_of
from highneeds.forecast.learning.from_sen2 import Learnt
from highneeds.forecast.state import NEEDS, SETTINGS, Calendar
from highneeds.intake.published import open_pack
from returns_by_hand import MAINSTREAM, seen

ASD, SEMH, UNKNOWN = (NEEDS.index(name) for name in ("asd", "semh", "need_unknown"))
SPECIAL = SETTINGS.index("special_state")


@pytest.fixture(scope="module")
def wider() -> Year:
    published = open_pack()
    return borrowed_year(published, area_of(published, "302"), 2024, 2)


def two_needs(ended: tuple[float, float], needs: tuple[int, int] = (ASD, SEMH)) -> Learnt:
    """500 plans of each need in mainstream at ten, of which so many end in a term."""
    quiet = seen()
    held, gone = np.zeros_like(quiet.at_risk), np.zeros_like(quiet.ended)
    for need, count in zip(needs, ended, strict=True):
        held[:, 10, need, MAINSTREAM], gone[:, 10, need, MAINSTREAM] = 500.0, count
    published = open_pack()
    year = borrowed_year(published, area_of(published, "302"), 2024, 2)
    return Learnt(seen(at_risk=held, ended=gone, plans=held[-1].astype(np.int64)), year)


def test_a_need_whose_plans_end_more_often_is_found_to():
    found = two_needs((30.0, 10.0)).rates(Calendar(2024, 2)).end_need
    assert found[ASD] > 1.3 and found[SEMH] < 0.7
    assert found[NEEDS.index("vi")] == pytest.approx(1.0)


def test_few_ends_say_little_of_a_need():
    assert two_needs((1.0, 0.0)).rates(Calendar(2024, 2)).end_need[ASD] == pytest.approx(1.0, abs=0.15)


def test_ends_of_children_whose_need_is_not_recorded_say_nothing_of_the_other_needs():
    found = two_needs((60.0, 10.0), (UNKNOWN, SEMH)).rates(Calendar(2024, 2)).end_need
    assert found[UNKNOWN] == 1.0
    assert found[SEMH] == pytest.approx(1.0, abs=0.05)


def test_new_plans_have_the_needs_and_places_that_were_seen(wider):
    begun = np.zeros_like(seen().started)
    begun[:, 5, ASD, SPECIAL], begun[:, 5, SEMH, MAINSTREAM] = 60.0, 20.0
    found = Learnt(seen(started=begun), wider).rates(Calendar(2024, 2))
    assert found.need_mix[5, ASD] == pytest.approx(0.75, abs=0.05)
    assert found.place_mix[0, 5, ASD, SPECIAL] > 0.9
    assert found.place_mix[0, 5, SEMH, MAINSTREAM] > 0.85
    assert found.place_mix[0, 6, ASD, SPECIAL] > found.place_mix[0, 6, SEMH, SPECIAL]  # another age leans on the need
    found.check()
