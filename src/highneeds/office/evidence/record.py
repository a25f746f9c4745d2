"""The record in the database: appended to within the transaction of what it records, verified entry by entry."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from django.db import connection

from highneeds.office.evidence.bridge import Altered, Changed, Entry, must_be_complete, next_entry, verify
from highneeds.office.evidence.models import Document, DocumentVersion, RecordEntry

OFFICE = "office"


def lock(chain: str) -> None:
    """Alone with this chain until the transaction ends. SQLite has but one writer; PostgreSQL is asked for a lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(f"highneeds record {chain}".encode())])


def append(
    chain: str, *, by: str, now: datetime, what: str, why: str = "", changes: Iterable[Changed] = ()
) -> RecordEntry:
    """One entry more, within the transaction that is under way."""
    if not connection.in_atomic_block:
        raise RuntimeError("an entry is written in the transaction of what it records")
    must_be_complete(by, now, what)
    lock(chain)
    last = RecordEntry.objects.filter(chain=chain).order_by("-number").first()
    entry = next_entry(entry_of(last) if last else None, by=by, now=now, what=what, why=why, changes=changes)
    fields = {**asdict(entry), "changes": [asdict(one) for one in entry.changes]}
    return RecordEntry.objects.create(chain=chain, **fields)


def entry_of(row: RecordEntry) -> Entry:
    changes = tuple(Changed(**one) for one in row.changes)
    return Entry(row.number, row.at, row.by, row.what, row.why, changes, row.previous, row.hash)


def entries(chain: str) -> tuple[Entry, ...]:
    return tuple(entry_of(row) for row in RecordEntry.objects.filter(chain=chain).order_by("number"))


def altered() -> Iterator[tuple[str, Altered]]:
    """The first altered entry of each chain, and the first document that is not what the record says it is."""
    for chain in RecordEntry.objects.order_by("chain").values_list("chain", flat=True).distinct():
        found = verify(entries(chain)) or _document_unlike_the_record(chain)
        if found:
            yield chain, found


def _document_unlike_the_record(chain: str) -> Altered | None:
    """Every version hashes to what its entry says, and what there is now is the last version of each name."""
    from hashlib import sha256

    newest: dict[str, str] = {}
    versions = DocumentVersion.objects.filter(council__la_number=chain).select_related("entry", "blob")
    for one in versions.order_by("entry__number", "name").iterator(chunk_size=50):
        said = {change["name"]: change["after"] for change in one.entry.changes}
        digest = sha256(bytes(one.blob.body)).hexdigest() if one.blob else ""
        if said.get(one.name) != digest:
            return Altered(one.entry.number, f"{one.name} is not what this entry says was written")
        newest[one.name] = digest
    there = dict(Document.objects.filter(council__la_number=chain).values_list("name", "blob_id"))
    for name in sorted(newest.keys() | there.keys()):
        if there.get(name, "") != newest.get(name, ""):
            last = RecordEntry.objects.filter(chain=chain).order_by("-number").first()
            return Altered(last.number if last else 0, f"{name} was changed without an entry")
    return None
