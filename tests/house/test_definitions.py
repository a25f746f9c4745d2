"""Every registered definition has a title, a unit, a source and a worked example that works."""

import pytest

from highneeds.checks.identities import kinds
from highneeds.checks.published_figures import questions
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.csvfile import parse_csv
from highneeds.registers.register import RegisterRow
from highneeds.registers.registry import registers
from highneeds.report.render.tables import as_csv

REGISTERS = list(registers().values())


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_a_register_is_complete(register):
    assert register.title and register.unit and register.source and register.example
    names = [column.name for column in register.columns]
    assert register.key in names and len(set(names)) == len(names)
    assert all(column.title for column in register.columns)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_the_worked_example_of_a_register_reads_back_without_a_finding(register):
    entries = register.entries(parse_csv(as_csv(register.template()), f"{register.name}.csv", register.required))
    assert len(entries.rows) == len(register.example)
    assert entries.findings.all == ()


ROW_RULES = [(register, rule) for register in REGISTERS for rule in register.rules]


@pytest.mark.parametrize(("register", "rule"), ROW_RULES, ids=lambda value: getattr(value, "code", ""))
def test_a_row_rule_catches_the_example_that_breaks_it(register, rule):
    """`broken_by` holds the values that matter, as they are once read; every other cell is empty."""
    names = [column.name for column in register.columns]
    assert set(rule.broken_by) <= set(names)
    row = RegisterRow("broken.csv", 2, dict.fromkeys(names) | dict(rule.broken_by))
    assert rule(row), f"{rule.code} does not catch {dict(rule.broken_by)}"
    assert rule.fix and rule.source and rule.title


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
