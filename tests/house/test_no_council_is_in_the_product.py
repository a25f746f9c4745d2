"""No council's name is in what the product says or does: names, areas and regions come of the workspace or the pack."""

import ast
from pathlib import Path

from source_tree import nodes

ROOT = Path(__file__).resolve().parents[2] / "src" / "highneeds"
WORKED = ("claims/kinds/_worked.py",)
"""Worked examples of claims, which are judged against the founding example's figures."""


def spoken(path: Path) -> list[str]:
    """Every text of a module that is no docstring and no note under a constant."""
    source = nodes(path.read_text("utf-8"))
    silent = {id(node.value) for node in source if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in source
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    ]


def test_no_module_speaks_of_the_founding_council():
    found = [
        (path.relative_to(ROOT).as_posix(), text)
        for path in sorted(ROOT.rglob("*.py"))
        for text in spoken(path)
        if "Kent" in text and not path.as_posix().endswith(WORKED)
    ]
    assert not found


def test_data_of_the_product_names_a_council_only_as_a_source():
    for path in [*ROOT.rglob("*.toml"), *ROOT.rglob("*.html"), *ROOT.rglob("*.yaml")]:
        for line in path.read_text("utf-8").splitlines():
            assert "Kent" not in line or line.strip().startswith(("source:", "#")), f"{path.name}: {line}"
