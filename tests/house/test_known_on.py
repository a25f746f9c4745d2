"""Each row of a workspace says from which day it is known, or its file says why no row of it has a day."""

import pytest

from highneeds.intake.workspace.columns import FILES
from highneeds.intake.workspace.known_on import COLUMN
from highneeds.registers.registry import registers


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.name)
def test_every_file_declares_the_day_of_its_rows_or_says_why_it_has_none(file):
    assert (COLUMN in {**file.required, **file.optional}) != bool(file.no_day)


@pytest.mark.parametrize("register", registers().values(), ids=lambda one: one.name)
def test_every_register_has_the_day_on_which_a_row_became_known(register):
    assert COLUMN in {one.name for one in register.columns}
