"""What was worked out once is kept under the fingerprint of all that made it.

The name says everything that went in, so what is found under it is never stale. A kept file begins with the checksum of
the rest; one that is damaged is made anew. What is made is read back from the same text, so kept and made are the same.
"""

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from highneeds import __version__
from highneeds.store.place import Place

SPARED = {"forecast": 20, "caseload": 20, "books": 20, "comparisons": 5, "comparison-pages": 5, "document": 150}
FEW = 1000
"""How many of each kind are kept, the newest: SPARED of the large ones, FEW of the others, which are drawings.

Of documents there are about thirty a run.
"""
MANY = 50
"""The folder is looked through at the first of a kind that is kept, and then at every so many."""
ROOT = Path(__file__).resolve().parents[1]
COMPILED = "__pycache__"


class Cache(Protocol):
    """Where what was worked out is kept: outside of what a council has, and no harm where it is lost."""

    def find(self, kind: str, name: str) -> bytes | None:
        """What is kept; None for what is not there or not whole."""

    def keep(self, kind: str, name: str, body: bytes) -> None: ...


class NoCache:
    """Keeps nothing."""

    def find(self, kind: str, name: str) -> bytes | None:
        return None

    def keep(self, kind: str, name: str, body: bytes) -> None:
        pass


NO_CACHE = NoCache()


@cache
def _code(room: str) -> bytes:
    """The digest of one room of this program, or one file of it: of all that lies in it but what was compiled.

    Python and numba compile beside a file when it is first run: that is no other program.
    """
    digest = hashlib.sha256()
    start = ROOT / room
    paths = (
        [start]
        if start.is_file()
        else sorted(path for path in start.rglob("*") if path.is_file() and COMPILED not in path.parts)
    )
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


class FolderCache:
    """Keeps in a folder. One that cannot be written costs time and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._put: Counter[str] = Counter()

    def find(self, kind: str, name: str) -> bytes | None:
        try:
            checksum, _, body = (self.folder / f"{kind}-{name}").read_bytes().partition(b"\n")
        except OSError:
            return None
        return body if hashlib.sha256(body).hexdigest().encode() == checksum else None

    def keep(self, kind: str, name: str, body: bytes) -> None:
        """Written beside and moved into place."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            Path(beside).replace(self.folder / f"{kind}-{name}")
            if self._put[kind] % MANY == 0:
                self._spare(kind)
            self._put[kind] += 1
        except OSError:
            return

    def _spare(self, kind: str) -> None:
        kept = list(self.folder.glob(f"{kind}-*"))
        for old in sorted(kept, key=lambda one: one.stat().st_mtime, reverse=True)[SPARED.get(kind, FEW) :]:
            old.unlink(missing_ok=True)


def fingerprint_of(words: str, files: Iterable[Place], rooms: Iterable[str], libraries: Iterable[str] = ()) -> str:
    """Of `words`, the contents of `files`, the named rooms of this program, and the versions of libraries."""
    digest = hashlib.sha256(f"highneeds {__version__}\n{words}\n".encode())
    for library in libraries:
        digest.update(f"{library} {_version(library)}\n".encode())
    for room in rooms:
        digest.update(room.encode() + b"\0" + _code(room))
    for place in files:
        digest.update(place.name.encode() + b"\0" + hashlib.sha256(place.read_bytes()).digest())
    return digest.hexdigest()


def kept_or_made(kept: Cache, kind: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept as `kind` and `name`, else those that `make` gives, which are then kept."""
    found = kept.find(kind, name)
    if found is None:
        found = make()
        kept.keep(kind, name, found)
    return found


@cache
def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"
