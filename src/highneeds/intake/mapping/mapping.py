"""The mapping itself: a TOML file that a council keeps, versions and improves; which column is which item, which code
means which.

    name = "Casework system, monthly"
    version = 3
    layout = 2025

    [[tables]]
    file = "plans*.csv"             # of the files given, those whose name fits
    module = "named_plans"
    id = "Plan no"                  # the row's own id; may be left out where nothing hangs from it
    parent = "Assessment no"        # the id of what it hangs from
    columns = { startdate = "Final plan issued", ceasedate = "Plan ended", ceasereason = "End reason" }
    [tables.codes.ceasereason]
    "Moved away" = "5"
    "Not known" = ""                # said to mean nothing
"""

import tomllib
from collections.abc import Mapping as Mapped
from dataclasses import dataclass
from typing import Any

from highneeds.intake.sen2.fields import BLADE
from highneeds.intake.sen2.layouts import every_column, layout_for
from highneeds.intake.sen2.rows import MODULES
from highneeds.intake.text import read_text
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError


@dataclass(frozen=True)
class TableMapping:
    """One module and where its rows stand.

    file      a file name, or a pattern with *
    own       the column with the row's id; '' numbers the rows
    parent    the column with the id of the row it hangs from
    columns   Blade column -> column of the extract
    codes     Blade column -> (value of the extract -> SEN2 code; '' for a value said to mean nothing)
    """

    module: str
    file: str
    own: str
    parent: str
    columns: Mapped[str, str]
    codes: Mapped[str, Mapped[str, str]]


@dataclass(frozen=True)
class Mapping:
    """name and version stand in the notes of every return read by it."""

    file: str
    name: str
    version: int
    layout: int
    tables: tuple[TableMapping, ...]


def read_mapping(path: Place) -> Mapping:
    """A saved mapping; what it says wrongly is refused by table and key."""
    try:
        content = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as problem:
        raise InputError(
            f"The mapping is not readable as TOML ({problem})", where=path.name, remedy="Correct it"
        ) from None
    tables = content.get("tables")
    version, layout = content.get("version"), content.get("layout", 2025)
    if not isinstance(layout, int):
        what, remedy = f"'{layout}' is no layout of a SEN2 return", "Write its year, such as layout = 2025"
        raise InputError(what, where=path.name, remedy=remedy)
    if not isinstance(version, int):
        raise InputError(
            "The mapping has no version", where=path.name, remedy="Write version = 1, and 2 when you change it"
        )
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
        raise InputError("The mapping has no [[tables]]", where=path.name, remedy="Map at least persons and requests")
    return Mapping(
        file=path.name,
        name=str(content.get("name", path.stem)),
        version=version,
        layout=layout_for(layout).year,
        tables=tuple(_table(table, f"{path.name} table {number}") for number, table in enumerate(tables, 1)),
    )


def _table(content: Mapped[str, Any], where: str) -> TableMapping:
    module = str(content.get("module", ""))
    if module not in MODULES:
        raise InputError(f"'{module}' is no module", where=where, remedy=f"Use one of {', '.join(MODULES)}")
    known = {*every_column(module), "caseid"} if module == "persons" else set(every_column(module))
    columns = _texts(content.get("columns"), where, "columns")
    codes = {name: _texts(table, where, f"codes.{name}") for name, table in dict(content.get("codes", {})).items()}
    for name in (*columns, *codes):
        if name not in known:
            raise InputError(
                f"'{name}' is no item of {module}", where=where, remedy=f"Use one of {', '.join(sorted(known))}"
            )
    parent = str(content.get("parent", ""))
    if module != "persons" and not parent:
        raise InputError(
            f"The table says not what its rows hang from ({BLADE[module][2]})", where=where, remedy="Add parent"
        )
    return TableMapping(module, str(content.get("file", "*")), str(content.get("id", "")), parent, columns, codes)


def _texts(content: Any, where: str, key: str) -> dict[str, str]:
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise InputError(f"{key} is not a table of texts", where=where, remedy='Write lines such as sex = "Gender"')
    return content
