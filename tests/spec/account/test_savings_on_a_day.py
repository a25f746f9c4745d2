"""A saving whose sum was published after the day is left aside on that day, and counts from the day it is known."""

from datetime import date

import pytest

from cli_runner import run
from highneeds.account.savings.register import savings_of
from highneeds.evidence import Evidence
from highneeds.registers.registry import registers
from highneeds.store import FolderStore
from highneeds.vocabulary.errors import InputError

HEAD = "saving,title,owner_role,kind,starts,full_year_gbp,confidence,figures\n"
ROWS = """fees,Fees,Head,avoided,2024-04,,likely,fees_printed
moves,Moves,Head,cashable,2024-09,120000.00,likely,fees_printed
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("savings") / "savings.csv"
    path.write_text(HEAD + ROWS)
    return registers()["savings"].read(path).rows


def test_a_sum_that_is_published_later_is_left_aside_and_a_typed_one_counts(rows):
    assert [one.name for one in savings_of(rows, {}, {"fees_printed"})] == ["moves"]


def test_a_figure_that_is_no_fact_at_all_is_still_refused(rows):
    with pytest.raises(InputError, match="neither an amount nor a figure"):
        savings_of(rows, {}, {"another"})


def test_the_account_of_kent_before_its_savings_were_printed(kent):
    before = Evidence(FolderStore(kent), as_known=date(2025, 3, 1)).account
    assert before.parts.savings == () and before.parts.savings_total.net == 0
    assert not [one for one in before.findings if one.rule == "ACCOUNT-07"], "what was agreed is locked on every day"
    after = Evidence(FolderStore(kent)).account
    assert [one.name for one in after.parts.savings] == ["fee-negotiation"]


def test_the_commands_answer_as_known_on_a_day(kent):
    assert "fee-negotiation" in run("account", kent, "--view", "savings", "--format", "csv").out
    early = run("account", kent, "--view", "savings", "--as-known", "2025-03-01", "--format", "csv")
    assert early.code == 0 and "fee-negotiation" not in early.out
    shown = run("indicators", kent, "--format", "csv", "--as-known", "2025-04-02").out
    assert shown == run("indicators", kent, "--format", "csv").out
    none = run(
        "indicators", kent, "--from", "2025-01", "--to", "2025-01", "--as-known", "2025-03-01", "--format", "csv"
    )
    assert none.code == 0 and len(none.out.splitlines()) == 1
