"""What actions make of small files is on file. Meant to change: HIGHNEEDS_WRITE_PAGES=yes, and read what differs."""

import pytest

from golden.small_actions import WAYS, made
from on_file import held


@pytest.mark.parametrize("kind", WAYS)
def test_what_an_action_makes_of_small_files_is_on_file(kind):
    held(f"actions/{kind}", [*made(kind)])
