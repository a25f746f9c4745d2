"""What actions make of small files, whole: what is given back or refused, and every document that is written.

The files stand in actions/given.txt, those of one kind in the order in which one workspace is given them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from golden.flat import flat
from highneeds.actions.check_workspace import check_workspace
from highneeds.actions.import_dashboard import import_dashboard
from highneeds.actions.import_finance import import_finance
from highneeds.actions.keep_corrections import keep_corrections
from highneeds.checks.sen2.kept_corrections import kept_table
from highneeds.intake.sen2.corrections import read_kept
from highneeds.store.place import Place, documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table
from memory_store import MemoryStore

GIVEN = Path(__file__).parent / "actions" / "given.txt"
FIRST = datetime(2025, 7, 2, 9, tzinfo=UTC)
COUNCIL = b"""name = "Eastmoor"
la_number = "999"
region = "East"
programme = "none"
first_year = "2024-25"
last_year = "2025-26"
slots = ["July"]

rollover_month = 9
[report]
number = 1
id = "2025-07"
submitted = "2025-07-10"
slot = "July"
current_year = "2025-26"
"""
MAPPING = b"row,goes_to\nLeft out,\n"


def begun() -> MemoryStore:
    return MemoryStore({"council.toml": COUNCIL, "finance/mapping.csv": MAPPING})


def given() -> Iterator[tuple[str, str, str]]:
    """(kind, name, text) of each file."""
    parts = re.split(r"^== (.*?): (.*)\n", GIVEN.read_text("utf-8"), flags=re.MULTILINE)[1:]
    yield from zip(parts[::3], parts[1::3], parts[2::3], strict=True)


def rows_of(table: Table) -> Iterator[str]:
    yield " | ".join(table.columns)
    yield from (" | ".join(str(cell) for cell in row) for row in table.rows)


def corrected(store: MemoryStore, file: Place, now: datetime, mark: str) -> Iterator[str]:
    done = keep_corrections(store, file, by="Data lead", now=now, mark=mark)
    yield from (
        f"found: {one.rule} {one.severity} {one.file} {one.record} {one.message}. {one.fix}" for one in done.found
    )
    yield f"new {done.new}, changed {done.changed}: {', '.join(f'{day} {mark}' for mark, day, _ in done.kept)}"
    yield from rows_of(kept_table(read_kept(documents(store))))


def summed(store: MemoryStore, file: Place, now: datetime, _: str) -> Iterator[str]:
    done = import_finance(store, file, by="Finance", now=now)
    yield from rows_of(done.table())
    yield f"not mapped: {', '.join(done.unknown)}; changed: {', '.join(done.changed)}"
    yield from (f"{one.row} -> {one.goes_to}" for one in done.mapping)


def dashed(store: MemoryStore, file: Place, now: datetime, _: str) -> Iterator[str]:
    done = import_dashboard(store, file, by="SEND data", now=now)
    yield from rows_of(done.table())
    yield f"{done.sheet} {done.heads_at}; may be: {done.suggestions}; not read: {done.sheets}; changed: {done.changed}"
    yield from (f"{one.title} -> {one.indicator}, {one.unit}" for one in done.mapping)


def checked(store: MemoryStore, file: Place, now: datetime, _: str) -> Iterator[str]:
    """Each line of the file is 'name:line: text', put into the workspace there."""
    for said in file.read_bytes().decode().splitlines():
        name, line, text = said.split(":", 2)
        lines = store.documents.get(name, b"").decode().split("\n")
        lines += [""] * (int(line) - len(lines))
        lines[int(line) - 1] = text.strip()
        store.documents[name] = "\n".join(lines).encode()
    found = check_workspace(store)
    yield from (f"{place}: {value}" for place, value in flat(found.all))
    yield from (f"{name} would add: {adds}" for name, adds in found.missing)


WAYS: dict[str, Callable[[MemoryStore, Place, datetime, str], Iterator[str]]] = {
    "corrections": corrected, "finance": summed, "dashboard": dashed, "check": checked,
}  # fmt: skip


def made(kind: str) -> Iterator[str]:
    """What comes of every file of one kind: each is given a day after the one before it."""
    store, now = begun(), FIRST
    for of, name, text in given():
        way, _, mark = of.partition(" of ")
        if way != kind:
            continue
        before: dict[str, Any] = dict(store.documents)
        yield f"== {name}"
        file = documents(MemoryStore({"given.csv": text.encode()})) / "given.csv"
        try:
            yield from WAYS[way](store, file, now, mark)
        except InputError as refused:
            yield f"refused: {refused.sentence}"
        for document, data in sorted(store.documents.items()):
            if before.get(document) != data:
                yield f"{document}:"
                yield from (f"    {line}" for line in data.decode().splitlines())
        yield from (f"on the record: {one.by}, {one.what}" for one in store.record()[-1:])
        now += timedelta(days=1)
