"""A register as a list to look through: filtered, sorted, a page at a time, however long it is.

What was read of one version of a file is kept: the records as they stand, and of them the columns that somebody asked
for. Only the rows of the page that is shown are taken apart.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from highneeds.office.evidence.models import Blob
from highneeds.office.registers.rows import Sheet, VersionedRow, read

PER_PAGE = 50
NUMBERS = ("whole number", "number", "pounds and pence")


class Listing:
    """One version of a register's file."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.places = sheet.places
        self._columns: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.places)

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of a column, one a row in the order of the file; empty ones where the file has no such column."""
        self.look_at((name,))
        return self._columns[name]

    def look_at(self, names: Iterable[str]) -> None:
        """Take several columns out of the file in one reading of it."""
        wanted = [name for name in names if name not in self._columns]
        if not wanted:
            return
        at = [self.sheet.header.index(name) if name in self.sheet.header else -1 for name in wanted]
        found: list[list[str]] = [[] for _ in wanted]
        same: dict[str, str] = {}
        for cells in csv.reader(self.sheet.lines[place + 1].decode("utf-8") for place in self.places):
            for into, place in zip(found, at, strict=True):
                cell = cells[place] if 0 <= place < len(cells) else ""
                into.append(same.setdefault(cell, cell))
        self._columns |= {name: tuple(cells) for name, cells in zip(wanted, found, strict=True)}

    def values(self, name: str) -> tuple[str, ...]:
        """The different values of a column, sorted; the empty one is none."""
        return tuple(sorted(set(self.column(name)) - {""}))

    def chosen(self, filters: Mapping[str, str], only: Collection[str] | None = None, key: str = "") -> list[int]:
        """The numbers of the rows that have what was chosen; `only`: of those the ones with these keys."""
        self.look_at(filters)
        found: Sequence[int] = range(len(self))
        for name, value in filters.items():
            cells = self.column(name)
            found = [row for row in found if cells[row] == value]
        if only is None:
            return list(found)
        keys = self.column(key)
        return [row for row in found if keys[row] in only]

    def in_order(self, rows: list[int], column: str, kind: str, falling: bool) -> list[int]:
        """The rows by the cells of a column, empty ones last whichever way it goes."""
        cells = self.column(column)
        filled = [row for row in rows if cells[row]]
        by = (lambda row: _number(cells[row])) if kind in NUMBERS else (lambda row: (0.0, cells[row]))
        return sorted(filled, key=by, reverse=falling) + [row for row in rows if not cells[row]]

    def rows(self, numbers: Iterable[int]) -> list[VersionedRow]:
        return [self.sheet.at(self.places[number]) for number in numbers]

    def row(self, column: str, value: str) -> VersionedRow | None:
        """The first row with this value; found by its number, for the keys of a version are kept."""
        number = self._keys(column).get(value)
        return None if number is None else self.sheet.at(self.places[number])

    def _keys(self, column: str) -> dict[str, int]:
        if column not in self._by_key:
            cells = self.column(column)
            self._by_key[column] = {cells[number]: number for number in range(len(cells) - 1, -1, -1)}
        return self._by_key[column]

    @cached_property
    def _by_key(self) -> dict[str, dict[str, int]]:
        return {}


def _number(cell: str) -> tuple[float, str]:
    """Numbers by their size; a cell that holds none stands behind them."""
    try:
        return float(cell.replace(",", "")), ""
    except ValueError:
        return float("inf"), cell


@lru_cache(maxsize=16)
def listing_of(version: str) -> Listing:
    """A version never changes, so what was read of it is kept for the next person who looks."""
    return Listing(read(bytes(Blob.objects.get(pk=version).body)))
