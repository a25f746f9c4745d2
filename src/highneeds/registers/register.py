"""The words that other rooms use of this one; the machinery is in `mechanism/`, each list in `definitions/`."""

from highneeds.registers.mechanism.column import Column, Kind
from highneeds.registers.mechanism.register import Entries, Register, as_known, read_cell, with_places
from highneeds.registers.mechanism.row import RegisterRow

__all__ = ["Column", "Entries", "Kind", "Register", "RegisterRow", "as_known", "read_cell", "with_places"]
