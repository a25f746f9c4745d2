"""A council's documents in the office's database: a store as the engine knows it, each version kept.

It is locked by the database: changes of one council come one after another, and each is one transaction with its entry
on the record.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from highneeds.office.evidence import record
from highneeds.office.evidence.bridge import ABSENT, Change, Entry, StoreError, checked, fingerprint_of, is_under
from highneeds.office.evidence.models import Blob, Document, DocumentVersion
from highneeds.office.evidence.once import once
from highneeds.office.people.models import Council


class DatabaseStore:
    """The store of one council."""

    def __init__(self, council: Council) -> None:
        self.council = council

    def names(self, under: str = "") -> tuple[str, ...]:
        return tuple(sorted(name for name in self.versions() if is_under(name, under)))

    def exists(self, name: str) -> bool:
        return self.version(name) != ABSENT

    def read(self, name: str) -> bytes:
        found = once(("document", self.council.pk, name), lambda: self._bytes(checked(name)))
        if found is None:
            raise StoreError("There is no such document", where=name, remedy="Check the name")
        return found

    def version(self, name: str) -> str:
        return self.versions().get(checked(name), ABSENT)

    def versions(self) -> dict[str, str]:
        """Every name with its version."""
        return once(("versions", self.council.pk), lambda: dict(self._now().values_list("name", "blob_id")))

    def fingerprint(self, names: Iterable[str] | None = None) -> str:
        there = self.versions()
        return fingerprint_of(there if names is None else {name: there.get(checked(name), ABSENT) for name in names})

    def record(self) -> tuple[Entry, ...]:
        return record.entries(self.council.la_number)

    @contextmanager
    def change(self, *, by: str, now: datetime, what: str, why: str = "") -> Iterator[Change]:
        with transaction.atomic():
            record.lock(self.council.la_number)
            change = Change(self._bytes)
            yield change
            if change.documents:
                refuse_frozen(self.council, change.documents)
                entry = record.append(
                    self.council.la_number, by=by, now=now, what=what, why=why, changes=change.changes
                )
                for name, data in change.documents.items():
                    self._keep(name, data, entry)
                content_changed(self.council, tuple(change.documents), now)

    def _now(self) -> Any:
        return Document.objects.filter(council=self.council)

    def _bytes(self, name: str) -> bytes | None:
        found = self._now().filter(name=name).values_list("blob__body", flat=True).first()
        return None if found is None else bytes(found)

    def _keep(self, name: str, data: bytes | None, entry: Any) -> None:
        last = DocumentVersion.objects.filter(council=self.council, name=name).order_by("-number").first()
        number = last.number + 1 if last else 1
        blob = keep_bytes(data) if data is not None else None
        DocumentVersion.objects.create(council=self.council, name=name, number=number, blob=blob, entry=entry)
        if blob is None:
            self._now().filter(name=name).delete()
        else:
            Document.objects.update_or_create(
                council=self.council, name=name, defaults={"blob": blob, "number": number}
            )


def keep_bytes(data: bytes) -> Blob:
    """The blob of these bytes, kept once."""
    from hashlib import sha256

    blob, _ = Blob.objects.get_or_create(sha256=sha256(data).hexdigest(), defaults={"body": data})
    return blob


def refuse_frozen(council: Council, names: Iterable[str]) -> None:
    """The documents of a slot that was submitted stay as they were, until its submission is unlocked or replaced."""
    from highneeds.office.programme.models import Slot

    frozen = Slot.objects.filter(council=council, frozen_at__isnull=False)
    for slot in frozen:
        for name in names:
            if is_under(name, slot.folder):
                raise StoreError(
                    f"{slot.title} was submitted and is frozen", where=name, remedy="Start a new version of it first"
                )


def content_changed(council: Council, names: tuple[str, ...], now: datetime) -> None:
    """What was signed or made ready may no longer be what there is: the submissions are told."""
    from highneeds.office.submission.actions import documents_changed

    documents_changed(council, names, now)
