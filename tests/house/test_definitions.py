"""Every registered definition has a title, a unit, a source and a worked example that works."""

import pytest

from highneeds.checks.identities import kinds
from highneeds.checks.published_figures import questions
from highneeds.indicators.mechanism.registry import indicators


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_an_identity_is_complete_and_catches_its_example(kind):
    promise, sentences = kind.example
    assert kind.title and kind.fix and kind.source
    assert [message for _, message in kind.ask(promise)] == list(sentences)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.code)
def test_a_question_about_published_figures_is_complete_and_finds_its_example(question):
    assert question.title and question.fix and question.source
    assert not question.can_ask(question.broken_by)
    answers = list(question.ask(question.broken_by))
    assert [answer.message for answer in answers] == [question.example]
    assert answers[0].record and answers[0].file


@pytest.mark.parametrize("indicator", indicators(), ids=lambda indicator: indicator.id)
def test_an_indicator_is_complete(indicator):
    assert indicator.title and indicator.unit and indicator.source and indicator.basis
    assert indicator.part and indicator.example
