"""Paths from published statistics: the same seed the same bytes, parts that add up, bands as calibrated."""

import numpy as np
import pytest

from highneeds.forecast.published import Outlook, latest_january, outlook, paths, paths_from
from highneeds.intake.published import open_pack
from highneeds.vocabulary.errors import InputError

YEARS = 10


@pytest.fixture(scope="module")
def view() -> Outlook:
    published = open_pack()
    return outlook(published, latest_january(published), range(1, YEARS + 1))


def councils(view: Outlook) -> list[str]:
    return [name for name, plans in zip(view.panel.councils, view.panel.opening, strict=True) if plans > 0]


def test_parts_add_up_to_the_total_for_every_council(view):
    for council in councils(view):
        found = paths_from(view, council, draws=20, seed=1)
        assert found.by_age_band.sum(axis=1) == pytest.approx(found.mean)
        assert found.by_setting.sum(axis=1) == pytest.approx(found.mean)
        assert found.opening_ages.sum() == pytest.approx(found.opening)
        assert found.opening_settings.sum() == pytest.approx(found.opening)
        assert (found.totals > 0).all()
        assert (found.age_shares >= 0).all() and (found.setting_shares >= 0).all()


def test_the_same_seed_gives_the_same_bytes_and_more_draws_begin_with_the_same(view):
    council = councils(view)[3]
    few, many = paths_from(view, council, 50, seed=7), paths_from(view, council, 80, seed=7)
    assert few.totals.tobytes() == paths_from(view, council, 50, seed=7).totals.tobytes()
    assert few.totals.tobytes() == many.totals[:50].tobytes()
    assert few.totals.tobytes() != paths_from(view, council, 50, seed=8).totals.tobytes()


def test_two_councils_do_not_share_their_dice(view):
    one, other = (np.argsort(paths_from(view, name, 200, seed=1).totals[:, 0]) for name in councils(view)[4:6])
    assert (one != other).any()
    assert abs(np.corrcoef(np.argsort(one), np.argsort(other))[0, 1]) < 0.3


def test_draws_fill_the_calibrated_band(view):
    council = councils(view)[10]
    found = paths_from(view, council, 20_000, seed=3)
    low, middle, high = found.quantiles((0.1, 0.5, 0.9))
    for place, horizon in enumerate(view.horizons):
        band = view.band(horizon, (0.1, 0.5, 0.9))[:, view.row(council)]
        assert (low[place], middle[place], high[place]) == pytest.approx(tuple(band), rel=0.02)
    assert (np.diff(high / low) > 0).all()


def test_growth_slows_after_the_third_year(view):
    growth = np.diff(np.log(paths_from(view, councils(view)[0], 10, seed=1).point))
    assert growth[-1] < growth[2]


def test_a_path_keeps_its_place_loosely(view):
    totals = paths_from(view, councils(view)[0], 5000, seed=2).totals
    likeness = np.corrcoef(np.log(totals), rowvar=False)
    assert 0.2 < likeness[0, 2] < 0.95
    assert likeness[0, 9] < likeness[0, 2]


def test_the_door_gives_the_same_as_the_outlook(view):
    council, origin = councils(view)[0], view.panel.january
    alone = paths(open_pack(), council, origin, years=3, draws=10, seed=5)
    assert alone.years == (origin + 1, origin + 2, origin + 3)
    assert alone.point == pytest.approx(paths_from(view, council, 10, seed=5).point[:3])


def test_a_council_that_is_not_there_is_refused(view):
    with pytest.raises(InputError, match="no council 000"):
        paths_from(view, "000", 10, seed=1)
    with pytest.raises(InputError, match="no published total of council 000"):
        latest_january(open_pack(), "000")


def test_shares_stray_more_the_further_ahead_and_small_settings_more_than_large_ones(view):
    for spread, names in ((view.age_spread, view.ages.names), (view.setting_spread, view.settings.names)):
        assert spread.shape == (YEARS, len(names))
        assert (np.diff(spread, axis=0) > 0).all()
    by_setting = dict(zip(view.settings.names, view.setting_spread[0], strict=True))
    assert 0.01 < by_setting["special_state"] < by_setting["specialist_post16"] < 1
