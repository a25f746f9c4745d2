"""Figures and remarks are data until the report: every code has its words once, and no sentence is read back."""

import ast
from pathlib import Path

import pytest

from highneeds.report.words import commitments, forecast_notes, reasons, savings
from source_tree import nodes

WORDS = {**forecast_notes.WORDS, **commitments.WORDS, **reasons.WORDS, **savings.NO_PRICE}
ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
ENGINE = ("vocabulary", "caseload", "registers", "indicators", "benchmarks", "forecast", "account", "assurance")
READS_NAMES = {
    "vocabulary/column_name.py": "names of columns",
    "vocabulary/harmless.py": "what a spreadsheet takes for a formula",
    "vocabulary/registry.py": "names of modules",
    "vocabulary/rounding.py": "a minus sign that it has just put there",
    "account/balance/published_account.py": "units of facts",
    "account/stated.py": "units of facts",
    "assurance/names.py": "digits of a telephone number",
    "account/savings/priced.py": "names of files",
    "forecast/defaults/__init__.py": "names of files",
    "forecast/learning/evidence.py": "age bands of a published table",
    "registers/mechanism/declared.py": "a key",
    "registers/mechanism/ladder.py": "a way of writing clocks",
    "registers/mechanism/personal.py": "digits of a telephone number",
}
"""Files of the engine that look at how a text begins, and at what: never at prose of our own."""


def calls_of(text: str) -> set[str]:
    calls = (node.func for node in nodes(text) if isinstance(node, ast.Call))
    return {one.attr for one in calls if isinstance(one, ast.Attribute)}


def codes_in(text: str) -> set[str]:
    made = (node.args[0] for node in nodes(text) if isinstance(node, ast.Call) and _is_note(node.func) and node.args)
    return {one.value for one in made if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _is_note(call: ast.expr) -> bool:
    return isinstance(call, ast.Attribute) and call.attr == "of" and getattr(call.value, "id", "") == "Note"


def test_every_code_has_its_words_and_no_words_are_left_over():
    used: set[str] = set()
    for path in ROOT.rglob("*.py"):
        if path.name != "note.py":
            used |= codes_in(path.read_text("utf-8"))
    assert used == set(WORDS)


@pytest.mark.parametrize("room", ENGINE)
def test_nothing_tells_sentences_apart_by_how_they_begin(room):
    for path in sorted((ROOT / room).rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name in READS_NAMES:
            continue
        assert not calls_of(path.read_text("utf-8")) & {"startswith", "endswith"}, (
            f"{name}: give it a code or a field; if it looks at no sentence of ours, say in READS_NAMES at what"
        )
