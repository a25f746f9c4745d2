"""Pupils with a plan beside pupils on SEN support, from the two published shares of pupils."""

import pytest

from highneeds.benchmarks.definitions.pupils_with_plan_per_100_on_sen_support import comparison
from highneeds.benchmarks.mechanism.compare import benchmark, compare, comparisons
from highneeds.intake.published import open_pack


@pytest.fixture(scope="module")
def found():
    return compare(open_pack(None), comparison)


def test_the_ratio_is_that_of_the_published_shares(found):
    """England in January 2025: 5.3% of pupils with a plan beside 14.2% on SEN support are 37.3 per 100."""
    frame, notes = found
    row = frame.filter((frame["la_number"] == "886") & (frame["period"] == "2025-01")).row(0, named=True)
    pack = open_pack(None).table("lait_sen_indicators")
    shares = {
        (measure, la): value
        for measure, period, la, _, value in pack.iter_rows()
        if period == "2025" and measure in ("SEN_TotStat", "SEN_TotSENSuP")
    }
    assert row["value"] == pytest.approx(100 * shares["SEN_TotStat", "886"] / shares["SEN_TotSENSuP", "886"])
    assert row["england"] == pytest.approx(100 * shares["SEN_TotStat", "970"] / shares["SEN_TotSENSuP", "970"])
    assert row["region"] == pytest.approx(100 * shares["SEN_TotStat", "989"] / shares["SEN_TotSENSuP", "989"])
    assert row["neighbours_available"] == 10 and not notes


def test_every_region_is_found_by_its_name_whatever_its_capitals(found):
    frame, _ = found
    newest = frame.filter(frame["period"] == "2025-01")
    assert newest["region"].null_count() == 0 and newest["n_councils"][0] >= 150


def test_what_is_not_given_per_pupil_on_sen_support_says_why():
    """Of these pupils the share is published and not the number, so money and requests are not divided by them."""
    said = {one.subject for one in comparisons() if "per pupil on SEN support" in one.not_given}
    assert said == {"High needs spending", "Requests for assessment"}
    _, notes = benchmark(open_pack(), ["886"])
    assert sum("Not given per pupil on SEN support" in note for note in notes) == 4
