"""The nine COLLECT Blade CSV files: text in any encoding and line end, columns in any order, quoted line breaks."""

import codecs
import csv
import io
import re
from collections.abc import Iterable

import numpy as np
import polars as pl

from highneeds.intake.sen2.fields import BLADE, squashed
from highneeds.intake.sen2.raw import RawModule
from highneeds.intake.sen2.rows import MODULES
from highneeds.intake.sen2.sources import SourceFile
from highneeds.intake.text import decode, encoding_of
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

MAX_CELL = 100_000
_MODULE_OF = {blade: module for module, (blade, _, _) in BLADE.items()}
_NAME = re.compile(rf"^(?P<before>.*?)(?P<blade>{'|'.join(_MODULE_OF)})$")


def module_by_name(stem: str) -> tuple[str, str] | None:
    """('requests', 'blade-export_18-01-2024_') of a file name such as Blade-Export_18-01-2024_requests."""
    found = _NAME.match(stem.strip().lower())
    return (_MODULE_OF[found["blade"]], found["before"]) if found else None


def module_by_columns(columns: Iterable[str]) -> str | None:
    """The module whose own id column and one further column of its own stand in the header."""
    held = {squashed(column) for column in columns}
    for module in (*reversed(MODULES), "header"):
        _, own, parent = BLADE[module]
        if own in held and (not parent or parent in held or module == "persons"):
            return module
    return None


def read_module(source: SourceFile) -> RawModule:
    """One CSV file: its columns now, its text when it is asked for."""
    columns = _columns(source.head(), source.said)
    return RawModule(source.said, columns, lambda: text_frame(source.read(), source.said))


def _columns(head: bytes, file: str) -> tuple[str, ...]:
    """The column names in the first kilobytes of a file."""
    text = head.decode(encoding_of(head), errors="replace").lstrip("\ufeff\r\n")
    frame = text_frame(re.split("[\r\n]", text, maxsplit=1)[0].encode("utf-8"), file)
    return tuple(column for column in frame.columns if column != "line")


def text_frame(data: bytes, file: str) -> pl.DataFrame:
    """A CSV file as a frame of strings with the `line` each row begins on. Quick where the file is regular."""
    plain = _as_utf8(data, file)
    if not plain.strip():
        raise InputError("The file is empty", where=file, remedy="It needs a header row and one row per record")
    quick = _quick(plain)
    return quick if quick is not None else _careful(plain, file)


def _as_utf8(data: bytes, file: str) -> bytes:
    """UTF-8 without a mark, however often it stands there; '\\r' alone as a line end is made '\\n'."""
    while data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
    if encoding_of(data) == "utf-8" and b"\x00" not in data and data.count(b"\r") == data.count(b"\r\n"):
        return data
    return decode(data, file).encode("utf-8")


def _quick(data: bytes) -> pl.DataFrame | None:
    """The frame by polars, or None where the file is not wholly regular, to be read with care.

    Regular: no stray quotes, every row as long as the header, no column without a name and none twice. Then the line of
    a row is one more than the row before and the line breaks within it.
    """
    header = io.BytesIO(data).readline().decode("utf-8").strip().split(",")
    columns = [cell.strip().strip('"').strip() for cell in header]
    if "" in columns or '"' in "".join(columns):
        return None
    try:
        frame = pl.read_csv(data, infer_schema=False, has_header=False, skip_lines=1, new_columns=columns)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError):
        return None
    lines = _lines(frame, data)
    return None if lines is None else frame.with_columns(lines)


def _lines(frame: pl.DataFrame, data: bytes) -> pl.Series | None:
    """The line each row begins on, or None where the counts of rows and line breaks do not agree."""
    ends = data.count(b"\n") + (not data.endswith(b"\n"))
    breaks = np.zeros(frame.height, dtype=np.int64)
    if ends != frame.height + 1:
        for column in frame.columns:
            breaks += frame[column].str.count_matches("\n", literal=True).fill_null(0).to_numpy()
        if ends != frame.height + 1 + breaks.sum():
            return None
    begins = np.arange(2, frame.height + 2, dtype=np.int64)
    begins[1:] += np.cumsum(breaks)[:-1]
    return pl.Series("line", begins, dtype=pl.UInt32)


def _careful(data: bytes, file: str) -> pl.DataFrame:
    """Row by row: blank lines, ragged rows, and an exact word about what cannot be read."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    columns: list[str] = []
    lines: list[int] = []
    cells: list[list[str]] = []
    before = 0
    try:
        for row in reader:
            begins, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not columns:
                columns = _header(row, file, begins)
                continue
            cells.append(_fitted(row, len(columns), file, begins))
            lines.append(begins)
    except csv.Error as problem:
        raise InputError(
            f"The file is not readable as CSV ({problem})",
            where=Source(file, before + 1),
            remedy="Check the quotes of the row that begins there",
        ) from problem
    frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_columns(pl.Series("line", lines, dtype=pl.UInt32))


def _header(row: list[str], file: str, line: int) -> list[str]:
    while row and not row[-1].strip():
        row = row[:-1]
    columns = [cell.strip() or f"unnamed{place}" for place, cell in enumerate(row)]
    twice = next((place for place, column in enumerate(columns) if column in columns[:place]), None)
    if twice is not None:
        earlier = columns.index(columns[twice]) + 1
        raise InputError(
            f"Columns {earlier} and {twice + 1} have the same name",
            where=Source(file, line),
            remedy="Remove one of them, and check that the first row holds the column names",
        )
    return columns


def _fitted(row: list[str], width: int, file: str, line: int) -> list[str]:
    if any(cell.strip() for cell in row[width:]):
        raise InputError(
            f"The row has {len(row)} cells where the header has {width}",
            where=Source(file, line),
            remedy="Put text that holds a comma in double quotes",
        )
    return row[:width] + [""] * (width - len(row))
