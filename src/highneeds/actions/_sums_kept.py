"""A document of sums, years.csv or spend.csv, that an import adds to: a restated sum is a further row with its day."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date

from highneeds.intake.workspace.known_on import COLUMN
from highneeds.store.protocol import Store

SumKey = tuple[str, ...]


class KeptSums:
    """The rows of a document by what they are of and the day from which they hold, in every version.

    keys      the columns that say what a row is of
    columns   the head of a document that is begun
    today     the day on which a sum is restated
    """

    def __init__(self, store: Store, name: str, keys: Sequence[str], columns: Sequence[str], today: date) -> None:
        self.name, self.keys, self.today = name, tuple(keys), today.isoformat()
        self.head, self.rows = _held(store, name, self.keys)
        self.head = self.head or list(columns)
        self._before = {key: dict(row) for key, row in self.rows.items()}

    def value(self, key: SumKey, column: str) -> str:
        """What stands of it now: of its versions the newest that fills the column; '' where none does."""
        return next((said for row in self._newest_first(key) if (said := row.get(column, ""))), "")

    def put(self, key: SumKey, column: str, said: str, source: str, *, restated: bool = False) -> None:
        """A sum that stands there, or that is restated, goes into a row of today; a new one into the first row."""
        version = self.today if restated or self.value(key, column) else ""
        row = self.rows.setdefault((*key, version), dict(zip((*self.keys, COLUMN), (*key, version), strict=True)))
        row[column] = said
        row["source"] = row.get("source") or source

    def leave_open(self, key: SumKey, why: str) -> None:
        """A row without its sum, where none is there: what is not known of it is missing from every total."""
        if key not in self.keys_there():
            self.rows[*key, ""] = dict(zip((*self.keys, COLUMN), (*key, ""), strict=True)) | {"note": why}

    def of(self, key: SumKey, column: str) -> str | None:
        """From which day the newest version holds that fills the column: '' for always; None where none does."""
        return next((row.get(COLUMN, "") for row in self._newest_first(key) if row.get(column)), None)

    def take_back(self, key: SumKey, column: str) -> None:
        """What was written there today was never known: it goes, with its row where nothing else stands in it."""
        row = self.rows.get((*key, self.today))
        if row is not None:
            row[column] = ""
            if not any(value for name, value in row.items() if name not in (*self.keys, COLUMN, "source", "note")):
                del self.rows[*key, self.today]

    def keys_there(self) -> set[SumKey]:
        return {key[:-1] for key in self.rows}

    def changed(self) -> bool:
        return self.rows != self._before

    def as_csv(self) -> bytes:
        """Sorted by what the rows are of, each version after the one before it; P2 before P10."""
        named = dict.fromkeys(name for row in self.rows.values() for name, said in row.items() if said)
        whole = [*self.head, *(name for name in named if name not in self.head)]
        out = io.StringIO()
        writer = csv.DictWriter(out, whole, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows[key] for key in sorted(self.rows, key=_order))
        return out.getvalue().encode()

    def _newest_first(self, key: SumKey) -> Iterator[dict[str, str]]:
        versions = sorted((one for one in self.rows if one[:-1] == key), key=lambda one: one[-1], reverse=True)
        return (self.rows[one] for one in versions)


def _held(store: Store, name: str, keys: Sequence[str]) -> tuple[list[str], dict[SumKey, dict[str, str]]]:
    """The head of a document and its rows; remarks go once figures stand there."""
    if not store.exists(name):
        return [], {}
    lines = list(csv.reader(io.StringIO(store.read(name).decode("utf-8-sig"))))
    head = [cell.strip() for cell in lines[0]]
    rows: dict[SumKey, dict[str, str]] = {}
    for cells in lines[1:]:
        if any(cells) and not cells[0].lstrip().startswith("#"):
            row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            rows[tuple(row.get(key, "") for key in (*keys, COLUMN))] = row
    return head, rows


def _order(key: SumKey) -> tuple[object, ...]:
    return tuple(tuple(int(part) if part.isdigit() else part for part in re.split(r"(\d+)", one)) for one in key)
