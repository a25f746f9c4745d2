"""Every registered definition has a title, a unit, a source and a worked example that works."""

import pytest

from highneeds.checks.identities import kinds
from highneeds.checks.published_figures import questions
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.relation import Follows, SameAs


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_an_identity_is_complete_and_catches_its_example(kind):
    promise, sentences = kind.example
    assert kind.title and kind.fix and kind.source
    assert [message for _, message in kind.ask(promise)] == list(sentences)
    assert all(list(kind.ask(broken)) for broken in kind.also_broken_by)
    assert kind.holds_for and not any(list(kind.ask(kept)) for kept in kind.holds_for)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.code)
def test_a_question_about_published_figures_is_complete_and_finds_its_example(question):
    assert question.title and question.fix and question.source
    assert not question.can_ask(question.broken_by)
    answers = list(question.ask(question.broken_by))
    assert [answer.message for answer in answers] == [question.example]
    assert answers[0].record and answers[0].file
    assert all(list(question.ask(broken)) for broken in question.also_broken_by)
    assert question.holds_for and not any(list(question.ask(kept)) for kept in question.holds_for)


@pytest.mark.parametrize("indicator", indicators(), ids=lambda indicator: indicator.id)
def test_an_indicator_is_complete(indicator):
    assert indicator.title and indicator.unit and indicator.source and indicator.basis
    assert indicator.part and indicator.example


def counts_named(relation) -> list[str]:
    if isinstance(relation, Follows):
        return [*relation.came, *relation.went]
    return [relation.other if isinstance(relation, SameAs) else relation.total]


@pytest.mark.parametrize("indicator", [one for one in indicators() if one.relations], ids=lambda one: one.id)
def test_a_relation_names_counts_that_there_are(indicator):
    """A relation that names nothing would protect nothing, and nobody would see it."""
    has = {one.id: {"part", "whole", "rest"} if one.whole else {"value"} for one in indicators()}
    for relation in indicator.relations:
        own = "value" if isinstance(relation, Follows) else relation.count
        assert own in has[indicator.id]
        for name in counts_named(relation):
            other, _, count = name.rpartition(".")
            assert count in has[other], f"{indicator.id}: {name}"
