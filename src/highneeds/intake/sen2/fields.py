"""What a layout of the SEN2 return is made of: fields, each with its column, its template title and its kind."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class CellKind(StrEnum):
    """How a cell is read.

    ID        points from row to row; TEXT is only noted as given or not; PERSONAL stops at the door after deriving
    """

    ID = "id"
    DAY = "day"
    FLAG = "flag"
    CODE = "code"
    WHOLE = "whole"
    TEXT = "text"
    PERSONAL = "personal"


# our module -> the name in files and tags, its own id column, its parent's id column
BLADE: Mapping[str, tuple[str, str, str]] = {
    "header": ("sen2", "sen2tableid", ""),
    "persons": ("person", "persontableid", "sen2tableid"),
    "requests": ("requests", "requeststableid", "persontableid"),
    "assessments": ("assessment", "assessmenttableid", "requeststableid"),
    "named_plans": ("namedplan", "namedplantableid", "assessmenttableid"),
    "plan_details": ("plandetail", "plandetailtableid", "namedplantableid"),
    "active_plans": ("activeplans", "activeplanstableid", "requeststableid"),
    "placements": ("placementdetail", "placementdetailtableid", "activeplanstableid"),
    "needs": ("senneed", "senneedtableid", "activeplanstableid"),
}


@dataclass(frozen=True)
class Field:
    """One item of the return.

    module     'persons', 'requests' ... or 'header'
    column     its name in Blade CSV files and, whatever the case of the letters, its XML tag
    name       its name in our rows
    kind       how its cells are read
    title      its title in the data entry template
    width      the longest code that is still a code; longer ones are unreadable, for they may be anything
    codes      the known codes; empty where the code set is not published in what we could read
    needed     False where a file may leave the column out: names, postcodes and the like, which no measure needs
    in_xml     False where XML returns are known that do not carry the tag
    or_day     True where a code may also be written as a date, kept as 2024-09-01
    """

    module: str
    column: str
    name: str
    kind: CellKind
    title: str = ""
    width: int = 4
    codes: frozenset[str] = frozenset()
    needed: bool = True
    in_xml: bool = True
    or_day: bool = False


@dataclass(frozen=True)
class Layout:
    """One year's layout. Each year is the last one with what changed.

    spellings   other spelling -> column, for variants seen in real files; each use is noted and counted. One with
                capitals differs from the item in nothing else, and is looked for in XML alone
    """

    year: int
    fields: tuple[Field, ...]
    spellings: Mapping[str, str]

    def changed(
        self,
        year: int,
        *,
        dropped: Iterable[tuple[str, str]] = (),
        added: Iterable[Field] = (),
        **codes: frozenset[str],
    ) -> "Layout":
        """The next year's layout: (module, column) pairs dropped, fields added, code sets of columns replaced."""
        gone = set(dropped)
        kept = [field for field in self.fields if (field.module, field.column) not in gone]
        kept = [replace(field, codes=codes[field.column]) if field.column in codes else field for field in kept]
        return replace(self, year=year, fields=(*kept, *added))

    def of(self, module: str) -> tuple[Field, ...]:
        return self._by_module.get(module, ())

    @cached_property
    def _by_module(self) -> dict[str, tuple[Field, ...]]:
        return {module: tuple(field for field in self.fields if field.module == module) for module in BLADE}

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        return frozenset((field.module, field.name) for field in self.fields)


def squashed(text: str) -> str:
    """A title or tag without case, spaces and signs: two spellings of one title become one."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
