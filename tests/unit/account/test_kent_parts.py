"""Kent's payments, shares, drivers, grant and lock, from its published figures."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from cli_runner import run
from highneeds import account
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.registers.registry import read_registers
from highneeds.report.views.by_name import views
from highneeds.report.words import account as account_words
from highneeds.report.words import reasons

KENT = Path("examples/kent")
MILLION = 100_000_000


@pytest.fixture(scope="module")
def parts():
    return account.account_of(read_workspace(KENT), read_registers(KENT), open_pack()).parts


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KENT, tmp_path / "kent"))


def test_both_published_totals_are_kept_beside_the_one_known_instalment(parts):
    rest = [(promise.payer, promise.total.source, promise.unscheduled.pence) for promise in parts.payments.promises]
    assert rest == [
        ("dfe", "public page, Money given to us by the government", 8320 * MILLION // 100),
        ("dfe", "Schools Week 17 Mar 2023", 8520 * MILLION // 100),
        ("council", "public page, Money given to us by the government", 82 * MILLION),
    ]


def test_what_was_due_is_not_taken_for_what_was_received(parts):
    """The register says that the first instalment came, and nobody published how much."""
    assert parts.payments.due("dfe").pence == 5680 * MILLION // 100
    assert parts.payments.received("dfe").pence is None
    assert "the sum received is not stated" in reasons.why_none(parts.payments.received("dfe"))


def test_a_saving_without_a_realised_sum_is_not_nought(parts):
    assert [one.realised for one in parts.savings] == [None]


def test_exposure_stands_at_both_ends_of_the_override(parts):
    assert [(str(clock.end), clock.months_left, clock.exposure.pence) for clock in parts.overrides] == [
        ("2026-03-31", 11, 136 * MILLION),
        ("2028-03-31", 35, 30 * MILLION),
    ]
    assert "at least £30m would fall" in account_words.override(parts.overrides[1])


def test_the_grant_would_pay_122_4m_and_leave_13_6m(parts):
    assert (parts.grant.grant.pence, parts.grant.residual.pence) == (12_240_000_000, 1_360_000_000)
    assert [amount.pence for _, amount in parts.after_grant] == [None, None]


def test_seven_drivers_are_named_two_carry_a_published_sum_and_all_add_up(parts):
    bridge = parts.drivers
    assert len(bridge.drivers) == 7
    assert [one.name for one in bridge.drivers if one.effect.is_known] == [
        "Uplift of state-funded settings above plan",
        "Two new special schools not open",
    ]
    assert bridge.explained + bridge.remainder == bridge.difference == 2310 * MILLION // 100


def test_the_new_basis_of_november_2024_is_flagged_and_blank_rows_are_named(parts):
    [step] = parts.steps
    assert {phase: str(change) for phase, change in step.changes.items()} == {
        "primary": "11.1",
        "secondary": "13.0",
        "post-16": "2.0",
    }
    assert len(parts.blank_costs) == 3


def test_savings_of_a_year_are_not_taken_from_what_is_asked_of_others(parts):
    assert account_words.against(parts.savings_total, parts.savings_needed) == (
        "The register holds £1m for 2024-25; none of it can be counted on yet. Actions still to begin must save £5m "
        "to £7m a year, so the two are of different years."
    )


def test_10m_as_5_percent_is_refused_beside_52m_as_20(parts):
    refused = [finding for finding in parts.findings if finding.rule == "ACCOUNT-04"]
    assert {finding.record for finding in refused} == {"overspend_above_plan_page"}
    assert account_words.council_tax(parts) == (
        "£140m is a council-tax rise of about 25%, raised once on £560m a year.",
        "One percent on council tax of £560m a year brings £5.6m.",
    )


def test_a_changed_agreed_figure_is_found_and_ends_with_1(copy):
    assert run("account", copy).code == 0
    facts = copy / "facts.csv"
    facts.write_text(facts.read_text().replace("in_year_target,finance,29900000", "in_year_target,finance,59900000"))
    done = run("account", copy)
    assert done.code == 1
    assert "The agreed figures have changed since they were locked" in done.err


def test_a_changed_forecast_is_no_change_of_the_baseline(copy):
    facts = copy / "facts.csv"
    facts.write_text(
        facts.read_text().replace("in_year_forecast,finance,53000000", "in_year_forecast,finance,28000000")
    )
    assert run("account", copy).code == 0


def test_an_instalment_without_an_accepted_report_is_found(copy):
    payments = copy / "registers" / "payments.csv"
    payments.write_text(payments.read_text() + "dfe-2023-24,dfe,2023-24,,14200000,received,2024-05,,2024-06-01,,,,x\n")
    entries = read_registers(copy)["payments"]
    assert [finding.rule for finding in entries.findings.must_fix] == ["PAYMENTS-01"]


@pytest.mark.parametrize("name", [one.name for one in views()])
def test_every_view_can_be_printed(name):
    done = run("account", KENT, "--view", name, "--format", "csv")
    assert done.code == 0
    assert len(done.out.splitlines()) > 1


def test_an_unknown_view_names_those_that_exist():
    done = run("account", KENT, "--view", "cash")
    assert done.code == 2
    assert "There is no view 'cash'. Use one of statement, account" in done.err


def test_the_indicative_uplift_is_one_percent_of_the_published_spend(parts):
    uplift = next(one for one in parts.drivers.drivers if one.kind == "inflation")
    assert uplift.effect.pounds == Decimal("1765161.23")
    assert reasons.basis(uplift).startswith("indicative: 1% of £176.5m, 2021-22 outturn")


def test_unit_costs_stand_at_both_ends_with_their_new_basis_named():
    rows = run("account", KENT, "--view", "unit-costs", "--format", "csv").out.splitlines()
    assert "independent,primary,2024-01,53252,2025-01,57660,8.3,probably a new basis in Nov 2024" in rows
    assert "independent,secondary,2024-01,43356,2025-01,49239,13.6,probably a new basis in Nov 2024" in rows
    assert "independent,post-16,2024-01,33841,2025-01,38691,14.3,probably a new basis in Nov 2024" in rows
    assert "maintained special,primary,,,,,,no month has a figure: ask Finance for the row" in rows
