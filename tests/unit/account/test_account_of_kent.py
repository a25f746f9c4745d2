"""What Kent's published figures say of the money, and what changes when one of them changes."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from cli_runner import run
from highneeds import account
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.registers.registry import read_registers
from highneeds.vocabulary.period import FinancialYear

KENT = Path("examples/kent")


def account_of(folder: Path) -> account.WorkspaceAccount:
    return account.account_of(read_workspace(folder), read_registers(folder), open_pack())


@pytest.fixture(scope="module")
def kent() -> account.WorkspaceAccount:
    return account_of(KENT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KENT, tmp_path / "kent"))


def test_the_opening_implies_a_grant_of_260m_beside_the_249m_published(kent):
    begin = kent.published.opening
    assert begin.implied_grant == 260_000_000_00
    assert begin.earlier == 45_000_000_00
    assert begin.published.before_deductions == 249_004_381_00
    assert begin.published.after_deductions == 233_205_395_00
    assert begin.published_fits is False
    assert begin.share_of_before == Decimal("20.9")


def test_target_forecast_variance_and_the_lead_they_imply(kent):
    now = kent.published.position
    assert (now.variance, now.variance_pct) == (23_100_000_00, Decimal("77.3"))
    assert now.implied_lead == 13_100_000_00
    assert now.sentences == (
        "The in-year overspend is about £53m, £23.1m (77%) above the £29.9m target, both before contributions.",
        "The accumulated gap to plan is about £10m, so the year must have begun about £13.1m ahead of plan.",
    )


def test_published_balances_imply_31_5m_of_contributions(kent):
    [(year, implied)] = kent.published.implied
    assert (str(year), implied.pence) == ("2025-26", 31_500_000_00)


def test_the_three_answers_are_no_each_with_evidence(kent):
    assert [answer.verdict.value for answer in kent.published.answers] == ["No", "No", "No"]
    assert all(answer.reason and answer.evidence for answer in kent.published.answers)
    assert "REPORT line 11" in kent.published.answers[0].evidence[0]


def test_a_forecast_of_28m_turns_the_first_answer_to_yes(copy):
    facts = copy / "facts.csv"
    facts.write_text(
        facts.read_text().replace("in_year_forecast,finance,53000000", "in_year_forecast,finance,28000000")
    )
    assert [answer.verdict.value for answer in account_of(copy).published.answers] == ["Yes", "No", "No"]


def test_a_residual_of_at_least_30m_beside_20_to_30m_is_a_contradiction(kent):
    messages = [finding.message for finding in kent.findings]
    assert any("at least £30m (REPORT line 15); £20m to £30m (REPORT line 236)" in message for message in messages)
    assert any("£140m (PAGE line 16); £142m (Schools Week 17 Mar 2023)" in message for message in messages)
    assert any("about £23m" in message and "up to £30m" in message for message in messages)
    assert not any("Gap to plan" in message for message in messages), "about £10m and £10 million are one sum"


def test_agreed_latest_and_achieved_are_three_lines_and_gaps_stay_gaps(kent):
    layers = kent.published.layers
    before = "in_year_before_contributions_gbp"
    agreed, latest = (dict(layers.line(before, layer)) for layer in (Layer.AGREED, Layer.LATEST))
    assert agreed[FinancialYear(2024)].words == "£29.9m"
    assert latest[FinancialYear(2024)].words == "about £53m"
    assert layers.one(FinancialYear(2024), before, Layer.ACHIEVED) is None
    assert [str(year) for year, found in agreed.items() if found is None] == [
        "2021-22",
        "2022-23",
        "2023-24",
        "2025-26",
        "2026-27",
        "2027-28",
    ]


def test_the_command_prints_every_year_and_both_ends_of_the_override():
    done = run("account", KENT, "--format", "csv")
    assert done.code == 0
    assert "2024-25,variance_in_year_gbp,23100000.00,gbp,computed" in done.out
    assert '2023-24,closing_deficit_gbp,,gbp,unavailable,"not published, and' in done.out
    assert ",exposure_at_override_end_gbp,136000000.00,gbp,computed,at 31 March 2026" in done.out
    assert ",exposure_at_override_end_gbp,30000000.00,gbp,computed,at 31 March 2028" in done.out


def test_a_councils_own_ledger_goes_before_the_published_figure(copy):
    header = (copy / "finance" / "positions.csv").read_text().splitlines()[0]
    assert header.startswith("financial_year,layer")
    (copy / "finance" / "years.csv").write_text(
        "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,"
        "council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,"
        "plan_closing_deficit_gbp\n2022-23,260,0,0,0,0,0,0,0,\n"
    )
    (copy / "finance" / "spend.csv").write_text("year,line,amount_gbp\n2022-23,1.2.1,300\n")
    rows = {(row[0], row[1]): row for row in account_of(copy).table().rows}
    assert rows["2022-23", "closing_deficit_gbp"][2] == Decimal("97000040.00")
    assert rows["2024-25", "closing_deficit_gbp"][2] == Decimal("97500000.00")


def test_a_position_without_a_fact_is_refused_by_line(copy):
    path = copy / "finance" / "positions.csv"
    path.write_text(path.read_text().replace(",in_year_target,", ",no_such_fact,"))
    done = run("account", copy)
    assert done.code == 2
    assert "positions.csv line 6: 'no_such_fact' has no source" in done.err
