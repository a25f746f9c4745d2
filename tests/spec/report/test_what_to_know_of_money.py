"""The page of the money: the three sentences that matter first, then the rest by subject, none twice."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from highneeds.account.balance.layers import Layers
from highneeds.account.stated import stated
from highneeds.intake.ledger.positions import Layer
from highneeds.report.pages.money import _line, account_result
from highneeds.report.words import reasons
from highneeds.run import gather
from highneeds.vocabulary.period import FinancialYear


@pytest.fixture(scope="module")
def account(kent, kept):
    return account_result(gather(kent, kept=kept), ())


def test_three_sentences_come_first(account):
    first = [note.text for note in account.notes]
    assert len(first) == 3
    assert first[0].startswith("About £23m worse than promised")
    assert "expected to remain" in first[1]
    assert first[2].startswith("The override ends on 31 March 2026"), "the extension of June is not known in April"


def test_the_rest_stands_by_subject_and_nothing_twice(account):
    assert [group.title for group in account.groups] == [
        "The year",
        "How the account opened",
        "Payments, override and grant",
        "Causes and savings",
        "Two figures for one thing",
    ]
    texts = [note.text for group in account.groups for note in group.notes] + [note.text for note in account.notes]
    assert len(texts) == len(set(texts)) > 15


REPORT = date(2025, 4, 2)
FIGURE = replace(stated(30_000_000, source="Cabinet"), fact="left")


@pytest.mark.parametrize("said", ["published after this report", "known only since"])
@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ([replace(FIGURE, dated=REPORT)], ""),
        ([replace(FIGURE, dated=REPORT, source="published after this report")], ""),
        ([replace(FIGURE, dated=date(2025, 4, 3))], "£30m (Cabinet, {said})"),
        ([FIGURE, replace(FIGURE, low=1)], "£30m (Cabinet); £0 (Cabinet)"),
        ([], ""),
    ],
)
def test_a_figure_that_came_after_the_report_says_its_place_however_that_is_worded(monkeypatch, found, reason, said):
    """A single early figure leads to its one source; a late one says where it stands, as do two side by side."""
    monkeypatch.setattr(reasons, "LATER", said)
    year = FinancialYear(2024)
    measure = "in_year_before_contributions_gbp"
    layers = Layers((year,), {(year, measure, layer): tuple(found) for layer in Layer} if found else {})
    workspace = SimpleNamespace(council=SimpleNamespace(report=SimpleNamespace(submitted=REPORT)))
    evidence = SimpleNamespace(money=SimpleNamespace(layers=layers), workspace=workspace)
    cells = {(row.cells[0].reason, row.cells[0].is_gap) for row in _line(evidence, measure).rows}
    assert cells == {(reason.format(said=said), not found)}
