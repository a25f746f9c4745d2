"""One definition, one file: find them all by themselves."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def modules_in(package: ModuleType) -> tuple[ModuleType, ...]:
    """Every module of a package and its sub-packages, in the order of their names; private ones (_name) are left out.

    Registries call this, so adding a file is all it takes to add a definition.
    """
    names = sorted(
        info.name
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        if not info.ispkg and not info.name.rsplit(".", 1)[1].startswith("_")
    )
    return tuple(importlib.import_module(name) for name in names)


def definitions_in(package: ModuleType, kind: type[T]) -> tuple[T, ...]:
    """Every module-level value of type `kind` in a package, each once, in the order of files and lines."""
    found: dict[int, T] = {}
    for module in modules_in(package):
        for value in vars(module).values():
            if isinstance(value, kind):
                found.setdefault(id(value), value)
    return tuple(found.values())
