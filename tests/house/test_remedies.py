"""What a refusal tells somebody to type is there to be typed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_runner import run
from highneeds import __version__
from highneeds.cli import commands
from source_tree import nodes

SOURCE = Path(__file__).resolve().parents[2] / "src" / "highneeds"
TYPED = re.compile(r"\bhighneeds ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)")


def words_of(call: ast.Call) -> Iterator[str]:
    """The texts of a refusal, those of its f-strings with a gap for what is filled in."""
    for part in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for one in ast.walk(part):
            if isinstance(one, ast.JoinedStr):
                yield "".join(value.value if isinstance(value, ast.Constant) else "…" for value in one.values)
            elif isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def refusals() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for call in nodes(path.read_text("utf-8")):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "").endswith("Error"):
                for text in words_of(call):
                    yield f"{path.relative_to(SOURCE)}:{call.lineno}", text


def test_a_refusal_says_what_to_do():
    """Of the engine; the office's forms say it beside the field."""
    silent = [
        f"{path.relative_to(SOURCE)}:{call.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.relative_to(SOURCE).parts[0] != "office"
        for call in nodes(path.read_text("utf-8"))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in ("InputError", "StoreError")
        and not {"remedy", None} & {keyword.arg for keyword in call.keywords}
        and len(call.args) == 1
    ]
    assert silent == []


def places_as_text(text: str) -> list[int]:
    """Lines of a source on which a refusal is given a place with its line or column in a text: `f"{file} line 3"`."""
    return [
        call.lineno
        for call in nodes(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "").endswith("Error")
        for keyword in call.keywords
        if keyword.arg == "where" and not isinstance(keyword.value, ast.Call)
        for part in ast.walk(keyword.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search(r" line |, column ", part.value)
    ]


def test_the_place_of_a_refusal_is_no_text():
    """`Source(file, 3, column="value")`: whoever needs the line asks for it, and nobody reads it out of the words."""
    assert places_as_text(
        'raise InputError("x", where=f"{file} line {n}")\nraise InputError("x", where=Source(file, n))\n'
    ) == [1]
    assert places_as_text('raise InputError("x", where=f"{row.where}, column {name}")\n') == [1]
    found = {str(path.relative_to(SOURCE)): places_as_text(path.read_text("utf-8")) for path in SOURCE.rglob("*.py")}
    assert {name: lines for name, lines in found.items() if lines} == {}


def is_a_command(typed: str, known: set[tuple[str, ...]]) -> bool:
    words = tuple(typed.split())
    return any(words[:count] in known for count in range(1, len(words) + 1))


def test_a_refusal_names_only_commands_that_exist():
    known = {command.words for command in commands()}
    assert is_a_command("new and then", known) and not is_a_command("mend it", known)
    found = [(place, typed) for place, text in refusals() for typed in TYPED.findall(text)]
    assert len(found) > 5
    assert [one for one in found if not is_a_command(one[1], known)] == []


@pytest.mark.parametrize("words", [("--version",)])
def test_the_version_is_told(words):
    done = run(*words)
    assert (done.code, done.out) == (0, f"highneeds {__version__}\n")
