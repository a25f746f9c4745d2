"""A register's CSV as rows that can be changed one at a time: every other byte of the file stays as it is."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from highneeds.office.evidence.bridge import InputError, version_of


@dataclass(frozen=True)
class VersionedRow:
    """place: its number in the file, 0 for the first; cells by column; version: of its bytes."""

    place: int
    cells: Mapping[str, str]
    version: str


@dataclass(frozen=True)
class Sheet:
    """A CSV file taken apart. `lines` are its records as they stand there, the header first."""

    header: tuple[str, ...]
    lines: tuple[bytes, ...]

    @property
    def rows(self) -> tuple[VersionedRow, ...]:
        return tuple(self.at(place) for place in self.places)

    @property
    def places(self) -> tuple[int, ...]:
        """The places of the rows: empty lines and remarks have none."""
        return tuple(place for place, line in enumerate(self.lines[1:]) if _is_row(line))

    def at(self, place: int) -> VersionedRow:
        line = self.lines[place + 1]
        cells = dict(zip(self.header, _cells(line) + [""] * len(self.header), strict=False))
        return VersionedRow(place, cells, version_of(line))

    def row(self, column: str, value: str) -> VersionedRow | None:
        return next((row for row in self.rows if row.cells.get(column) == value), None)

    def with_row(self, place: int | None, cells: Mapping[str, str], columns: Sequence[str] = ()) -> "Sheet":
        """Another row in that place; at the end for None. Columns that the file lacks and a cell needs are added."""
        missing = [name for name in columns if name not in self.header and cells.get(name)]
        if missing:
            return self._with_columns(missing).with_row(place, cells)
        line = _line([cells.get(name, "") for name in self.header], self._end)
        lines = list(self.lines)
        if place is None:
            if not lines[-1].endswith(b"\n"):
                lines[-1] += self._end.encode()
            lines.append(line)
        else:
            lines[place + 1] = line
        return Sheet(self.header, tuple(lines))

    @property
    def data(self) -> bytes:
        return b"".join(self.lines)

    @property
    def _end(self) -> str:
        return "\r\n" if self.lines[0].endswith(b"\r\n") else "\n"

    def _with_columns(self, names: Sequence[str]) -> "Sheet":
        header = (*self.header, *names)
        lines = [_line(header, self._end)]
        lines += [
            _line(_cells(line) + [""] * len(names), self._end) if _is_row(line) else line for line in self.lines[1:]
        ]
        return Sheet(header, tuple(lines))


def read(data: bytes) -> Sheet:
    """Take a file apart. Comment lines (#) and empty lines stay in their places."""
    lines = _records(data)
    if not lines:
        raise InputError("The file has no header", remedy="Bring back an earlier version of it")
    header = tuple(_cells(lines[0].removeprefix(b"\xef\xbb\xbf")))
    return Sheet(header, tuple(lines))


def empty(columns: Sequence[str]) -> Sheet:
    return Sheet(tuple(columns), (_line(columns, "\n"),))


def _records(data: bytes) -> list[bytes]:
    """Lines, with those joined that stand within one pair of quotation marks."""
    records: list[bytes] = []
    waiting = b""
    for line in data.splitlines(keepends=True):
        waiting += line
        if waiting.count(b'"') % 2 == 0:
            records.append(waiting)
            waiting = b""
    return records + ([waiting] if waiting else [])


def _is_row(line: bytes) -> bool:
    return bool(line.strip()) and not line.startswith(b"#")


def _cells(line: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(line.decode("utf-8"))), [])


def _line(cells: Sequence[str], end: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue().encode()
