"""As known on a day: what became known later is left out of everything, and a restated month is a row of its own."""

import shutil
from datetime import date
from decimal import Decimal

import pytest

from highneeds.intake.published import open_pack
from highneeds.intake.published.known import published_on
from highneeds.intake.workspace import read_workspace
from highneeds.intake.workspace.known_on import day_in
from highneeds.run import gather
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month


@pytest.fixture
def kent(tmp_path):
    return shutil.copytree("examples/kent", tmp_path / "kent", ignore=shutil.ignore_patterns("caseload", "scenarios"))


def test_a_report_of_2_april_2025_knows_nothing_of_june_and_july(kent, monkeypatch):
    monkeypatch.setattr("highneeds.run.DRAWS", 20)
    found = gather(kent)
    later = {one.id for one in found.workspace.later_facts}
    assert {"override_end_extended", "deficit_outturn_2025_03"} <= later
    assert found.account.ends == (date(2026, 3, 31),)
    assert not later & {one.id for one in found.workspace.facts}


@pytest.mark.parametrize(("day", "known"), [(date(2025, 7, 21), False), (date(2025, 7, 22), True)])
def test_a_figure_is_known_from_its_day_on(kent, day, known):
    found = read_workspace(kent).as_known(day)
    assert any(one.id == "deficit_outturn_2025_03" for one in found.facts) is known


def test_going_back_and_forth_loses_nothing(kent):
    whole = read_workspace(kent)
    there = whole.as_known(date(2024, 6, 30)).as_known(date(2030, 1, 1))
    assert {one.id for one in there.facts} == {one.id for one in whole.facts}
    assert set(there.observations) == set(whole.observations) and not there.later_facts


def add(kent, row):
    path = kent / "observations.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([f"{header},known_on", *(f"{one}," for one in rows), row]) + "\n", "utf-8")


def test_a_restated_month_is_a_new_row_and_the_old_figure_stays(kent):
    add(kent, "specialist_share_yr_r_6,2024-01,,,38.6,percent,restated,late entries,38.6,JULY,,,2025-07-01")
    january = [one for one in read_workspace(kent).series("specialist_share_yr_r_6") if one.period == Month(2024, 1)]
    assert [one.value for one in january] == [Decimal("38.6")]
    before = read_workspace(kent).as_known(date(2025, 4, 2))
    assert before.series("specialist_share_yr_r_6")[0].value == Decimal("38.8") and not before.restated
    after = read_workspace(kent).as_known(date(2025, 7, 1))
    assert [one.value for one in after.restated] == [Decimal("38.8")]


def test_the_same_version_twice_is_refused(kent):
    add(kent, "specialist_share_yr_r_6,2024-01,,,38.6,percent,restated,,38.6,REPORT,,,2025-04-02")
    with pytest.raises(InputError, match="stands there twice"):
        read_workspace(kent)


def test_a_figure_with_no_other_day_is_known_once_its_month_is_over(kent):
    add(kent, "specialist_share_yr_r_6,2025-03,,,37.0,percent,provisional,,37.0,MI,,,")
    found = next(one for one in read_workspace(kent).observations if one.period == Month(2025, 3))
    assert found.known_on == date(2025, 3, 31) and found.state.has_value


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("Cabinet 22 Jul 2025", date(2025, 7, 22)),
        ("papers of Jan 2026", date(2026, 1, 1)),
        ("Outturn of 2 Apr 2025, Cabinet 22 Jul 2025", date(2025, 7, 22)),  # the last that it names
        ("REPORT", None),
        ("31 Feb 2025", None),
    ],
)
def test_a_day_in_the_name_of_a_source(source, day):
    assert day_in(source) == day


@pytest.mark.parametrize(
    ("table", "column", "period", "day"),
    [
        ("ehcp_caseload_total", "year", "2025", date(2025, 7, 1)),
        ("ehcp_process", "cal_year", "2024", date(2025, 7, 1)),
        ("s251_outturn_high_needs_total", "fin_year", "2023-24", date(2025, 1, 1)),
        ("dsg_allocations", "fin_year", "2023-24", date(2024, 4, 1)),
        ("population_single_age_0_25", "mid_year", "2023", date(2024, 8, 1)),
        ("stat_neighbours", "model_version", "2025-05", date(2025, 6, 1)),
    ],
)
def test_when_a_statistic_is_published(table, column, period, day):
    assert published_on(table, column, period) == day


@pytest.mark.parametrize(("day", "newest"), [(date(2025, 6, 30), 2024), (date(2025, 7, 1), 2025)])
def test_the_statistics_of_a_day(day, newest):
    assert open_pack().known_on(day).table("ehcp_caseload_total")["year"].max() == newest
