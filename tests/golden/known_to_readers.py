"""What the readers of files and the store know: words, limits, patterns and what is taken where nothing is said.

Write it: python tests/golden/known_to_readers.py. Each module of the two rooms with its own constants, the values of
its enums, and the defaults of its classes and functions, in known_to_readers.txt: a word that is added or a limit that
moves is one line of difference. The layouts of the SEN2 return stand in odd_cells/sen2-layouts.txt.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import FunctionType, ModuleType

import polars as pl

from highneeds import intake, store
from highneeds.intake.sen2.fields import Field, Layout

FILE = Path(__file__).parent / "known_to_readers.txt"
PACKAGE = Path(intake.__file__).parents[1]
WIDTH = 120


def known() -> str:
    lines: list[str] = []
    for room in (intake, store):
        for found in sorted(pkgutil.walk_packages(room.__path__, f"{room.__name__}."), key=lambda one: one.name):
            module = importlib.import_module(found.name)
            said = [*_constants(module), *_defaults(module)]
            lines += [f"# {found.name.removeprefix('highneeds.')}", "", *said, ""] if said else []
    return "\n".join(lines)


def _constants(module: ModuleType) -> Iterator[str]:
    """Each constant that a module itself gives; of a mapping a line a key."""
    for name in _given(module):
        value = vars(module)[name]
        parts = value.items() if isinstance(value, Mapping) else [("", value)]
        for key, part in parts:
            if (text := _text(part)) is not None:
                yield from textwrap.wrap(f"{name} {_text(key)}".strip() + f": {text}", WIDTH, subsequent_indent="    ")


def _given(module: ModuleType) -> Iterator[str]:
    """The names that a module gives a value to."""
    for statement in ast.parse(Path(str(module.__file__)).read_text("utf-8")).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        names = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
        yield from (one.id for one in names if isinstance(one, ast.Name) and re.fullmatch(r"_?[A-Z][A-Z0-9_]*", one.id))


def _defaults(module: ModuleType) -> Iterator[str]:
    """What a class or a function takes where it is given nothing, and what an enum can be."""
    for name, made in vars(module).items():
        if getattr(made, "__module__", "") != module.__name__:
            continue
        if isinstance(made, type) and issubclass(made, Enum):
            yield f"{name}: {', '.join(str(one.value) for one in made)}"
        elif isinstance(made, type):
            given = {one.name: one.default for one in fields(made)} if is_dataclass(made) else {}
            yield from (f"{name}.{at}: {_text(value)}" for at, value in given.items() if _is_told(value))
            for member in vars(made).values():
                yield from _of_function(getattr(member, "__func__", member), f"{name}.")
        elif callable(made):
            yield from _of_function(inspect.unwrap(made), "")


def _of_function(made: object, of: str) -> Iterator[str]:
    if isinstance(made, FunctionType) and Path(made.__code__.co_filename).is_relative_to(PACKAGE):
        for one in inspect.signature(made).parameters.values():
            if one.default is not inspect.Parameter.empty and _is_told(one.default):
                yield f"{of}{made.__name__}, {one.name}: {_text(one.default)}"


def _is_told(value: object) -> bool:
    """A default that says something; that there is nothing is the usual one."""
    return value is not MISSING and bool(value) and isinstance(value, str | int | float | tuple | Enum)


def _text(value: object) -> str | None:
    """A value in a few words; None for what is made of functions, frames or layouts."""
    if isinstance(value, re.Pattern):
        return f"{value.pattern!r}, flags {value.flags}"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, Mapping):
        parts = [(_text(key), _text(one)) for key, one in value.items()]
        return "; ".join(f"{key}: {one}" for key, one in parts)
    if isinstance(value, tuple | list):
        return None if any(isinstance(one, Field | Layout) for one in value) else ", ".join(map(str, map(_text, value)))
    if isinstance(value, type):
        return value.__name__
    if is_dataclass(value) and not isinstance(value, type | Field | Layout):
        return " | ".join(str(_text(getattr(value, one.name))) for one in fields(value))
    if isinstance(value, bytes):
        return repr(value)
    if isinstance(value, Path):
        return value.name
    if isinstance(value, FunctionType):
        return value.__name__
    return str(value) if isinstance(value, Decimal | date | pl.DataType) else None


def main() -> None:
    FILE.write_text(known(), encoding="utf-8")


if __name__ == "__main__":
    main()
