"""All that documents, pages and tables hand on, of three small councils. Write them: python scripts/write_texts.py"""

import pytest

from golden.shapes import FOLDER, SHAPES, shape


def test_every_shape_is_on_file():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_handed_on_is_as_it_was(name):
    """What was meant to change: python scripts/write_texts.py, and read the difference."""
    assert shape(name).splitlines() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
