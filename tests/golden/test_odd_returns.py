"""What each form of a SEN2 return is read as, and what its odd cells become, is as it is on file.

A reading that was meant to change: python tests/golden/odd_returns.py, and read the difference.
"""

import pytest

from golden.odd_returns import FOLDER, ODD, of_cells, of_forms


def test_each_form_is_read_as_on_file():
    assert of_forms() == (FOLDER / "forms.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("odd", ODD)
def test_odd_cells_are_read_as_on_file(odd):
    assert of_cells(odd) == (FOLDER / f"{odd}.txt").read_text(encoding="utf-8")
