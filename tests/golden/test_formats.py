"""Every block and look of a document in every format, part by part. Write them: python scripts/write_texts.py"""

import pytest

from golden.formats import FOLDER, formats
from golden.further import FURTHER

FORMATS = formats() | FURTHER


def test_every_format_is_on_file():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_as_it_was(name):
    """What was meant to change: python scripts/write_texts.py, and read the difference."""
    assert FORMATS[name]().splitlines() == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
