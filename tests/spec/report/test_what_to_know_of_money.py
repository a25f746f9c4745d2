"""The page of the money: the three sentences that matter first, then the rest by subject, none twice."""

import pytest

from highneeds.report.pages.money import account_result
from highneeds.run import gather


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
