"""Figures and remarks are data until the report: every code has its words once, and no sentence is read back."""

import ast
from pathlib import Path

import pytest

from highneeds.report.words import commitments, forecast_notes, savings
from source_tree import nodes

WORDS = {**forecast_notes.WORDS, **commitments.WORDS, **savings.NO_PRICE}
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
    "forecast/published/drivers.py": "age bands of a published table",
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


READERS = {
    "startswith",
    "endswith",
    "split",
    "partition",
    "rpartition",
    "find",
    "index",
    "search",
    "match",
    "fullmatch",
}
READS_TEXT = {
    "report/narrative_back.py": "the officer's own document, read back on purpose",
    "report/pages/results_of.py": "the number before a section's title, which the report has put there",
    "report/charts/scale.py": "'Jan 2024' among the labels of an axis",
    "report/sections/forecast.py": "the sector before the phase in the title of a price line",
    "report/sections/others.py": "what the council's own benchmarks.csv gives as basis",
}


def prose_read_in(text: str) -> list[str]:
    """Where a text is asked for words of ours: `"is not" in said`, `said.startswith("Of the")`, `said.split(" (")`."""
    found = []
    for node in nodes(text):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            found.append(node.left)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            found += [part for argument in node.args for part in ast.walk(argument)]
    texts = [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [one for one in texts if " " in one.strip(" ") or one.endswith(" (") or one in (", ", ". ", "; ", ": ")]


def test_reading_a_sentence_is_seen_and_reading_a_code_is_not():
    assert prose_read_in('"is not sure" in said') and prose_read_in('said.startswith(("Of £", "The override of"))')
    assert prose_read_in('title.split(" (")[0]') and prose_read_in("title.split(', ', 1)[-1]")
    assert not prose_read_in('code.startswith("gbp_")') and not prose_read_in('"special" in settings')


def test_no_section_page_or_return_reads_a_sentence():
    for path in sorted((ROOT / "report").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if "words" not in path.parts and name not in READS_TEXT:
            found = prose_read_in(path.read_text("utf-8"))
            assert not found, f"{name} looks for {found} in a text: give it a code or a field"
