"""Nothing is read out of a text that somebody wrote to be read: not by its words, its ends or the marks between."""

import ast
from pathlib import Path

import pytest

from source_tree import nodes

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
READERS = ("intake/", "store/", "claims/language/")
"""The rooms at the door, where a text from outside becomes data."""
DOORS = {
    "registers/mechanism/headline.py": "the marks of a headline's template, as a definition of a register writes it",
    "report/narrative_back.py": "the document that an officer edited, which is read back on purpose",
}
"""Files that are a door of their own: each is the one place that reads what somebody outside the code wrote, or a
language in which definitions are declared, and what it gives is data. Never a sentence that the code itself made."""
BETWEEN_PARTS = {"; ", ", ", ": ", ". ", " (", " = ", " to ", " and ", " as ", " from ", " of "}
"""Marks that stand between the parts of a sentence."""
LOOKS_FOR = {"startswith", "endswith", "removeprefix", "removesuffix", "find", "search", "match", "fullmatch"}
TAKES_APART = {"split", "rsplit", "partition", "rpartition"}
STILL_READ = {
    "office/site/templating.py": "the first sentence of several",
    "registers/definitions/post16_placements.py": "the council's own sources",
}
"""Files that read a text, and which one. It only ever gets shorter: a file that is new here wants a code or a field."""
FILES = sorted(path for path in ROOT.rglob("*.py") if not {"static", "migrations"} & set(path.parts))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read_in(text: str) -> list[str]:
    """Where words are looked for in a text, at one of its ends, or between marks: as they are written there."""
    return [ast.unparse(node)[:80] for node in nodes(text) if _looks_for_words(node) or _takes_apart(node)]


def _looks_for_words(node: ast.AST) -> bool:
    """`"is not" in said`, `"assumption" in source.lower()`, `said.removeprefix("Age ")`."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        wanted, where = _text(node.left), node.comparators[0]
        lowered = isinstance(where, ast.Call) and getattr(where.func, "attr", "") in ("lower", "casefold")
        collected = isinstance(where, ast.Tuple | ast.List | ast.Set | ast.Dict)
        return bool(wanted) and not collected and (lowered or " " in wanted.strip())
    return isinstance(node, ast.Call) and _called(node) in LOOKS_FOR and any(map(_is_prose, node.args))


def _takes_apart(node: ast.AST) -> bool:
    """`sources.split("; ")`, `title.partition(", ")`."""
    return (
        isinstance(node, ast.Call)
        and _called(node) in TAKES_APART
        and bool(node.args)
        and _text(node.args[0]) in BETWEEN_PARTS
    )


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
    ],
)
def test_a_line_that_reads_a_code_is_not(line):
    assert not read_in(line)


def test_no_text_is_read_but_by_those_that_are_named():
    found = {name_of(one): lines for one in FILES if (lines := read_in(one.read_text("utf-8")))}
    found = {name: lines for name, lines in found.items() if not name.startswith(READERS) and name not in DOORS}
    new = {name: lines for name, lines in found.items() if name not in STILL_READ}
    assert not new, f"give it a code or a field: {new}"
    assert found.keys() == STILL_READ.keys(), "strike the others from the list: it only ever gets shorter"


def test_every_door_is_one():
    assert all(read_in((ROOT / name).read_text("utf-8")) for name in DOORS), "strike what reads nothing any more"
