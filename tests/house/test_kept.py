"""What is kept under a fingerprint is made anew when any code that it comes from changes."""

import ast
from functools import cache
from pathlib import Path

import pytest

from highneeds.report.output import RENDERERS
from source_tree import nodes

SRC = Path(__file__).resolve().parents[2] / "src"
ROOT = SRC / "highneeds"
WITHOUT_FIGURES = ("highneeds.store.",)
"""Where things are kept: no figure comes of it."""
BEGINS = {"highneeds.report.output": [one.__name__ for one in RENDERERS.values()]}
"""What is kept there is a document in one format: it is data when it comes, and the renderers do the rest."""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in ROOT.rglob("*.py")}


def named_rooms(text: str) -> tuple[str, ...]:
    """ROOMS = (...) of a file."""
    given = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    found = [node.value for node in given if isinstance(node.targets[0], ast.Name) and node.targets[0].id == "ROOMS"]
    return tuple(ast.literal_eval(found[0])) if found else ()


def imported_by(name: str) -> set[str]:
    """Modules of ours that a module imports, wherever in it; what only its types need is left out."""
    text = MODULES[name].read_text("utf-8")
    of_types = {id(part) for node in nodes(text) if _for_types(node) for part in ast.walk(node)}
    found: set[str] = set()
    for node in nodes(text):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in of_types:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {one if one in MODULES else node.module for one in whole}
    return found & MODULES.keys()


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def behind(name: str) -> frozenset[str]:
    """The module and all that it rests on."""
    found: set[str] = set()
    left = list(BEGINS.get(name, [name]))
    while left:
        one = left.pop()
        if one not in found and one != "highneeds" and not f"{one}.".startswith(WITHOUT_FIGURES):
            found.add(one)
            left += imported_by(one)
    return frozenset(found)


KEPT = sorted(name for name, path in MODULES.items() if named_rooms(path.read_text("utf-8")))


def test_there_are_things_that_are_kept():
    assert len(KEPT) > 5


@pytest.mark.parametrize("name", KEPT)
def test_the_rooms_that_a_fingerprint_names_hold_all_the_code_behind_it(name):
    rooms = named_rooms(MODULES[name].read_text("utf-8"))
    within = tuple(f"{room.removesuffix('.py')}/" for room in rooms)
    left_out = [
        one for one in behind(name) if not f"{one.removeprefix('highneeds.').replace('.', '/')}/".startswith(within)
    ]
    assert not left_out, f"{name}: a change of {sorted(left_out)} would not be seen"
