"""The XML return: read as it streams by, in constant memory, without entities, DOCTYPE or anything from outside.

The parser is expat, which keeps no tree and knows the line of every element (docs/decisions/0021).
"""

import codecs
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from xml.parsers import expat

import polars as pl

from highneeds.intake.sen2.fields import BLADE, CellKind, squashed
from highneeds.intake.sen2.header import TELLING, two_headers
from highneeds.intake.sen2.layouts import all_layouts, every_column
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.intake.text import encoding_of
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import Progress, no_progress
from highneeds.vocabulary.source import Source

MAX_DEPTH = 12
MAX_TEXT = 10_000
MAX_ROWS_PER_PERSON = 10_000
CHUNK_ROWS = 5_000
_MODULE_OF = {BLADE[module][0]: module for module in MODULES}
_SAID_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]+)")
_IN_OTHER_CAPITALS = frozenset(name for layout in all_layouts() for name in layout.spellings if not name.islower())


@lru_cache(maxsize=2_000)
def _named(tag: str) -> str:
    """The name of a tag without namespace, in small letters where no other capitals are known."""
    plain = tag.rsplit(":", 1)[-1]
    return plain if plain in _IN_OTHER_CAPITALS else squashed(plain)


class _Reader:
    """What has been seen so far: the open elements, the row being filled of each open module, finished rows."""

    def __init__(self, file: str, encoding: str | None) -> None:
        self.file = file
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_doctype
        self.depth = 0
        self.header: dict[str, str] = {}
        self.open: list[tuple[str, dict[str, object]]] = []
        self.text: str | None = None
        self.closing = ""
        self.row: dict[str, object] = {}
        self.known: dict[str, str] = {}
        self.rows: dict[str, list[dict[str, object]]] = {module: [] for module in MODULES}
        self.frames: dict[str, list[pl.DataFrame]] = {module: [] for module in MODULES}
        self.count = dict.fromkeys(MODULES, 0)
        self.below_person = 0
        self.unknown: dict[tuple[str, str], int] = {}
        self.spelt: dict[tuple[str, str, str], int] = {}
        self.columns = {module: _columns(module) for module in MODULES}
        self.schemas = {module: _schema(module) for module in MODULES}
        self.repeating = {module: _repeating(module) for module in MODULES}

    def refuse_doctype(self, *_: object) -> None:
        raise InputError(
            "The file carries a DOCTYPE or entities, which a return never needs",
            where=Source(self.file, self.parser.CurrentLineNumber),
            remedy="Export the return again from your system",
        )

    def start(self, tag: str, _: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise InputError("The elements are nested too deeply", where=self._here(), remedy="Export the return again")
        name = _named(tag)
        if name in _MODULE_OF and (name != "requests" or self._inside("persons")):
            self._open_row(_MODULE_OF[name])
        self.text = ""

    def _inside(self, module: str) -> bool:
        return bool(self.open) and self.open[-1][0] == module

    def _open_row(self, module: str) -> None:
        _, own, parent = BLADE[module]
        self.below_person = 0 if module == "persons" else self.below_person + 1
        if self.below_person > MAX_ROWS_PER_PERSON:
            raise InputError("One person has too many records", where=self._here(), remedy="Export the return again")
        self.count[module] += 1
        above = next((row[parent] for held, row in reversed(self.open) if BLADE[held][1] == parent), None)
        row: dict[str, object] = {own: self.count[module], "line": self.parser.CurrentLineNumber}
        if parent != "sen2tableid":
            row[parent] = above
        self.open.append((module, row))
        self._look_at_innermost()

    def _look_at_innermost(self) -> None:
        """Items now belong to the innermost open record; outside of any they are the header's."""
        module, self.row = self.open[-1] if self.open else ("", {})
        self.closing = BLADE[module][0] if module else ""
        self.known = self.columns[module] if module else {}

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text = self.text + text if self.text else text
            if len(self.text) > MAX_TEXT:
                raise InputError("An item holds too much text", where=self._here(), remedy="Export the return again")

    def end(self, tag: str) -> None:
        self.depth -= 1
        name = _named(tag)
        if name == self.closing:
            self._close_row()
        elif self.text is not None:
            column = self.known.get(name)
            if column == name:
                self.row[column] = self.text.strip()
            else:
                self._odd_item(name, column, self.text.strip())
        self.text = None

    def _odd_item(self, name: str, column: str | None, text: str) -> None:
        """An item of the header, one in another spelling, or one that is not known."""
        if not self.open:
            if name in TELLING and self.header.get(name, text) != text:
                raise two_headers(self.header[name], text, self._here())
            if len(self.header) < 100:
                self.header.setdefault(name, text)
            return
        module, row = self.open[-1]
        if column is None:
            if text and len(self.unknown) < 200:
                self.unknown[module, name] = self.unknown.get((module, name), 0) + 1
            return
        self.spelt[module, name, column] = self.spelt.get((module, name, column), 0) + 1
        row[column] = text

    def _close_row(self) -> None:
        module, row = self.open.pop()
        self._look_at_innermost()
        self.rows[module].append(row)
        if len(self.rows[module]) >= CHUNK_ROWS:
            self._flush(module)

    def _flush(self, module: str) -> None:
        """Put the rows of a module away small: texts that repeat as categories, so that a national return fits."""
        rows, schema = self.rows[module], self.schemas[module]
        columns = {name: [row.get(name) for row in rows] for name in schema}
        repeating = [pl.col(name).cast(pl.Categorical) for name in schema if name in self.repeating[module]]
        self.frames[module].append(pl.DataFrame(columns, schema=schema).with_columns(repeating))
        self.rows[module] = []

    def raw_module(self, module: str) -> RawModule:
        """The rows of a module in the order in which they begin, with the columns that any row fills."""
        self._flush(module)
        frame = pl.concat(self.frames.pop(module)).rechunk()
        _, own, parent = BLADE[module]
        if not frame[own].is_sorted():
            frame = frame.sort(own)
        ids = {own, parent, "line"}
        kept = [name for name in frame.columns if name in ids or frame[name].null_count() < frame.height]
        frame = frame.select(kept)
        columns = tuple(name for name in kept if name != "line")
        return RawModule(self.file, columns, lambda: frame.with_columns(pl.col(columns).cast(pl.String)))

    def _here(self) -> Source:
        return Source(self.file, self.parser.CurrentLineNumber)


def _schema(module: str) -> dict[str, pl.DataType]:
    """Ids are our own numbers, the rest is text."""
    ids = dict.fromkeys(BLADE[module][1:], pl.Int64())
    return {**dict.fromkeys(sorted(every_column(module)), pl.String()), **ids, "line": pl.UInt32()}


def _repeating(module: str) -> frozenset[str]:
    """Columns in which the same few texts stand over and over."""
    return frozenset(name for name, field in every_column(module).items() if field.kind is not CellKind.PERSONAL)


def _columns(module: str) -> dict[str, str]:
    """tag, plain or in a known other spelling -> column."""
    known = {column: column for column in every_column(module)}
    for layout in all_layouts():
        known.update({other: column for other, column in layout.spellings.items() if column in known})
    return known


def read_xml(
    pieces: Callable[[], Iterable[bytes]], file: str, size: int = 0, progress: Progress = no_progress
) -> RawReturn:
    """One XML return as text.

    pieces   gives the file's bytes piece by piece, from the start each time it is called
    size     how many bytes they are; told hears how many of them are read
    """
    is_windows = _is_windows(pieces())
    reader = _Reader(file, "windows-1252" if is_windows else None)
    try:
        done = 0
        for piece in pieces():
            reader.parser.Parse(piece, False)
            done += len(piece)
            progress(f"Reading the XML, {reader.count['persons']:,} people so far", done, max(size, done))
        reader.parser.Parse(b"", True)
    except expat.ExpatError as problem:
        words = expat.ErrorString(problem.code)
        raise InputError(
            f"The file is not readable as XML ({words})",
            where=Source(file, problem.lineno),
            remedy="Export the return again from your system",
        ) from None
    except (LookupError, ValueError) as problem:
        raise InputError(
            "The file is not readable as XML (its encoding is not known)", where=file, remedy="Save it as UTF-8"
        ) from problem
    if not reader.count["persons"] and "referencedate" not in reader.header:
        raise InputError("This is not a SEN2 return", where=file, remedy="Give the XML file made for COLLECT")
    modules = {module: reader.raw_module(module) for module in MODULES}
    modules["header"] = RawModule.of(file, _header_frame(reader.header))
    notes = (*_encoding_notes(is_windows), *_notes(reader))
    return RawReturn("xml", file, modules, notes, _offered(modules))


def _encoding_notes(is_windows: bool) -> Iterable[ReadingNote]:
    if is_windows:
        words = "The file says that it is UTF-8 and is not; it is read as Windows-1252"
        yield ReadingNote("encoding", "header", "", words, 1)


def _is_windows(pieces: Iterable[bytes]) -> bool:
    """Whether the file says UTF-8, or nothing, and is Windows-1252 all the same."""
    rest = iter(pieces)
    first = next(rest, b"")
    said = _SAID_ENCODING.match(first)
    if encoding_of(first).startswith("utf-16") or (said and said[1].lower() not in (b"utf-8", b"utf8")):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in chain((first,), rest):
            decoder.decode(piece)
    except UnicodeDecodeError:
        return True
    return False


def _header_frame(header: dict[str, str]) -> pl.DataFrame:
    cells: dict[str, object] = dict(header)
    return pl.DataFrame({name: [value] for name, value in cells.items()}).with_columns(
        pl.lit(1, pl.UInt32).alias("line")
    )


def _offered(modules: dict[str, RawModule]) -> frozenset[tuple[str, str]]:
    """What the file can carry: an item without content is left out of XML, so most count as carried.

    Items that some XML returns do not know are carried where one of them occurs in the file.
    """
    return frozenset(
        (module, column)
        for module in MODULES
        for column, field in every_column(module).items()
        if field.in_xml or any(not every_column(module)[name].in_xml for name in _held(module, modules))
    )


def _held(module: str, modules: dict[str, RawModule]) -> list[str]:
    return [name for name in modules[module].columns if name in every_column(module)]


def _notes(reader: _Reader) -> tuple[ReadingNote, ...]:
    spelt = (
        ReadingNote("spelling", module, column, f"{name} is read as {column}", count)
        for (module, name, column), count in reader.spelt.items()
    )
    unknown = (
        ReadingNote("unknown column", module, "", f"The item {name[:40]} is not known and not read", count)
        for (module, name), count in reader.unknown.items()
    )
    return (*spelt, *unknown)
