"""What one changed cell of a register's worked example changes is on file. Write it: scripts/write_cells.py"""

import sys
from pathlib import Path

import pytest

from highneeds.registers.registry import registers

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from write_cells import CELLS, cells_text


@pytest.mark.parametrize("register", registers().values(), ids=lambda register: register.name)
def test_a_changed_cell_changes_what_is_on_file(register):
    """Measures, findings and due days that were meant to move: python scripts/write_cells.py, and read the lines."""
    assert (CELLS / f"{register.name}.txt").read_text(encoding="utf-8") == cells_text(register)


def test_every_file_is_that_of_a_register():
    assert {path.stem for path in CELLS.glob("*.txt")} == set(registers())
