"""Read a case system's extract by a mapping, and list every value that neither the mapping nor SEN2 knows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import polars as pl

from highneeds.intake.cells_said import form
from highneeds.intake.mapping.mapping import Mapping, TableMapping
from highneeds.intake.mapping.suggest import suggested
from highneeds.intake.privacy import looks_personal, write_case_ids
from highneeds.intake.sen2.assemble import assemble
from highneeds.intake.sen2.blade import text_frame
from highneeds.intake.sen2.cells import Unreadable, reader_for
from highneeds.intake.sen2.corrections import mark_of
from highneeds.intake.sen2.fields import BLADE, CellKind, Field
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.lists import NO_LISTS, CouncilLists
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import MODULES, ReadingNote, Return
from highneeds.intake.sen2.sources import SourceFile, files_in
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

FEW_WORDINGS, MANY_ROWS, SHARE_OF_ROWS, LONGEST_WORDING = 12, 10, 0.02, 40
"""A code set of SEN2 has up to some 15 values. The commonest surname of England, Smith, is 1.3% of people (ONS), so a
value in fewer than 1 row of 50 may be one."""
UNMATCHED_SHOWN = 20
"""Of one column so many unknown values are told one by one; the others are counted."""


@dataclass(frozen=True)
class UnknownValue:
    """A value of the extract that stands for no SEN2 code yet.

    column      in the words of the extract; rows: how many hold the value
    suggestion  the code that it may stand for, and `meaning`, that code in words; both '' where nothing is alike
    distinct    how many different values of the column stand for no code; in_all: the rows of the column
    """

    file: str
    column: str
    item: str
    value: str
    rows: int
    suggestion: str = ""
    meaning: str = ""
    distinct: int = field(default=1, compare=False)
    in_all: int = field(default=1, compare=False)

    @property
    def may_be_shown(self) -> bool:
        """Whether the value is a wording and cannot be a child's name, number, day or address.

        A wrong mapping brings another column's cells here. So a value is shown where it is like a known wording of
        its column or is in many rows, and never where the column has so many values that it is none of wordings:
        Boyd and Malek are like boy and male.
        """
        if looks_personal(self.value) or self.distinct > FEW_WORDINGS or len(self.value) > LONGEST_WORDING:
            return False
        return bool(self.suggestion) or self.rows >= max(MANY_ROWS, self.in_all * SHARE_OF_ROWS)

    @property
    def sentence(self) -> str:
        shown = f"'{self.value}'" if self.may_be_shown else f"a value of the form {form(self.value)}"
        said = f"{self.file}, {self.column}: {shown} stands for no {self.item} yet, in {self.rows:,} rows."
        if not self.may_be_shown:
            return f"{said} It is not shown, for it may be a name; look in the extract, and at the mapping's column."
        if not self.suggestion:
            return said
        line = f'"{self.value}" = "{self.suggestion}"'
        return f"{said} It may be {self.meaning}: if so, write {line} under [tables.codes.{self.item}]."


def unknown_values(unknown: Iterable[UnknownValue]) -> Iterator[str]:
    """A sentence for each value, of one column at most UNMATCHED_SHOWN; then how many more it has."""
    by_column: dict[tuple[str, str, str], list[UnknownValue]] = {}
    for one in unknown:
        by_column.setdefault((one.file, one.column, one.item), []).append(one)
    for (file, column, item), values in by_column.items():
        yield from (one.sentence for one in values[:UNMATCHED_SHOWN])
        if more := values[UNMATCHED_SHOWN:]:
            rows = sum(one.rows for one in more)
            yield f"{file}, {column}: {len(more):,} more values in {rows:,} rows stand for no {item}."


def read_extract(
    paths: Path | Iterable[Path],
    mapping: Mapping,
    *,
    as_at: date,
    council: str,
    key: bytes,
    lists: CouncilLists = NO_LISTS,
    case_ids: Path | None = None,
    away_from: Path | None = None,
) -> tuple[Return, tuple[UnknownValue, ...]]:
    """The extract of the day `as_at` as a return, and the values that the mapping should come to know.

    A cell with such a value is unreadable; it is neither guessed nor dropped unsaid.
    """
    sources = files_in([paths] if isinstance(paths, Path) else list(paths))
    unknown: list[UnknownValue] = []
    modules = {"header": _header(as_at, council, mapping)}
    for module in MODULES:
        tables = [table for table in mapping.tables if table.module == module]
        frames = [_module(source, table, unknown) for table in tables for source in _fitting(sources, table, mapping)]
        if frames:
            together = pl.concat(frames, how="diagonal")
            modules[module] = RawModule.of(", ".join(table.file for table in tables), together)
    used = ReadingNote("mapping", "", "", f"Read by the mapping '{mapping.name}', version {mapping.version}", 1)
    raw = RawReturn("extract", mapping.name, modules, (used, *map(_note, unknown)), _offered(mapping))
    mark = mark_of(sources)
    return_, cases = assemble(
        raw,
        key=key,
        establishments=lists.establishments,
        mark=mark,
        corrections=lists.corrections.get(mark, ()),
        localities=lists.localities,
    )
    if case_ids is not None:
        write_case_ids(case_ids, cases.iter_rows(), away_from=away_from)
    return return_, tuple(unknown)


def _header(as_at: date, council: str, mapping: Mapping) -> RawModule:
    cells = {
        "referencedate": as_at.isoformat(),
        "year": str(as_at.year),
        "lea": council,
        "softwarecode": mapping.name,
    }
    frame = pl.DataFrame({name: [text] for name, text in cells.items()})
    return RawModule.of(mapping.file, frame.with_columns(pl.lit(1, pl.UInt32).alias("line")))


def _fitting(sources: Sequence[SourceFile], table: TableMapping, mapping: Mapping) -> list[SourceFile]:
    found = [source for source in sources if fnmatch(source.name.lower(), table.file.lower())]
    if not found:
        raise InputError(
            f"No file fits '{table.file}' for {table.module}",
            where=mapping.file,
            remedy="Give the file, or change its name in the mapping",
        )
    return found


def _module(source: SourceFile, table: TableMapping, unknown: list[UnknownValue]) -> pl.DataFrame:
    """One file's rows of a module: columns under their Blade names, values as SEN2 codes, each id once."""
    text = text_frame(source.read(), source.said)
    _, own, parent = BLADE[table.module]
    wanted = {name: column for name, column in {own: table.own, **table.columns}.items() if column}
    if table.module != "persons":
        wanted[parent] = table.parent
    missing = [column for column in wanted.values() if column not in text.columns]
    if missing:
        raise InputError(
            f"The column {', '.join(missing)} is missing", where=Source(source.said, 1), remedy="Correct the mapping"
        )
    frame = text.select(*(pl.col(column).alias(name) for name, column in wanted.items()), "line")
    if table.own:
        frame = frame.filter(pl.col(own).str.strip_chars().fill_null("") != "").unique(
            own, keep="first", maintain_order=True
        )
    else:
        frame = frame.with_columns(pl.int_range(1, pl.len() + 1).cast(pl.String).alias(own))
    columns = [_translated(frame[name], table, source, unknown) for name in table.columns if name != "caseid"]
    return frame.with_columns(columns)


def _translated(column: pl.Series, table: TableMapping, source: SourceFile, unknown: list[UnknownValue]) -> pl.Series:
    """The values of one column as SEN2 writes them; those that mean nothing yet are listed and left as they are."""
    field = every_column(table.module)[column.name]
    if field.kind not in (CellKind.CODE, CellKind.FLAG, CellKind.WHOLE):
        return column
    said = {value.strip().casefold(): code for value, code in table.codes.get(column.name, {}).items()}
    counts = column.drop_nulls().value_counts(sort=True)
    meant: dict[str, str] = {}
    found: list[UnknownValue] = []
    for value, rows in counts.iter_rows():
        plain = value.strip()
        code = said.get(plain.casefold(), plain)
        meant[value] = code
        if code and not _means_something(code, field):
            meant[value] = "\N{REPLACEMENT CHARACTER}"
            likely = suggested(column.name, plain, table.codes.get(column.name, {}))
            found.append(UnknownValue(source.said, table.columns[column.name], column.name, plain, rows, *likely))
    unknown += [replace(one, distinct=len(found), in_all=len(column)) for one in found]
    if not meant:
        return column
    return column.replace_strict(list(meant), list(meant.values()), default=None, return_dtype=pl.String)


def _means_something(code: str, field: Field) -> bool:
    try:
        value = reader_for(field)(code)
    except Unreadable:
        return False
    return not field.codes or value in field.codes


def _note(value: UnknownValue) -> ReadingNote:
    words = f"{value.rows:,} rows of {value.column} in {value.file} hold a value that the mapping does not know"
    return ReadingNote("unknown value", "", value.item, words, value.rows)


def _offered(mapping: Mapping) -> frozenset[tuple[str, str]]:
    """Only what is mapped is carried."""
    return frozenset((table.module, column) for table in mapping.tables for column in table.columns)
