"""The questions one can ask of what a council has, and the one way to change it.

A store holds documents. A document is bytes under a name: the path that it has in the workspace folder, written with
`/`: `council.toml`, `registers/risks.csv`. A folder is one kind of store, the office's database another; whoever reads
or changes cannot tell them apart.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.store.change import Change
    from highneeds.store.record import Entry

ABSENT = ""
"""The version of a document that is not there."""


class StoreError(InputError):
    """The store cannot give or take what was asked: what, where and what to do, as every InputError."""


class ChangedMeanwhile(StoreError):
    """Somebody changed a document after the version that a change was based on.

    name      of the document
    expected  the version that the change was based on
    found     the version that is there now
    theirs    what is there now, None where it was removed
    yours     what was to be put
    """

    def __init__(self, name: str, expected: str, theirs: bytes | None, yours: bytes | None) -> None:
        super().__init__(
            "Somebody else changed this meanwhile, and nothing was written",
            where=name,
            remedy="Look at what is there now, and make your change again from it",
        )
        self.name, self.expected, self.found = name, expected, version_of(theirs)
        self.theirs, self.yours = theirs, yours


class Store(Protocol):
    """What a council has."""

    def names(self, under: str = "") -> tuple[str, ...]:
        """The names of the documents in the folder `under` and its folders, sorted; of all of them for ''.

        The record and what a store keeps for itself are not among them.
        """

    def exists(self, name: str) -> bool:
        """Whether there is a document of that name."""

    def read(self, name: str) -> bytes:
        """The document. StoreError where there is none, naming it."""

    def version(self, name: str) -> str:
        """The version of one document, as `expects` takes it: the SHA-256 of its bytes; ABSENT where there is none."""

    def fingerprint(self, names: Iterable[str] | None = None) -> str:
        """One fingerprint of the names and contents of these documents, or of all that there are."""

    def change(self, *, by: str, now: datetime, what: str, why: str = "") -> AbstractContextManager["Change"]:
        """Change documents: all that is asked within the context, or nothing of it where that ends in an error.

        by    who does it: a name or a role
        now   when, with its time zone
        what  what is done, as an officer would say it: 'Accept the return of 16 January 2025'
        why   the reason that was given

        One at a time: a second waits, and is refused with a StoreError where that takes too long. A change of which
        something is left at the end is one entry on the record; one that leaves everything as it was is none.
        """

    def record(self) -> tuple["Entry", ...]:
        """Every change, the oldest first."""


def version_of(data: bytes | None) -> str:
    """The version of a document by its bytes."""
    return ABSENT if data is None else hashlib.sha256(data).hexdigest()


def fingerprint_of(versions: Mapping[str, str]) -> str:
    """One fingerprint of several documents: name -> version. The order in which they are given does not count."""
    digest = hashlib.sha256()
    for name in sorted(versions):
        digest.update(name.encode() + b"\0" + versions[name].encode() + b"\n")
    return digest.hexdigest()
