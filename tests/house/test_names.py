"""One class name, one thing, in the whole package; and no word of a private tongue for a plain thing."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from source_tree import nodes, parsed

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
FILES = sorted(path for path in ROOT.rglob("*.py") if not {"static", "migrations"} & set(path.parts))
DIALECT = {"Told", "Foretold", "Asked", "How", "Way", "Held", "Believed", "Guide", "Pulled", "nobody", "dice", "die"}
NEVER_IN_A_NAME = {"told", "foretold", "believed", "dice", "guide", "guides"}
"""Words of it that stand in no name at all, of a file, a class, a function, an argument or a variable."""
DJANGO = {"Meta"}


def names_in(text: str) -> Iterator[str]:
    """Classes anywhere in a file, and type names that it gives at its top."""
    yield from (node.name for node in nodes(text) if isinstance(node, ast.ClassDef))
    for node in parsed(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name[0].isupper() and not name.isupper():
                yield name


def test_one_class_name_means_one_thing():
    places: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        for name in names_in(path.read_text("utf-8")):
            places[name].append(str(path.relative_to(ROOT)))
    twice = {name: where for name, where in places.items() if len(where) > 1 and name not in DJANGO}
    assert not twice, f"give each thing a name of its own: {twice}"


def defined_in(text: str) -> set[str]:
    """Every name that a file gives: classes, functions, arguments and variables."""
    found = set(names_in(text))
    for node in nodes(text):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def words_of(name: str) -> set[str]:
    """'_rows_told' -> rows, told; 'PathGuide' -> path, guide"""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def test_names_are_the_fields_own_words():
    for path in FILES:
        names = defined_in(path.read_text("utf-8")) | {path.stem}
        odd = names & DIALECT | {name for name in names if words_of(name) & NEVER_IN_A_NAME}
        assert not odd, f"{path.relative_to(ROOT)}: {sorted(odd)} is no word of the field"


def test_a_name_of_the_private_tongue_is_found_wherever_it_is_given():
    source = "class PathGuide: ...\ndef _rows_told(dice): ...\nbelieved = [one for foretold in ()]"
    given = defined_in(source)
    assert {name for name in given if words_of(name) & NEVER_IN_A_NAME} == given == {
        "PathGuide", "_rows_told", "dice", "believed", "foretold",
    }  # fmt: skip
