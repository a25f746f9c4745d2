"""Small sheets and pages of every shape are read as it is on file.

A reading that was meant to change: python tests/golden/small_sheets.py, and read the difference.
"""

from golden.small_sheets import FOLDER, sheets


def test_each_sheet_is_read_as_on_file():
    assert sheets() == (FOLDER / "read.txt").read_text(encoding="utf-8")
