"""Fee uplifts, exceptional need and joint funding: a table each, by sums that can be done with a pencil."""

import shutil
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli_runner import run
from highneeds.registers.registry import registers
from highneeds.report.views.by_name import views
from highneeds.vocabulary.table import Table

KENT = Path("examples/kent")
FEES = """uplift,provider,financial_year,places,present_fee_gbp,asked_fee_gbp,benchmark_fee_gbp,agreed_fee_gbp,outcome
oak,Oak House School,2025-26,12,50000.00,55000.00,51500.00,52000.00,agreed
elm,Elm House School,2025-26,10,40000.00,41000.00,40000.00,,refused
ash,Ash House School,2025-26,2,60000.00,65000.00,,,asked
"""
NEED = """request,school,setting,requested_on,asked_gbp,decision,decided_on,agreed_gbp
1,Elm School,special,2024-10-03,18000.00,part,2024-10-24,9000.00
2,Elm School,special,2024-11-03,5000.00,declined,2024-11-24,
3,Oak School,special,2025-03-03,7000.00,pending,,
4,Oak School,special,2025-05-03,1000.00,pending,,
"""
JOINT = (
    "application,applied_on,decision,decided_on,"
    "annual_cost_gbp,education_percent,health_percent,care_percent,billed_gbp,received_gbp,outcome_reason\n"
    "JF-1,2024-05-02,agreed,2024-06-20,90000.00,60,30,10,20000.00,13500.00,need_shown\n"
    "JF-2,2024-06-02,declined,2024-07-20,50000.00,,,,,,no_health_need\n"
)


VIEWS = {one.name: one for one in views() if one.register}


def told(view: str, rows) -> Table:
    """The view of an account that has these rows and nothing else."""
    return VIEWS[view].table(SimpleNamespace(rows=lambda name: rows))


def table(view: str, text: str, folder: Path):
    register = registers()[VIEWS[view].register]
    path = folder / f"{register.name}.csv"
    path.write_text(text)
    entries = register.read(path)
    assert not entries.findings.all
    found = told(view, entries.rows)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_what_fee_talks_avoided_is_asked_less_agreed_and_open_requests_stand_apart(tmp_path):
    [year] = table("fee-uplifts", FEES, tmp_path)
    assert (year["requests"], year["asked_gbp"]) == (3, Decimal("70000.00"))  # 12 x 5,000 + 10 x 1,000
    assert (year["agreed_gbp"], year["avoided_gbp"]) == (Decimal("24000.00"), Decimal("46000.00"))
    assert (year["avoided_percent"], year["open_gbp"]) == (Decimal("65.7"), Decimal("10000.00"))


def test_exceptional_need_by_year_of_request_with_the_schools_that_ask(tmp_path):
    first, second = table("exceptional-need", NEED, tmp_path)
    assert (first["financial_year"], first["requests"], first["decided"], first["agreed"]) == ("2024-25", 3, 2, 1)
    assert (first["agreed_percent"], first["agreed_a_year_gbp"]) == (Decimal("50.0"), Decimal("9000.00"))
    assert (first["pending_gbp"], first["schools"]) == (Decimal("7000.00"), "Elm School 2; Oak School 1")
    assert (second["decided"], second["agreed_percent"]) == (0, None)


def test_joint_funding_shows_what_health_owes_and_what_a_cut_would_cost(tmp_path):
    [year] = table("joint-funding", JOINT, tmp_path)
    assert (year["health_a_year_gbp"], year["not_billed_gbp"]) == (Decimal("27000.00"), Decimal("7000.00"))
    assert (year["owed_gbp"], year["exposed_to_10_percent_cut_gbp"]) == (Decimal("6500.00"), Decimal("2700.00"))


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_without_its_register_says_so(view):
    [row] = told(view, ()).rows
    assert row == (f"registers/{VIEWS[view].register}.csv", "is absent or has no rows")


def test_the_command_shows_a_register_of_the_workspace(tmp_path):
    kent = Path(shutil.copytree(KENT, tmp_path / "kent"))
    (kent / "registers" / "fee_uplifts.csv").write_text(FEES)
    done = run("account", kent, "--view", "fee-uplifts", "--format", "csv")
    assert "2025-26,3,70000.00,24000.00,46000.00,65.7,10000.00" in done.out
