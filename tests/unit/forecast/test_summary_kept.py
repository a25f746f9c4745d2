"""A kept forecast is the one that would be made again, or it is not used."""

import json
from dataclasses import replace

import pytest

from forecast_summary_by_hand import brief
from highneeds.cli._kept import kept_beside
from highneeds.forecast.summary import Balance, ForecastInputs, NoForecast
from highneeds.forecast.summary.keep import kept_or_made, name_of
from highneeds.store.cache import NO_CACHE, SPARED, FolderCache
from highneeds.vocabulary.note import Note

ASKED = ForecastInputs("886", "2027-28", 300, 1)


def counted(outcome, calls):
    def make():
        calls.append(1)
        return outcome

    return make


@pytest.mark.parametrize(
    "outcome", [brief(), NoForecast(Note.of("no_forecast.refused", why="There is no council with LA number 999"))]
)
def test_what_is_kept_is_what_was_made_to_the_last_digit(tmp_path, outcome):
    calls = []
    made = kept_or_made(FolderCache(tmp_path / "kept"), "a", counted(outcome, calls))
    again = kept_or_made(FolderCache(tmp_path / "kept"), "a", counted(outcome, calls))
    assert made == again == kept_or_made(NO_CACHE, "a", counted(outcome, [])) == outcome
    assert len(calls) == 1
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["forecast-a"]  # nothing half-written is left


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b.replace(b"300", b"301"), lambda b: b"", lambda b: b"{}"]
)
def test_a_damaged_file_is_made_anew(tmp_path, damage):
    calls = []
    kept_or_made(FolderCache(tmp_path), "a", counted(brief(), calls))
    path = tmp_path / "forecast-a"
    path.write_bytes(damage(path.read_bytes()))
    assert kept_or_made(FolderCache(tmp_path), "a", counted(brief(), calls)) == brief()
    assert len(calls) == 2


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert kept_or_made(FolderCache(tmp_path / "file" / "kept"), "a", counted(brief(), [])) == brief()


def test_only_the_newest_stay(tmp_path):
    for number in range(SPARED["forecast"] + 5):
        kept_or_made(
            FolderCache(tmp_path), f"n{number}", counted(NoForecast(Note.of("no_forecast.refused", why="none")), [])
        )
    assert len(list(tmp_path.iterdir())) == SPARED["forecast"]


def test_a_change_of_anything_that_goes_in_is_another_name(tmp_path):
    scenario, statistics = ("one.yaml", "title: one"), tmp_path / "totals.parquet"
    statistics.write_text("1")
    names = {name_of(ASKED, [statistics], [scenario], "numba")}
    names.add(name_of(ASKED, [statistics], [scenario], "numpy"))
    names.add(name_of(ASKED, [statistics], [], "numba"))
    for changed in ({"draws": 301}, {"seed": 2}, {"end": "2028-29"}, {"opening": Balance("2024-25", 1.0, "")}):
        names.add(name_of(replace(ASKED, **changed), [statistics], [scenario], "numba"))
    names.add(name_of(ASKED, [statistics], [("one.yaml", "title: two")], "numba"))
    names.add(name_of(ASKED, [statistics], [("two.yaml", "title: one")], "numba"))
    statistics.write_text("2")
    names.add(name_of(ASKED, [statistics], [scenario], "numba"))
    assert len(names) == 10


def test_the_same_again_is_the_same_name(tmp_path):
    assert name_of(ASKED, [], [], "numba") == name_of(ASKED, [], [], "numba")


def test_a_kept_forecast_is_readable(tmp_path):
    kept_or_made(FolderCache(tmp_path), "a", counted(brief(), []))
    body = (tmp_path / "forecast-a").read_bytes().split(b"\n", 1)[1]
    assert json.loads(body)["council"] == "Oakshire"


def test_nothing_is_kept_inside_the_workspace(tmp_path):
    assert kept_beside(tmp_path / "kent" / "out", tmp_path / "kent") is None
    assert kept_beside(tmp_path / "out" / "kent", tmp_path / "kent") == tmp_path / "out" / ".highneeds-forecasts"
