"""Every registered definition has a title, a unit, a source and a worked example that works."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from highneeds.checks.identities import kinds
from highneeds.checks.published_figures import questions
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.relation import Follows, SameAs
from highneeds.registers import definitions
from highneeds.registers.mechanism.settings import BY_NAME
from highneeds.registers.registry import registers


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


def columns_and_codes() -> dict[str, set[str]]:
    """Every column of a register with the codes that it may have anywhere."""
    found = defaultdict(set)
    for column in (column for register in registers().values() for column in register.columns):
        found[column.name] |= set(column.codes)
    return found


COLUMNS = columns_and_codes()
CLOCKS = {clock.name for register in registers().values() for clock in register.clocks}
KNOWN = {*COLUMNS, *registers(), *BY_NAME, *CLOCKS}.union(*COLUMNS.values())
ASKS = {"others_of", "row_of", "setting", "is_", "reached", "live", "amount", "due", "twice", "same_child", "circles"}


def column_of(node: ast.expr) -> str:
    """x of `row["x"]`."""
    of_a_row = isinstance(node, ast.Subscript) and getattr(node.value, "id", "") in ("r", "row", "one", "there")
    value = getattr(node.slice, "value", "") if of_a_row else ""
    return value if isinstance(value, str) else ""


def texts_in(node: ast.expr) -> list[str]:
    """The text, or the texts of a tuple or set, as they stand."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.Set | ast.List) else [node]
    return [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def unknown_in(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and word of each column, code, register, setting or clock that a definition asks for and nothing declares:
    `row["x"]`, `row["state"] == "x"`, `at.is_(row, "x")`."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Subscript():
                words = {column_of(node)} - COLUMNS.keys() - {""}
            case ast.Compare(left=left, comparators=[right]) if codes := COLUMNS.get(column_of(left)):
                words = set(texts_in(right)) - codes
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in ASKS:
                words = {word for one in node.args for text in texts_in(one) for word in text.split()} - KNOWN
            case _:
                continue
        found += [(node.lineno, word) for word in words]
    return found


@pytest.mark.parametrize("path", sorted(Path(definitions.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_what_a_register_asks_of_rows_is_declared_somewhere(path):
    """A code that is spelt otherwise is no error when the rule runs: it is a condition that never holds."""
    assert unknown_in(ast.parse(path.read_text("utf-8"))) == []


def test_a_word_that_nothing_declares_is_found():
    asked = 'row["stat"], row["kind"] in ("special", "x"), at.is_(row, "open shut"), at.setting("panel_day")'
    assert unknown_in(ast.parse(asked)) == [(1, "stat"), (1, "x"), (1, "shut"), (1, "panel_day")]
