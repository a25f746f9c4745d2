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
from highneeds.report.views.account.of_account import account_by_measure
from highneeds.report.views.drivers import waterfall
from highneeds.report.words import account as account_words
from highneeds.report.words import on_track
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
    assert account_words.stands(now) == (
        "The in-year overspend is about £53m, about £23m above the £29.9m target, both before contributions.",
        "The accumulated gap to plan is about £10m, so the year must have begun about £13m ahead of plan.",
    )


def test_published_balances_imply_31_5m_of_contributions(kent):
    [(year, implied)] = kent.published.implied
    assert (str(year), implied.pence) == ("2025-26", 31_500_000_00)


def test_the_three_answers_are_no_each_with_evidence(kent):
    assert [answer.verdict.value for answer in kent.published.answers] == ["No", "No", "No"]
    assert all(on_track.reason(answer) and answer.rests_on for answer in kent.published.answers)
    assert "(monitoring report, programme overview, page 1)" in on_track.rests_on(kent.published.answers[0])[0]


def test_a_forecast_of_28m_turns_the_first_answer_to_yes(copy):
    facts = copy / "facts.csv"
    facts.write_text(
        facts.read_text().replace("in_year_forecast,finance,53000000", "in_year_forecast,finance,28000000")
    )
    assert [answer.verdict.value for answer in account_of(copy).published.answers] == ["Yes", "No", "No"]


def test_a_residual_of_at_least_30m_beside_20_to_30m_is_a_contradiction(kent):
    messages = [finding.message for finding in kent.findings]
    overview, risks = "monitoring report, programme overview, page 2", "monitoring report, risk register"
    assert any(f"at least £30m ({overview}); £20m to £30m ({risks})" in message for message in messages)
    page = "public page, Money given to us by the government"
    assert any(f"£140m ({page}); £142m (Schools Week 17 Mar 2023)" in message for message in messages)
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
    assert ',exposure_at_override_end_gbp,30000000.00,gbp,computed,"at 31 March 2028' in done.out


def test_a_councils_own_ledger_goes_before_the_published_figure(copy):
    header = (copy / "finance" / "positions.csv").read_text().splitlines()[0]
    assert header.startswith("financial_year,layer")
    (copy / "finance" / "years.csv").write_text(
        "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,"
        "council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,"
        "plan_closing_deficit_gbp\n2022-23,260,0,0,0,0,0,0,0,\n"
    )
    (copy / "finance" / "spend.csv").write_text("year,line,amount_gbp\n2022-23,1.2.1,300\n")
    rows = {(row[0], row[1]): row for row in account_by_measure.table(account_of(copy)).rows}
    assert rows["2022-23", "closing_deficit_gbp"][2] == Decimal("97000040.00")
    assert rows["2024-25", "closing_deficit_gbp"][2] == Decimal("97500000.00")


def test_a_position_without_a_fact_is_refused_by_line(copy):
    path = copy / "finance" / "positions.csv"
    path.write_text(path.read_text().replace(",in_year_target,", ",no_such_fact,"))
    done = run("account", copy)
    assert done.code == 2
    assert "positions.csv line 6: 'no_such_fact' has no source" in done.err


def test_an_instalment_without_an_accepted_report_is_told_and_not_counted(copy):
    payments = copy / "registers" / "payments.csv"
    payments.write_text(
        payments.read_text() + "late,dfe,2023-24,2023-06-30,1000000.00,received,,,2023-07-01,1000000.00,,,x\n"
    )
    done = run("account", copy, "--view", "payments", "--format", "csv")
    assert done.code == 1
    assert "PAYMENTS-01 (must_fix) registers/payments.csv line 3: The instalment is received" in done.err
    [row] = [line for line in done.out.splitlines() if line.startswith("late,")]
    assert row.startswith("late,dfe,2023-24,received,1000000.00,,,")
    assert "late is not counted: no accepted report stands behind it" in row


def test_what_is_received_withheld_and_outstanding_stands_under_the_schedule(copy):
    payments = copy / "registers" / "payments.csv"
    header = payments.read_text().splitlines()[0]
    rows = (
        "one,dfe,2023-24,2023-06-30,10.00,received,agreement,,2023-07-01,10.00,,,x",
        "two,dfe,2023-24,2023-09-30,6.00,withheld,2024-05,,,,The report was not accepted,,x",
        "own,council,2023-24,2024-03-31,4.00,received,,,2024-03-31,4.00,,,x",
    )
    payments.write_text("\n".join([header, *rows]) + "\n")
    lines = run("account", copy, "--view", "payments", "--format", "csv").out.splitlines()
    assert "TOTAL of the schedule,dfe,,,16.00,10.00,6.00,,withheld: £6" in lines
    assert "TOTAL of the schedule,council,,,4.00,4.00,0.00,," in lines
    assert any(line.startswith("two,dfe,2023-24,withheld,6.00,0.00,6.00,2024-05") for line in lines)


def test_positions_alone_may_be_absent_and_then_nothing_of_the_year_is_said(copy):
    (copy / "finance" / "positions.csv").unlink()
    found = account_of(copy)
    assert found.published.position is None
    assert [answer.verdict.value for answer in found.published.answers] == ["Cannot say", "Cannot say", "No"]
    done = run("account", copy, "--format", "csv")
    assert "2024-25,variance_in_year_gbp,,gbp,unavailable" in done.out


def test_an_agreement_without_conditions_has_an_account_all_the_same(copy):
    agreement = copy / "agreement.yaml"
    head, _, _ = agreement.read_text().partition("conditions:\n")
    with_all = run("account", copy).out
    shutil.rmtree(copy / "programme")
    for name in ("indicators.csv", "observations.csv", "identities.csv"):
        (copy / name).unlink()
    agreement.write_text(head)
    assert run("account", copy).out == with_all


def test_an_unpublished_allocation_cell_takes_the_published_block(copy):
    (copy / "finance" / "years.csv").write_text(
        "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,"
        "council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,"
        "plan_closing_deficit_gbp\n2022-23,,0,0,0,0,0,0,0,\n"
    )
    (copy / "finance" / "spend.csv").write_text("year,line,amount_gbp\n2022-23,1.2.1,300000000.00\n")
    found = account_of(copy).own
    assert found.positions[0].actual.before.pence == 300_000_000_00 - 264_612_312_00


def test_a_line_that_is_no_line_is_told_with_its_place(copy, tmp_path):
    (tmp_path / "years.csv").write_text(
        "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,"
        "council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,"
        "plan_closing_deficit_gbp\n2022-23,1,0,0,0,0,0,0,0,\n"
    )
    (tmp_path / "spend.csv").write_text("year,line,amount_gbp\n2022-23,1.2.1,3\n2022-23,1.2.33,4\n2022-23,fees,5\n")
    files = ("--years", tmp_path / "years.csv", "--spend", tmp_path / "spend.csv", "--opening", "0")
    done = run("account", *files, "--format", "csv")
    assert done.code == 0
    assert "ACCOUNT-09 (query) spend.csv line 3: '1.2.33' is no high needs line" in done.err
    assert "ACCOUNT-09 (note) spend.csv line 4: 'fees' is no high needs line" in done.err
    assert "2022-23,spend_gbp,12.00" in done.out


def test_the_councils_own_volumes_and_prices_come_before_the_named_causes(copy):
    plan = "line,volume,price\nstate special,5000,24000\nindependent,1500,55000\n"
    (copy / "finance" / "planned_lines.csv").write_text(plan)
    alone = run("account", copy, "--view", "drivers")
    assert (alone.code, "finance/planned_lines.csv: One side" in alone.err) == (2, True)
    (copy / "finance" / "actual_lines.csv").write_text(plan.replace("1500,55000", "1700,57660"))
    found = account_of(copy).parts.drivers
    assert sum(one.effect.pence or 0 for one in found.drivers) == 15_522_000_00, "1,700 x 57,660 less 1,500 x 55,000"
    assert found.remainder == 23_100_000_00 - 15_522_000_00
    assert "carried by volumes and prices" in account_words.drivers(found)
    assert "independent," in run("account", copy, "--view", "bridge", "--format", "csv").out
    absent = run("account", KENT, "--view", "bridge", "--format", "csv").out
    assert "finance/planned_lines.csv and finance/actual_lines.csv,are absent" in absent


def test_the_waterfall_ends_at_a_forecast_until_the_year_has_come(kent, copy):
    assert waterfall(kent.parts.drivers)[-1].label == "Latest forecast"
    positions = copy / "finance" / "positions.csv"
    positions.write_text(
        positions.read_text() + "2024-25,achieved,in_year_before_contributions_gbp,in_year_forecast,,\n"
    )
    assert waterfall(account_of(copy).parts.drivers)[-1].label == "Achieved"


def test_the_early_cohort_is_one_point_four_times_the_original_forecast(kent):
    [over] = kent.parts.over_forecast
    assert str(over.times) == "1.40"
    assert account_words.over_forecast(over) in account_words.causes(kent.parts)
    assert account_words.over_forecast(over).endswith(
        "about 40% above the original forecast, 1.40 times it (monitoring report, detailed update, condition 6)."
    )


def test_figures_published_later_are_marked_in_the_sentence_of_the_grant(kent):
    assert account_words.grant(kent.parts.grant).startswith(
        "If £136m is eligible (published after this report), the grant at 90%"
    )
