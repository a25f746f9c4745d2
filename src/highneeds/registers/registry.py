"""Find every register by itself, and read those a workspace has."""

import importlib
from functools import cache

from highneeds.intake.workspace.files import refuse_others
from highneeds.registers.register import Entries, Register
from highneeds.store.place import Place
from highneeds.vocabulary.registry import definitions_in

BESIDE = ("published.csv",)
"""Files of the folder that are no register."""


def registers() -> dict[str, Register]:
    """Every register by its name."""
    return dict(_found())


@cache
def _found() -> tuple[tuple[str, Register], ...]:
    package = importlib.import_module(f"{__package__}.definitions")
    return tuple((register.name, register) for register in definitions_in(package, Register))


def read_registers(folder: Place) -> dict[str, Entries]:
    """The registers that a workspace holds, each with its rows and findings.

    A file in registers/ that is no register is refused: its rows would vanish in silence.
    """
    own = [f"{one.name}.csv" for one in registers().values() if one.folder == "registers"]
    refuse_others(folder / "registers", [*own, *BESIDE], "registers/")
    read = {name: register.of_workspace(folder) for name, register in registers().items()}
    return {name: entries for name, entries in read.items() if entries is not None}
