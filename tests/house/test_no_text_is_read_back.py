"""Nothing is read out of a text that somebody wrote to be read: not by its words, its ends or the marks between."""

import ast
import re
from pathlib import Path

import pytest

from source_tree import nodes

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
READERS = ("intake/", "store/", "claims/language/")
"""The rooms at the door, where a text from outside becomes data."""
DOORS = {
    "account/variance/adequacy.py": "an officer's explanation of a variance, judged by the causes and sums it names",
    "assurance/names.py": "an officer's text, searched for names of children before it goes out",
    "claims/bound.py": "the figures that an officer binds in a text: {{ series period }}",
    "claims/recorded.py": "what the council's documents print, where it stands in the council's text",
    "office/evidence/engine.py": "what Python says of a process that broke down",
    "office/evidence/levers.py": "what somebody types into a form",
    "office/evidence/scenarios.py": "the title in a scenario file that somebody wrote",
    "office/site/on_one_line.py": "years and months in any text, kept on one line: typography, which tells nothing",
    "office/site/search.py": "what somebody searches for",
    "registers/mechanism/headline.py": "the marks of a headline's template, as a definition of a register writes it",
    "registers/mechanism/personal.py": "a cell that somebody filled, searched for what names a child",
    "registers/mechanism/workbook.py": "the parts of a workbook, as spreadsheet programs name them",
    "report/narrative_back.py": "the document that an officer edited, which is read back on purpose",
    "report/returns/quarterly_checks.py": "cells of the department's own template",
    "report/returns/template.py": "the heads of whatever template the department sends",
    "report/sections/_narrative.py": "the marks that an officer sets in a narrative: [table: name]",
}
"""Files that are a door of their own: each is the one place that reads what somebody outside the code wrote, or a
language in which definitions are declared, and what it gives is data. Never a sentence that the code itself made."""
TEXTS = {
    *("basis", "caption", "claim", "explanation", "fix", "heading", "headline", "label", "meaning", "message", "note"),
    *("printed", "reason", "remark", "remedy", "sentence", "source", "text", "title", "what", "why", "words"),
}
"""What a text is called that somebody reads: looked through, whatever for, its words are read."""
BETWEEN_PARTS = {"; ", ", ", ": ", ". ", " (", " = ", " to ", " and ", " as ", " from ", " of "}
"""Marks that stand between the parts of a sentence."""
LOOKS_FOR = {"startswith", "endswith", "removeprefix", "removesuffix", "find", "search", "match", "fullmatch"}
WORD = re.compile(r"(?<!\\)\b[A-Za-z]{3,}")
"""A word in a pattern, and no class of signs such as \\d."""
TAKES_APART = {"split", "rsplit", "partition", "rpartition"}
FILES = sorted(path for path in ROOT.rglob("*.py") if not {"static", "migrations"} & set(path.parts))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read_in(text: str) -> list[str]:
    """Where words are looked for in a text, at one of its ends, or between marks: as they are written there."""
    return [ast.unparse(node)[:80] for node in nodes(text) if _looks_for_words(node) or _takes_apart(node)]


def _looks_for_words(node: ast.AST) -> bool:
    """`"is not" in said`, `word in source.lower()`, `"top" in title`, `said.removeprefix("Age ")`."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        wanted, where = _text(node.left), node.comparators[0]
        lowered = isinstance(where, ast.Call) and getattr(where.func, "attr", "") in ("lower", "casefold")
        collected = isinstance(where, ast.Tuple | ast.List | ast.Set | ast.Dict)
        named = _named(where) in TEXTS and bool(re.search("[a-z]", wanted))
        return lowered or named or (bool(wanted) and not collected and " " in wanted.strip())
    if isinstance(node, ast.Call) and _called(node) == "compile":
        return any(WORD.search(_text(one)) for one in node.args[:1])
    return isinstance(node, ast.Call) and _called(node) in LOOKS_FOR and any(map(_is_prose, node.args))


def _takes_apart(node: ast.AST) -> bool:
    """`sources.split("; ")`, `title.partition(",")`, and figures picked out of a text sign by sign."""
    if isinstance(node, ast.GeneratorExp):
        return _named(node.generators[0].iter) in TEXTS and "isdigit" in ast.unparse(node)
    if not (isinstance(node, ast.Call) and _called(node) in TAKES_APART and node.args):
        return False
    mark = _text(node.args[0])
    return mark in BETWEEN_PARTS or (mark in {",", ";", ":"} and _named(node.func.value) in TEXTS)


def _named(node: ast.expr) -> str:
    """What something is called: 'title' of `title` and of `one.title`."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _is_prose(given: ast.expr) -> bool:
    """A text with a space in it or with a capital before small letters: 'Under', ' surplus', 'Of the'."""
    parts = [_text(one) for one in (given.elts if isinstance(given, ast.Tuple) else [given])]
    return any(" " in one or (one[:1].isupper() and one[1:].islower()) for one in parts)


def _text(given: ast.expr) -> str:
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""


@pytest.mark.parametrize(
    "line",
    [
        '"is not sure" in said',
        '"assumption" in source.lower()',
        'said.startswith(("Of £", "The override of"))',
        'balance.removesuffix(" surplus")',
        'band.startswith("Under")',
        'sources.split("; ")',
        'title.rpartition(", ")[0]',
        're.fullmatch(r"([A-Z][a-z]{2}) (.*)", said)',
        "any(word in fact.meaning.lower() for word in words)",
        '"ondition" in heading',
        '"dashboard" in one.note',
        're.compile(r"\\d+ of the plans")',
        'one.title.split(",")',
        '"".join(sign for sign in heading if sign.isdigit())',
    ],
)
def test_a_line_that_reads_a_text_is_seen(line):
    assert read_in(line)


@pytest.mark.parametrize(
    "line",
    [
        'code.startswith("gbp_")',
        '"special" in settings',
        '"two words" in ("two words", "three")',
        "cells.split()",
        'name.split("/")',
        'period.partition("..")',
        'unit.endswith("%")',
        '"{{" in text',
        'text.split("\\n")',
        're.compile(r"\\d{4}-\\d{2}")',
        'codes.split(",")',
    ],
)
def test_a_line_that_reads_a_code_is_not(line):
    assert not read_in(line)


def test_no_text_is_read_but_by_those_that_are_named():
    found = {name_of(one): lines for one in FILES if (lines := read_in(one.read_text("utf-8")))}
    found = {name: lines for name, lines in found.items() if not name.startswith(READERS) and name not in DOORS}
    assert not found, f"give it a code or a field: {found}"


def test_every_door_is_one():
    assert all(read_in((ROOT / name).read_text("utf-8")) for name in DOORS), "strike what reads nothing any more"
