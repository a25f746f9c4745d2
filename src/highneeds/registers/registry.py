"""Find every register by itself, and read those a workspace has."""

import importlib
from functools import cache

from highneeds.intake.workspace.files import refuse_others
from highneeds.registers.register import Entries, Register
from highneeds.store.cache import NO_CACHE, Cache
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


def asks_caseload(name: str) -> bool:
    """Whether a rule of the register is held against the caseload."""
    return any(rule.cases is not None for rule in registers()[name].whole_rules)


def read_registers(folder: Place, kept: Cache = NO_CACHE) -> dict[str, Entries]:
    """The registers that a workspace holds, each with its rows and findings; unchanged ones are not read again.

    A file in registers/ that is no register is refused: its rows would vanish in silence.
    """
    own = [f"{one.name}.csv" for one in registers().values() if one.folder == "registers"]
    refuse_others(folder / "registers", [*own, *BESIDE], "registers/")
    from highneeds.registers.kept import read_kept

    read = {name: read_kept(register, folder, kept) for name, register in registers().items()}
    return {name: entries for name, entries in read.items() if entries is not None}
