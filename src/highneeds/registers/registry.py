"""Find every register by itself, and read those a workspace has."""

import importlib
from pathlib import Path

from highneeds.intake.workspace.files import refuse_others
from highneeds.registers.register import Entries, Register
from highneeds.vocabulary.registry import definitions_in


def registers() -> dict[str, Register]:
    """Every register by its name."""
    package = importlib.import_module(__package__)
    return {register.name: register for register in definitions_in(package, Register)}


def read_registers(folder: Path) -> dict[str, Entries]:
    """The registers that a workspace's registers/ folder holds, each with its rows and findings.

    A file there that is no register is refused: its rows would vanish in silence.
    """
    found = {}
    refuse_others(folder / "registers", [f"{name}.csv" for name in registers()], "registers/")
    for name, register in registers().items():
        path = folder / "registers" / f"{name}.csv"
        if path.exists():
            found[name] = register.read(path, f"registers/{name}.csv")
    return found
