"""What each file of a small workspace is read as, and what one odd cell or line of it becomes, is as it is on file.

A reading or refusal that was meant to change: python tests/golden/odd_cells.py, and read the difference.
"""

import pytest

from golden.odd_cells import FOLDER, LAYOUTS, READERS, SMALL, file_of, layouts, told, workspace


def test_every_file_of_the_small_workspace_has_its_reader():
    assert set(READERS) == set(workspace())
    assert {path.name for path in FOLDER.iterdir()} == {SMALL.name, LAYOUTS.name, *map(file_of, READERS)}


@pytest.mark.parametrize("name", READERS)
def test_an_odd_cell_is_refused_or_read_as_on_file(name):
    assert told(name) == (FOLDER / file_of(name)).read_text(encoding="utf-8")


def test_the_layouts_of_the_return_are_as_on_file():
    assert layouts() == LAYOUTS.read_text(encoding="utf-8")
