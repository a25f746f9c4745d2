"""A function does one thing, on one screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

from source_tree import nodes

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
MOST_LINES = 42
"""Of what a function does; its arguments and what it promises stand before that."""


def lengths_in(text: str) -> Iterator[tuple[str, int]]:
    """Each function and how many lines lie from the first thing it does to the last."""
    for node in nodes(text):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, last = node.body[_documented(node)] if len(node.body) > 1 else node.body[0], node.body[-1]
            yield node.name, (last.end_lineno or last.lineno) - first.lineno + 1


def _documented(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return ast.get_docstring(node, clean=False) is not None


def test_the_arguments_and_the_promise_of_a_function_are_not_counted():
    text = 'def add(\n    a,\n    b,\n):\n    """The sum.\n\n    Whole.\n    """\n    c = a + b\n\n    return c\n'
    assert list(lengths_in(text)) == [("add", 3)]


def test_no_function_is_longer_than_a_screen():
    for path in ROOT.rglob("*.py"):
        for name, lines in lengths_in(path.read_text("utf-8")):
            assert lines <= MOST_LINES, f"{path.relative_to(ROOT)}: {name} has {lines} lines; give a part its own name"
