"""The output of `highneeds forecast`, held to the contract for three councils: columns, measures, cuts, sums."""

import csv
import io
import re
from collections import defaultdict

import pytest

from cli_runner import run
from highneeds.forecast.council import forecast, learn
from highneeds.forecast.published import latest_january
from highneeds.forecast.scenarios import read_scenario
from highneeds.forecast.simulate import RunOptions
from highneeds.forecast.state import AGE_BANDS, NEEDS, PHASES, SETTINGS
from highneeds.intake.published import open_pack
from highneeds.vocabulary.period import FinancialYear
from open_data_by_hand import folder_of

COLUMNS = (
    "scenario",
    "measure",
    "cut",
    "category",
    "period",
    "period_kind",
    "mean",
    "p2_5",
    "p10",
    "p50",
    "p90",
    "p97_5",
)
CUTS = {"total", "age_band", "ncy", "need", "setting", "phase", "school"}
FLOWS = {"requests", "assessments", "plans_after_assessment", "new_plans", "ceased", "moves"}
OF_MEASURE = {
    "plans": CUTS,
    "requests": {"total", "age_band", "ncy", "phase"},
    "assessments": {"total", "age_band", "ncy", "phase"},
    "plans_after_assessment": {"total", "age_band", "ncy", "phase"},
    "new_plans": CUTS,
    "ceased": CUTS,
    "moves": CUTS,
    "places": {"total", "setting", "school", "phase"},
    "over_capacity": {"total", "setting", "school", "phase"},
    "cost_gbp": {"total", "setting"},
    "in_year_gbp": {"total"},
    "accumulated_gbp": {"total"},
}
SCENARIO = """
title: A school, and fewer places elsewhere
levers:
  - {lever: school_opening, school: Elm, low: 0.5, central: 0.7, high: 0.9, starts: 2024-09, places: [10, 20]}
"""


@pytest.fixture(scope="module", params=["886", "302", "933"])
def found(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("scenarios") / "a-school.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    assumptions, notes = learn(open_pack(), request.param, years=3, draws=30, seed=5, opening_gbp=1e6)
    return forecast(assumptions, [read_scenario(path)], 30, 5, RunOptions(threads=1), notes)


@pytest.fixture(scope="module")
def rows(found):
    table = found.table()
    assert tuple(table.columns) == COLUMNS
    return table.records()


def test_every_row_of_the_register_has_a_name_a_title_a_range_and_a_source(found):
    rows = found.register().records()
    assert len({row["name"] for row in rows}) == len(rows) > 30
    for row in rows:
        assert re.fullmatch(r"[a-z][a-z_]+|(price|inflation) .+|lever:.+", row["name"]), row
        assert row["title"][0].isupper() and row["effect"] and row["source"] and row["unit"], row
        assert row["low"] <= row["value"] <= row["high"], row
    by_name = {row["name"]: row for row in rows}
    split, backlog, agree = by_name["opening_split"], by_name["backlog"], by_name["agree"]
    assert (split["low"], split["high"]) == pytest.approx((0.95 * split["value"], 1.05 * split["value"]), abs=0.06)
    assert split["unit"] == "plans" and by_name["end_ages"]["unit"] == "times as published"
    assert (backlog["low"], backlog["high"]) == (0, max(2 * backlog["value"], 50))
    assert agree["high"] == pytest.approx(min(agree["value"] + 0.08, 1)) and agree["unit"] == "share"


def test_scenarios_are_the_baseline_and_the_stem_of_the_file(rows):
    assert list(dict.fromkeys(row["scenario"] for row in rows)) == ["baseline", "a-school"]


def test_every_measure_has_every_cut_that_it_can_have(rows):
    cuts = defaultdict(set)
    for row in rows:
        if row["scenario"] == "a-school":
            cuts[row["measure"]].add(row["cut"])
    assert dict(cuts) == OF_MEASURE


def test_periods_are_written_as_their_kind_says(rows):
    kinds = defaultdict(set)
    written = defaultdict(set)
    for row in rows:
        kinds[row["measure"]].add(row["period_kind"])
        written[row["period_kind"]].add(row["period"])
    january = latest_january(open_pack())
    assert written["census"] == {f"{january + year}-01" for year in range(4)}
    assert written["financial_year"] == {str(FinancialYear(january + year)) for year in range(3)}
    assert written["academic_year"] == {f"{january + year}/{(january + year + 1) % 100:02d}" for year in range(2)}
    assert kinds["plans"] == kinds["places"] == kinds["over_capacity"] == {"census"}
    assert all(kinds[flow] == {"census", "financial_year", "academic_year"} for flow in FLOWS)
    assert kinds["cost_gbp"] == kinds["in_year_gbp"] == kinds["accumulated_gbp"] == {"financial_year"}


def test_parts_of_every_cut_add_up_to_the_total_in_the_mean(rows):
    totals, sums = {}, defaultdict(float)
    for row in rows:
        key = (row["scenario"], row["measure"], row["period_kind"], row["period"])
        if row["cut"] == "total":
            totals[key] = row["mean"]
        else:
            sums[*key, row["cut"]] += row["mean"]
    assert len(sums) > 100
    for key, value in sums.items():
        assert value == pytest.approx(totals[key[:4]], rel=1e-6, abs=1e-3), key


def test_names_of_parts_are_the_packs_and_no_row_stands_twice(rows):
    names = defaultdict(set)
    for row in rows:
        names[row["cut"]].add(row["category"])
    assert names["age_band"] == {name for name, _, _ in AGE_BANDS}
    assert names["phase"] == {name for name, _, _ in PHASES} and len(names["ncy"]) == 26
    assert names["setting"] <= {*SETTINGS, "no_setting"} and names["need"] == set(NEEDS)
    assert names["school"] == {"Elm", "no named school"}
    keys = [tuple(row[name] for name in COLUMNS[:6]) for row in rows]
    assert len(keys) == len(set(keys))


def test_quantiles_are_in_order_and_no_count_is_below_nought(rows):
    for row in rows:
        assert row["p2_5"] <= row["p10"] <= row["p50"] <= row["p90"] <= row["p97_5"]
        if not row["measure"].endswith("_gbp"):
            assert row["p2_5"] >= 0


def test_the_same_plans_follow_from_the_flows(rows):
    total = {
        (row["measure"], row["period"]): row["mean"]
        for row in rows
        if (row["scenario"], row["cut"], row["period_kind"]) == ("baseline", "total", "census")
    }
    first = latest_january(open_pack())
    for before, after in ((f"{first + year}-01", f"{first + year + 1}-01") for year in range(2)):
        grown = total["plans", before] + total["new_plans", after] - total["ceased", after]
        assert total["plans", after] == pytest.approx(grown, abs=1e-3)


def test_the_command_repeats_exactly_with_a_seed_and_differs_with_another(tmp_path):
    folder = folder_of(open_pack(), tmp_path / "open")
    words = ("forecast", "--council", "302", "--years", "1", "--draws", "10", "--format", "csv")
    first, again, other = (run(*words, *more) for more in (("--seed", "3"), ("--seed", "3"), ("--seed", "4")))
    assert first.code == again.code == 0 and first.out == again.out != other.out
    assert next(csv.reader(io.StringIO(first.out))) == list(COLUMNS)
    where = tmp_path / "forecast.csv"
    filed = run(*words, "--seed", "3", "--open-data", folder, "--out", where)
    assert filed.code == 0 and where.read_text("utf-8") == first.out
