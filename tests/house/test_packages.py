"""A wheel and an sdist hold all that runs where there is no repository: also what is no Python, and the built style."""

from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from conftest import REPOSITORY as ROOT

PACKAGE = Path("src/highneeds")
STYLE = "office/site/static/build/highneeds.css"


def held(builder) -> set[str]:
    """The files of the package that it takes along, relative to the package."""
    found = (Path(one.path).relative_to(ROOT) for one in builder(str(ROOT)).recurse_included_files())
    return {path.relative_to(PACKAGE).as_posix() for path in found if path.is_relative_to(PACKAGE)}


@pytest.mark.parametrize("builder", [WheelBuilder, SdistBuilder])
def test_a_package_holds_every_file_of_the_product(builder):
    there = {path.relative_to(ROOT / PACKAGE).as_posix() for path in (ROOT / PACKAGE).rglob("*") if path.is_file()}
    there = {name for name in there if "__pycache__" not in name}
    assert STYLE in there, "the style is built first: python scripts/build_assets.py"
    assert there - held(builder) == set()


def test_a_wheel_is_made_of_an_sdist_without_the_repository():
    names = {Path(one.path).relative_to(ROOT).as_posix() for one in SdistBuilder(str(ROOT)).recurse_included_files()}
    assert {"pyproject.toml", "README.md", "LICENSE"} <= names
    assert not [name for name in names if name.startswith((".venv", "node_modules", "out/"))]
