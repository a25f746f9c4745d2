"""Which layout a return follows: columns known whatever their case, spelling variants counted, missing ones named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from highneeds.intake.cells_said import form
from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.sen2.fields import BLADE, Field, Layout, squashed
from highneeds.intake.sen2.layouts import all_layouts, every_column, layout_for
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

_NAME_OF_A_COLUMN = re.compile(r"[A-Za-z_]{1,20}[0-9]{0,2}")
"""One word without the long numbers of a UPN, a postcode or a day; one that begins large may be a surname."""
_BOOKKEEPING = {"nativeid", "sourceid", "recordtype", "line", "caseid"}


Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Matched:
    """layout: the one the columns follow; modules: the text of each; names: module -> column as written -> Blade name;
    present: (module, name) pairs."""

    layout: Layout
    modules: Mapping[str, RawModule]
    names: Mapping[str, Mapping[str, str]]
    present: frozenset[tuple[str, str]]
    notes: tuple[ReadingNote, ...]

    def fields(self, module: str) -> tuple[Field, ...]:
        """The fields that the file of this module holds."""
        known = every_column(module)
        return tuple(known[column] for column in self.names.get(module, {}).values() if column in known)

    def spelt(self, module: str) -> dict[str, str]:
        """Blade name -> how the file spells it, where that is another word and not only another case."""
        return {name: column for column, name in self.names.get(module, {}).items() if squashed(column) != name}


def match(raw: RawReturn, year: int) -> Matched:
    """Recognise the columns and choose the layout: the year's own, else another year's that fits them exactly."""
    notes: list[ReadingNote] = []
    names = {module: _names(module, raw.modules[module], notes) for module in MODULES if module in raw.modules}
    for module in ("persons", "requests"):
        if module not in names:
            raise InputError(
                f"There is no {BLADE[module][0]} module", where=raw.file, remedy="Give all files of the return together"
            )
    notes.extend(
        ReadingNote("no such module", module, "", f"There is no {BLADE[module][0]} module in what was given", 1)
        for module in MODULES
        if module not in names
    )
    layout = _layout(raw, names, year)
    if layout.year != year:
        words = f"The return is of {year}; its columns are read by the layout of {layout.year}"
        notes.append(ReadingNote("layout", "header", "year", words, 1))
    return Matched(layout, raw.modules, names, _present(raw, names, layout), tuple(notes))


def _names(module: str, text: RawModule, notes: list[ReadingNote]) -> dict[str, str]:
    """Column as written -> Blade name, for those that are known; the others are noted.

    Where most are unknown the row is no header: its cells may be anybody's name and are not repeated in a message.
    """
    known = {*every_column(module), *_ids(module), "caseid", "sourceid"} - {""}
    names: dict[str, str] = {}
    unknown: list[str] = []
    for column in text.columns:
        plain = squashed(column)
        name = plain if plain in known else _spelling(plain)
        if name in known and name not in names.values():
            names[column] = name
        elif plain not in _BOOKKEEPING and not plain.endswith("orderseqcolumn"):
            unknown.append(column)
    if len(unknown) > len(names):
        raise InputError(
            f"The first row does not hold the column names of {BLADE[module][0]}",
            where=Source(text.file, 1),
            remedy="Export the file again with its header row",
        )
    notes.extend(
        ReadingNote("unknown column", module, "", f"The column {_shown(column)} is not known and not read", 1)
        for column in unknown
    )
    return names


def _ids(module: str) -> set[str]:
    _, own, parent = BLADE[module]
    return {own, parent, _order(module)}


def _order(module: str) -> str:
    return f"{BLADE[module][0]}orderseqcolumn"


def _spelling(plain: str) -> str:
    return next((layout.spellings[plain] for layout in all_layouts() if plain in layout.spellings), plain)


def _shown(column: str) -> str:
    """A column's name where it is one; a stray cell in the header row, which may hold anything, as its shape."""
    is_name = _NAME_OF_A_COLUMN.fullmatch(column) and (column[0].islower() or file_name_to_keep(column) == column)
    return column if is_name else form(column)


def _layout(raw: RawReturn, names: Names, year: int) -> Layout:
    own = layout_for(year)
    if raw.offered is not None or not _missing(own, names):
        return own
    for layout in sorted(all_layouts(), key=lambda layout: -layout.year):
        if not _missing(layout, names) and not _beyond(layout, names):
            return layout
    module, columns = next(iter(_missing(own, names).items()))
    raise InputError(
        f"The column {', '.join(columns)} of the {own.year} layout is missing",
        where=Source(raw.modules[module].file, 1),
        remedy="Export the file again with all its columns",
    )


def _missing(layout: Layout, names: Names) -> dict[str, list[str]]:
    """module -> needed columns that its file lacks, the ids that join the modules among them."""
    missing = {}
    for module, columns in names.items():
        held = set(columns.values())
        needed = [field.column for field in layout.of(module) if field.needed]
        ids = [name for name in BLADE[module][1:] if name and name != "sen2tableid"]
        if lacking := [name for name in (*ids, *needed) if name not in held]:
            missing[module] = lacking
    return missing


def _beyond(layout: Layout, names: Names) -> bool:
    """Whether the files hold columns that only other years know."""
    return any(
        column in every_column(module) and column not in {field.column for field in layout.of(module)}
        for module, columns in names.items()
        for column in columns.values()
    )


def _present(raw: RawReturn, names: Names, layout: Layout) -> frozenset[tuple[str, str]]:
    held = {
        (module, field.name)
        for module, columns in names.items()
        for column, field in every_column(module).items()
        if column in columns.values()
    }
    if raw.offered is not None:
        held |= {(field.module, field.name) for field in layout.fields if (field.module, field.column) in raw.offered}
    return frozenset(held)
