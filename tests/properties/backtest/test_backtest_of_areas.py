"""Regions and England over the origins there are: their bands hold, and nothing later is read."""

import pytest

from golden.flat import flat
from golden.small_forecast import FOLDER, lines
from highneeds.forecast.aggregates import areas_of
from highneeds.forecast.aggregates.learn import area_scores, area_spreads
from highneeds.forecast.published import latest_january
from highneeds.intake.published import ENGLAND, open_pack
from published_rewritten import nonsense, rewritten


@pytest.mark.parametrize(("of_spend", "first"), [(False, 2017), (True, 2020)])
def test_eighty_per_cent_bands_hold_seventy_to_ninety(of_spend, first):
    published = open_pack()
    scores = area_scores(published, range(first, latest_january(published)), of_spend)
    name = "areas-spend" if of_spend else "areas-plans"
    assert lines(flat(scores)) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for cut in ("England", "region"):
        rows = [score for score in scores if score.cut == cut]
        forecasts = sum(score.rows for score in rows)
        missed = forecasts - round(sum(score.cover80 / 100 * score.rows for score in rows))
        assert {score.years_ahead for score in rows} == {1, 2, 3}
        assert missed <= 0.3 * forecasts
        assert missed >= int(0.1 * forecasts), "one missed of England's dozen forecasts of spending is a tenth"


def test_every_council_is_in_england_and_in_one_region():
    england, *regions = areas_of(open_pack())
    assert england.code == ENGLAND
    members = [council for region in regions for council in region.councils]
    assert len(members) == len(set(members))
    assert set(members) == england.councils


def test_what_came_after_a_january_changes_nothing(tmp_path):
    january = latest_january(open_pack()) - 2
    spreads = area_spreads(open_pack(), january)
    assert area_spreads(rewritten(tmp_path, january, nonsense), january) == spreads
    assert lines(flat(spreads)) == (FOLDER / "areas-spread.txt").read_text(encoding="utf-8")
