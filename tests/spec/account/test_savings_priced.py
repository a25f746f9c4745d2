"""The register's own sum stands beside what the forecast prices its lever at: baseline less scenario, draw by draw."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from cli_runner import run
from highneeds.account.savings_priced import priced_savings, priced_table, scenario_for, workspace_scenarios
from highneeds.forecast.costs.price import price
from highneeds.forecast.council import learn
from highneeds.forecast.scenarios import run_scenario, scenario_of
from highneeds.forecast.simulate import simulate
from highneeds.intake.published import open_pack
from highneeds.registers.savings import savings

KENT = Path("examples/kent")
DRAWS, SEED = 40, 3
HEADER = "saving,title,owner_role,lever,kind,starts,full_year_gbp,confidence"
ROWS = (
    "units,Units,Head of SEND,local-at-phase-transfer,avoided,2026-04,1000000.00,likely",
    "again,Units again,Head of SEND,phase_transfer_placement,avoided,2026-09,400000.00,idea",
    "vague,No lever,Head of SEND,,avoided,2026-04,300000.00,idea",
    "odd,Unknown lever,Head of SEND,magic,avoided,2026-04,300000.00,idea",
    "late,Late,Head of SEND,local-at-phase-transfer,avoided,2055-04,300000.00,idea",
)


@pytest.fixture(scope="module")
def assumptions():
    return learn(open_pack(), "886", years=5, draws=DRAWS, seed=SEED)[0]


@pytest.fixture(scope="module")
def found(assumptions, tmp_path_factory):
    path = tmp_path_factory.mktemp("registers") / "savings.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n")
    rows = savings.read(path).rows
    priced = priced_savings(rows, {}, workspace_scenarios(KENT), assumptions, DRAWS, SEED)
    return {one.saving.name: one for one in priced}


def test_the_price_is_baseline_less_scenario_on_the_same_draws(found, assumptions):
    one = found["units"]
    scenario = workspace_scenarios(KENT)["local-at-phase-transfer"]
    base = price(simulate(assumptions, DRAWS, SEED))
    other = price(run_scenario(assumptions, scenario, DRAWS, SEED))
    cheaper = (base.total_gbp - other.total_gbp)[:, base.years.index(one.year)]
    assert one.mean == pytest.approx(float(cheaper.mean()), abs=0.01)
    assert one.low == pytest.approx(float(np.quantile(cheaper, 0.1)), abs=0.01)
    assert one.low <= one.high
    assert one.register == 1_000_000_00


def test_a_lever_is_priced_by_the_one_scenario_that_holds_it_alone(found):
    again = found["again"]
    assert (again.reason, str(again.year), again.register) == ("", "2027-28", 400_000_00)


def test_what_cannot_be_priced_says_why(found):
    assert found["vague"].reason == "the register names no lever"
    assert found["odd"].reason == "'magic' is neither a scenario of the workspace nor a lever"
    assert found["late"].reason == "the forecast ends before 2055-56"
    states = {row[0]: row[8] for row in priced_table(tuple(found.values())).rows}
    assert (states["units"], states["vague"]) == ("estimated", "unavailable")


def test_two_actions_on_one_lever_are_noted_as_overlapping(found):
    assert "with again: the same scenario" in found["units"].overlaps
    assert found["odd"].overlaps == ""


def test_a_lever_without_strength_and_two_scenarios_of_one_lever_are_not_guessed():
    part = dict(lever="fee_uplift_cap", low=0.04, central=0.03, high=0.02, starts="2026-04")
    one, other = (scenario_of(name, {"levers": [part]}) for name in ("a", "b"))
    assert scenario_for("fee_uplift_cap", {"a": one}) == (one, "")
    assert "gives fee_uplift_cap its strength" in scenario_for("fee_uplift_cap", {})[1]
    assert "several scenarios" in scenario_for("fee_uplift_cap", {"a": one, "b": other})[1]


def test_the_command_prices_the_savings_of_a_workspace(tmp_path):
    kent = Path(shutil.copytree(KENT, tmp_path / "kent"))
    (kent / "registers" / "savings.csv").write_text("\n".join([HEADER, *ROWS[:1]]) + "\n")
    done = run("account", kent, "--view", "savings", "--priced", "--draws", "40", "--format", "csv")
    assert done.code == 0
    assert "units,local-at-phase-transfer," in done.out
    assert ",estimated," in done.out
    assert run("account", kent, "--priced").code == 2
