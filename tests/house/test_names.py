"""One class name, one thing, in the whole package; and no word of a private tongue for a plain thing."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from source_tree import nodes, parsed

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
FILES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if "static" not in path.parts and not {"migrations", "apps.py"} & set(path.parts)
)
DIALECT = {"Told", "Foretold", "Asked", "How", "Way", "Held", "Believed", "Guide", "Pulled", "nobody", "dice", "die"}
DJANGO = {"Meta", "Migration"}


def names_in(text: str) -> Iterator[str]:
    """Classes anywhere in a file, and type names that it gives at its top."""
    yield from (node.name for node in nodes(text) if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))
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


def test_names_are_the_fields_own_words():
    for path in FILES:
        text = path.read_text("utf-8")
        defined = set(names_in(text))
        defined |= {node.name for node in nodes(text) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        defined |= {node.arg for node in nodes(text) if isinstance(node, ast.arg)}
        assert not defined & DIALECT, f"{path.relative_to(ROOT)}: {sorted(defined & DIALECT)} is no word of the field"
