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


MOST_ARGUMENTS = 8
"""Of more something belongs together and wants its name: how much is forecast, a row as typed, what stands around a
chart."""


def arguments_in(text: str, forms: bool) -> Iterator[tuple[str, int]]:
    """Each function and how many arguments it has beside itself. What a command takes are its options, and what a
    definition is declared with by name are its fields (decision 0337): neither is counted.

    forms   whether it is a file in which forms of definitions stand
    """
    made_here = {node.name for node in nodes(text) if forms and isinstance(node, ast.ClassDef)}
    for node in nodes(text):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_command(node):
            given = node.args
            inline = [one.arg for one in (*given.posonlyargs, *given.args) if one.arg not in ("self", "cls")]
            named = [] if _declares(node, made_here) else given.kwonlyargs
            yield node.name, len(inline) + len(named)


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "command"
        for one in node.decorator_list
    )


def _declares(node: ast.FunctionDef | ast.AsyncFunctionDef, made_here: set[str]) -> bool:
    """A form: it gives, or makes of the function under it, a type that stands in the same file."""
    gives = {one.id for one in ast.walk(node.returns) if isinstance(one, ast.Name)} if node.returns else set()
    return bool(gives & made_here)


FORMS = ("mechanism", "_rule.py")
"""Where the forms of definitions stand; elsewhere a type in the same file excuses nobody."""


def test_which_arguments_are_counted():
    takes = "def add(self, a, b, *, c=1): ..."
    asked = '@command("a", "b")\ndef run(a, b, *, c): ...'
    form = "class Rule: ...\ndef rule(a, *, b, c) -> Callable[[int], Rule]: ..."
    found = [list(arguments_in(text, forms=True)) for text in (takes, asked, form)]
    assert found == [[("add", 3)], [], [("rule", 1)]]
    assert list(arguments_in(form, forms=False)) == [("rule", 3)]


def test_no_function_has_more_arguments_than_belong_apart():
    for path in ROOT.rglob("*.py"):
        forms = bool(set(FORMS) & set(path.parts))
        for name, count in arguments_in(path.read_text("utf-8"), forms):
            assert count <= MOST_ARGUMENTS, f"{path.relative_to(ROOT)}: {name} has {count}; name what belongs together"
