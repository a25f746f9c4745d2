"""Goal seek, comparison, delay, attribution and vintages as typed; a later January is held against what was kept."""

import csv
import io
import json
import re
import shutil

import pytest

from cli_runner import run
from highneeds.forecast import DRAWS, SEED
from highneeds.intake.forecasts import Kept
from highneeds.intake.published import open_pack
from open_data_by_hand import folder_of

SMALL = ("--draws", "30", "--format", "csv")
ELM = "lever: school_opening, school: Elm, low: 0.7, central: 0.7, high: 0.7, starts: 2024-09, places: [40]"
PLANNED = f"levers:\n  - {{{ELM}}}\n"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenarios")
    (folder / "planned.yaml").write_text(f"title: Planned\n{PLANNED}", encoding="utf-8")
    late = PLANNED.replace("2024-09", "2026-09")
    (folder / "late.yaml").write_text(f"title: Late\ndelay_of: planned\n{late}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def workspace(kent, tmp_path_factory):
    """Kent's workspace with a forecast kept in it."""
    folder = tmp_path_factory.mktemp("kept") / "kent"
    shutil.copytree(kent, folder, ignore=shutil.ignore_patterns("caseload", "forecasts"))
    done = run("forecast", folder, "--years", "3", *SMALL)
    assert done.code == 0
    return folder


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    return folder_of(open_pack(), tmp_path_factory.mktemp("later") / "open", growth=0.07)


def test_a_forecast_of_a_workspace_starts_from_its_balance_and_its_prices(workspace):
    done = run("forecast", workspace, "--years", "4", *SMALL, "--table", "odds")
    odds = {row["financial_year"]: row for row in rows(done.out)}
    assert odds["2024-25"]["target_gbp"] == "29900000.0"
    assert odds["2024-25"]["chance_of_target"] == "", "the year has ended, and the council says how"
    assert odds["2025-26"]["chance_of_balance"]
    assert odds["2027-28"]["chance_of_nil_deficit"] == "", "the newest balance of that day is of 2021-22"
    assert "the balance of 2021-22 does not join these years" in done.err
    assert "the council's own average for primary, secondary, post-16" in done.err
    assert "unit cost of maintained special primary: no figure of the council's own is given" in done.err
    assert "SEN transport, outside the DSG: the council has given no figure" in done.err


def test_sen_transport_stands_beside_every_scenario_once_it_is_given(workspace, scenarios):
    (workspace / "finance" / "transport.csv").write_text("year,amount_gbp,source\n2023-24,70000000,outturn\n")
    done = run("forecast", "compare", workspace, "--years", "1", "--scenario", scenarios / "planned.yaml", *SMALL)
    (workspace / "finance" / "transport.csv").unlink()
    found = rows(done.out)
    assert [row["scenario"] for row in found] == ["baseline", "planned"]
    assert all(60e6 < float(row["sen_transport_gbp_last_year"]) < 110e6 for row in found)
    assert float(found[0]["cost_gbp_last_year"]) < 500e6  # transport is in no cost
    assert "no aim in themselves" in done.err


def test_every_forecast_is_kept_once(workspace):
    listed = rows(run("forecast", "vintages", workspace, "--format", "csv").out)
    again = run("forecast", workspace, "--years", "3", *SMALL)
    assert again.code == 0 and rows(run("forecast", "vintages", workspace, "--format", "csv").out) == listed
    first = listed[0]
    assert (first["origin"], first["years"], first["draws"], first["learnt_from"]) == (
        "2024",
        "3",
        "30",
        "published statistics",
    )
    assert int(first["figures_come_true"]) > 0, "January 2025 was counted after the day of the report"
    folder = next(path for path in (workspace / "forecasts").iterdir() if path.name.startswith(first["forecast"]))
    assert {path.name for path in folder.iterdir()} == {"forecast.csv", "assumptions.csv", "run.json"}
    assert json.loads((folder / "run.json").read_text())["fingerprint"] == folder.name


def test_a_later_january_is_held_against_what_was_kept_and_the_change_is_explained(workspace, later):
    name = rows(run("forecast", "vintages", workspace, "--format", "csv").out)[0]["forecast"]
    held = rows(run("forecast", "vintages", workspace, "--table", "held", "--open-data", later, "--format", "csv").out)
    totals = [row for row in held if (row["forecast"], row["cut"], row["measure"]) == (name, "total", "plans")]
    assert [row["period"] for row in totals] == ["2025-01", "2026-01"]
    assert float(totals[1]["actual"]) == pytest.approx(float(totals[0]["actual"]) * 1.07, abs=1)
    assert float(totals[0]["error"]) == pytest.approx(float(totals[0]["actual"]) - float(totals[0]["mean"]))
    good = rows(
        run("forecast", "vintages", workspace, "--table", "coverage", "--open-data", later, "--format", "csv").out
    )
    assert "plans" in {row["measure"] for row in good} and {row["cut"] for row in good} == {
        "total",
        "age_band",
        "setting",
    }
    why = run(
        "forecast", "explain", workspace, "--since", name, "--open-data", later, "--years", "2", "--format", "csv"
    )
    effects = {row["driver"]: float(row["effect"]) for row in rows(why.out)}
    assert sum(effects.values()) == pytest.approx(2 * effects["total"]), "it adds up"
    assert list(effects) == ["new data", "plans", "mix", "price", "levers", "method", "total"]
    assert "starts from January 2024" in why.err
    before, now = re.match(
        rf"plans in 20\d\d-01: ([\d,]+) in the forecast of .+ \({name}\), ([\d,]+) in", why.err
    ).groups()
    assert int(now.replace(",", "")) - int(before.replace(",", "")) == pytest.approx(effects["total"], abs=1)


@pytest.mark.parametrize(
    ("draws", "seed", "drawn"),
    [(None, None, (1000, 7)), (200, None, (200, 7)), (None, 1, (1000, 1)), (200, 0, (200, 0))],
)
def test_an_explanation_is_drawn_as_the_kept_forecast_was_unless_told_otherwise(draws, seed, drawn):
    """With other draws chance alone moved the figure, by 291 plans where nothing had changed, and was called method."""
    from highneeds.forecast.why import drawn_as

    kept = Kept("2025-04-02", "0a", 2024, 10, 1000, 7, "published statistics", "", "2023-24", "1")
    assert drawn_as(kept, draws, seed) == drawn
    assert drawn_as(None, None, None) == (DRAWS, SEED)


def test_a_kept_forecast_that_was_changed_is_refused(workspace, tmp_path):
    copy = tmp_path / "kent"
    shutil.copytree(workspace, copy)
    path = next((copy / "forecasts").glob("*/forecast.csv"))
    path.write_text(path.read_text().replace("plans", "pupils", 1))
    done = run("forecast", "vintages", copy)
    assert done.code == 2 and "is not as it was made" in done.err and done.err.count("\n") == 1


def test_what_a_chance_takes_of_each_lever_and_of_all_together():
    words = ("forecast", "goal", "--council", "302", "--year", "2026-27")
    done = run(*words, *SMALL)
    found = rows(done.out)
    assert [row["lever"] for row in found] == [
        "Mix at phase transfer",
        "Unit cost of every placement",
        "Demand: requests for assessment",
        "All of these together",
    ]
    price = found[1]
    assert price["reachable"] == "yes" and -0.9 < float(price["strength_needed"]) < 0 and float(price["chance"]) >= 0.5
    assert found[2]["caution"] == "an assumption about demand, not a target" and all(row["duty"] for row in found)
    assert "must cost £" in done.err and "none is confident" in done.err


def test_the_cost_of_a_delay_and_scenarios_side_by_side(scenarios):
    files = ("--scenario", scenarios / "planned.yaml", "--scenario", scenarios / "late.yaml")
    done = run("forecast", "delay", "--council", "886", *files, *SMALL)
    years = rows(done.out)
    assert [row["years"] for row in years] == ["2025-26", "2026-27", "2027-28", "2028-29", "2025-26..2028-29"]
    assert float(years[-1]["lost_gbp"]) == pytest.approx(sum(float(row["lost_gbp"]) for row in years[:-1]), abs=1)
    assert "rests on: Elm: 40 places" in done.err and "An assumption: nothing of it is published" in done.err


def test_why_two_dates_and_two_scenarios_differ(scenarios):
    dates = run("forecast", "explain", "--council", "886", "--years", "2", *SMALL)
    files = ("--scenario", scenarios / "planned.yaml", "--scenario", scenarios / "late.yaml")
    two = run("forecast", "explain", "--council", "886", "--years", "2", "--figure", "cost", *files, *SMALL)
    one = run("forecast", "explain", "--council", "886", "--years", "2", "--figure", "cost", *files[:2], *SMALL)
    for done in (dates, two, one):
        effects = {row["driver"]: float(row["effect"]) for row in rows(done.out)}
        assert sum(effects.values()) == pytest.approx(2 * effects["total"], abs=1e-6) and "interaction" in effects
    assert {"population", "rates", "mix", "places", "price"} <= {row["driver"] for row in rows(two.out)}
    assert rows(one.out)[0]["driver"] == "1 A school or unit opens"


def test_a_person_reads_how_good_such_forecasts_were_and_a_program_does_not_wait_for_it():
    words = ("forecast", "explain", "--council", "886", "--years", "1", "--draws", "30")
    assert "back-test, 1 year ahead: total off by" in run(*words).err
    assert "back-test" not in run(*words, "--format", "csv").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("goal", "--council", "302", "--year", "2020-21"), "is not in a forecast that starts from January 2025"),
        (("goal", "--council", "302", "--year", "2025-26", "--chance", "2"), "chance of 2 cannot be asked for"),
        (("delay", "--council", "302"), "No scenario says which other it is the delay of"),
        (("explain", "--council", "302", "--since", "abc"), "Kept forecasts are in a workspace"),
        (("explain", "--council", "302", "--years", "1", "--to", "2025-02", "--draws", "5"), "counted in January"),
        (("compare",), "Give a workspace folder or --council"),
        (("vintages", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_2(words, said):
    done = run("forecast", *words)
    assert done.code == 2 and said in done.err and done.err.count("\n") == 1 and done.out == ""
