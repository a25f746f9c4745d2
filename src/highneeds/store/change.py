"""A change in the making: what is asked within one context, before any of it is done."""

from collections.abc import Callable, Mapping

from highneeds.store.names import checked
from highneeds.store.protocol import ChangedMeanwhile, StoreError, version_of
from highneeds.store.record import Changed


class Change:
    """Gathers what is to be put, appended and removed; the store does all of it at the end, or nothing.

    `read` gives what is there now, None for nothing; it is asked while the store is locked.
    """

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._before: dict[str, bytes | None] = {}
        self._private: set[str] = set()
        self._after: dict[str, bytes | None] = {}

    def put(self, name: str, data: bytes, expects: str | None = None, *, private: bool = False) -> None:
        """Put a document whole.

        private  it holds rows about single children: where it is a file it is for its owner's eyes alone
        expects  the version that this was based on, ABSENT for "there was none"; a document that has another one now
                 raises ChangedMeanwhile. None asks nothing.
        """
        self._set(name, data, expects)
        if private:
            self._private.add(name)

    def append(self, name: str, line: bytes) -> None:
        """Add to the end of a document, which begins with it where there is none. What was there stays as it is."""
        there = self.read(name) or b""
        gap = b"\n" if there and not there.endswith(b"\n") else b""
        self._set(name, there + gap + line, None)

    def remove(self, name: str, expects: str | None = None) -> None:
        """Take a document away. StoreError where there is none."""
        if self.read(name) is None:
            raise StoreError("There is nothing to remove", where=name, remedy="Look at what there is now")
        self._set(name, None, expects)

    def read(self, name: str) -> bytes | None:
        """The document as this change leaves it; None where there is none."""
        checked(name)
        if name in self._after:
            return self._after[name]
        if name not in self._before:
            self._before[name] = self._read(name)
        return self._before[name]

    @property
    def private(self) -> frozenset[str]:
        """Names of documents that were put as private."""
        return frozenset(self._private)

    @property
    def documents(self) -> Mapping[str, bytes | None]:
        """What differs at the end from what was there: name -> new bytes, None for one that goes; by name."""
        return {name: self._after[name] for name in sorted(self._after) if self._after[name] != self._before[name]}

    @property
    def changes(self) -> tuple[Changed, ...]:
        """The same as versions, for the record."""
        return tuple(
            Changed(name, version_of(self._before[name]), version_of(data)) for name, data in self.documents.items()
        )

    def _set(self, name: str, data: bytes | None, expects: str | None) -> None:
        there = self.read(name)
        if expects is not None and version_of(there) != expects:
            raise ChangedMeanwhile(name, expects, there, data)
        self._after[name] = data
