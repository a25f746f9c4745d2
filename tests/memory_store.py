"""A store in memory: the reference that the real ones are compared with."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from highneeds.store import Change, Entry, StoreError, fingerprint_of, version_of
from highneeds.store.names import checked, is_under
from highneeds.store.record import must_be_complete, next_entry


class MemoryStore:
    def __init__(self, documents: Mapping[str, bytes] = {}) -> None:
        self.documents = dict(documents)
        self.entries: list[Entry] = []

    def names(self, under: str = "") -> tuple[str, ...]:
        return tuple(sorted(name for name in self.documents if is_under(name, under)))

    def exists(self, name: str) -> bool:
        return checked(name) in self.documents

    def read(self, name: str) -> bytes:
        if not self.exists(name):
            raise StoreError("There is no such file in the workspace", where=name, remedy="Check the name")
        return self.documents[name]

    def version(self, name: str) -> str:
        return version_of(self.documents.get(checked(name)))

    def fingerprint(self, names: Iterable[str] | None = None) -> str:
        return fingerprint_of({name: self.version(name) for name in (self.names() if names is None else names)})

    def record(self) -> tuple[Entry, ...]:
        return tuple(self.entries)

    @contextmanager
    def change(self, *, by: str, now: datetime, what: str, why: str = "") -> Iterator[Change]:
        must_be_complete(by, now, what)
        change = Change(self.documents.get)
        yield change
        if change.documents:
            last = self.entries[-1] if self.entries else None
            self.entries.append(next_entry(last, by=by, now=now, what=what, why=why, changes=change.changes))
            for name, data in change.documents.items():
                if data is None:
                    del self.documents[name]
                else:
                    self.documents[name] = data
