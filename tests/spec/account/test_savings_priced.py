"""The register's own sum stands beside what the forecast prices its lever at: baseline less scenario, draw by draw."""

import shutil
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from cli_runner import run
from highneeds.account.savings.priced import (
    PricedRegister,
    priced_savings,
    scenario_for,
    workspace_scenarios,
)
from highneeds.account.stated import stated
from highneeds.forecast.costs.price import price
from highneeds.forecast.council import learn
from highneeds.forecast.scenarios import Scenario, run_scenario, scenario_of
from highneeds.forecast.simulate import simulate
from highneeds.intake.published import open_pack
from highneeds.registers.definitions.savings import savings
from highneeds.report.views.priced_savings import priced_table
from highneeds.report.words import savings as words

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
    return {one.saving.name: one for one in priced.actions}


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
    assert (again.reason, str(again.year), again.register) == (None, "2027-28", 400_000_00)


def test_what_cannot_be_priced_says_why(found):
    assert [words.no_price(found[name].reason) for name in ("vague", "odd", "late")] == [
        "the register names no lever",
        "'magic' is neither a scenario of the workspace nor a lever",
        "the forecast ends before 2055-56",
    ]
    states = {row[0]: row[8] for row in priced_table(PricedRegister(tuple(found.values()), None)).rows}
    assert (states["units"], states["vague"]) == ("estimated", "unavailable")


def test_two_actions_on_one_lever_are_noted_as_overlapping(found):
    assert "with again: the same scenario" in words.overlaps(found["units"].overlaps)
    assert found["odd"].overlaps == ()


def test_a_lever_without_strength_and_two_scenarios_of_one_lever_are_not_guessed():
    part = dict(lever="fee_uplift_cap", low=0.04, central=0.03, high=0.02, starts="2026-04")
    one, other = (scenario_of(name, {"levers": [part]}) for name in ("a", "b"))
    assert scenario_for("fee_uplift_cap", {"a": one}) == one
    assert "gives fee_uplift_cap its strength" in words.no_price(scenario_for("fee_uplift_cap", {}))
    assert "several scenarios" in words.no_price(scenario_for("fee_uplift_cap", {"a": one, "b": other}))


def test_the_command_prices_the_savings_of_a_workspace(tmp_path):
    kent = Path(shutil.copytree(KENT, tmp_path / "kent"))
    (kent / "registers" / "savings.csv").write_text("\n".join([HEADER, *ROWS[:1]]) + "\n")
    done = run("account", kent, "--view", "savings", "--priced", "--draws", "40", "--format", "csv")
    assert done.code == 0
    assert "units,local-at-phase-transfer," in done.out
    assert ",estimated," in done.out
    assert run("account", kent, "--priced").code == 2


def scenario(name: str, **lever) -> Scenario:
    return scenario_of(name, {"levers": [lever]})


FEWER = scenario("fewer", lever="request_rate", low=-0.3, central=-0.3, high=-0.3, starts="2025-04")
STRICTER = scenario("stricter", lever="issue_rate", low=-0.3, central=-0.3, high=-0.3, starts="2025-04")


@pytest.fixture(scope="module")
def both(assumptions, tmp_path_factory):
    path = tmp_path_factory.mktemp("registers") / "savings.csv"
    lines = [
        "requests,Fewer requests,Head of SEND,fewer,avoided,2025-04,1000000.00,likely",
        "issues,Fewer plans issued,Head of SEND,stricter,avoided,2026-04,400000.00,likely",
    ]
    path.write_text("\n".join([HEADER, *lines]) + "\n")
    scenarios = {one.name: one for one in (FEWER, STRICTER)}
    return priced_savings(savings.read(path).rows, {}, scenarios, assumptions, DRAWS, SEED, asked=stated(5_000_000))


def test_actions_done_together_are_one_forecast_and_what_both_reach_for_is_saved_once(both, assumptions):
    """Of children who no longer ask, no plan can be refused a second time."""
    whole = both.together
    base = price(simulate(assumptions, DRAWS, SEED))
    joint = price(run_scenario(assumptions, Scenario("x", FEWER.levers + STRICTER.levers), DRAWS, SEED))
    cheaper = (base.total_gbp - joint.total_gbp)[:, base.years.index(whole.year)]
    assert str(whole.year) == "2026-27", "the first year in which both run from April"
    assert whole.mean == pytest.approx(float(cheaper.mean()), abs=0.01)
    assert whole.reached == float(np.mean(cheaper >= 5_000_000))
    assert 0 < whole.overlap < whole.alone
    assert whole.register == 1_400_000_00


def test_the_whole_stands_under_the_actions_and_adds_up(both):
    table = priced_table(both)
    rows = {row[0]: row for row in table.rows}
    assert table.totals == (len(rows) - 3, len(rows) - 1), "what is done twice, between them, adds nothing up"
    alone, overlap, whole = (
        rows[name][4] for name in ("TOTAL alone, added up", "Overlap between actions, taken out", "TOTAL done together")
    )
    assert abs(alone + overlap - whole) <= Decimal("0.01")
    assert "£5m a year is reached in" in rows["TOTAL done together"][-1]


def test_two_actions_on_one_scenario_save_it_once(assumptions, tmp_path):
    path = tmp_path / "savings.csv"
    lines = [ROWS[0], ROWS[0].replace("units,", "twice,")]
    path.write_text("\n".join([HEADER, *lines]) + "\n")
    found = priced_savings(savings.read(path).rows, {}, workspace_scenarios(KENT), assumptions, DRAWS, SEED).together
    assert found.overlap == pytest.approx(found.alone / 2)
    assert found.reached is None
