"""A workspace folder as a store: plain files that a person can read, edit and keep under version control.

record.jsonl           the record
.highneeds/lock        held while somebody changes something
.highneeds/staged/     the new documents of a change under way
.highneeds/journal     says where each of them goes; its coming into being is the moment at which a change is made

Everything new is in staged/ and on the disk before the journal comes into being, and is only moved afterwards. Whoever
opens the folder after a kill finds either a journal, and moves what is not moved yet, or none, and clears staged/.
"""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from highneeds.store.change import Change
from highneeds.store.names import RECORD, checked, is_under
from highneeds.store.protocol import ABSENT, StoreError, fingerprint_of, version_of
from highneeds.store.record import Entry, entries_of, must_be_complete, next_entry

OWN = ".highneeds"
PRIVATE = ("caseload/", "finance/ledger/", RECORD)
"""What comes of children's and payees' rows, and who did what, is for the owner's eyes: mode 0600."""
PATIENCE = 10.0
PAUSE = 0.02


class FolderStore:
    """The store of one workspace folder.

    patience  seconds for which a change waits while another is being made
    """

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        if not folder.is_dir():
            raise StoreError(
                "The workspace folder is missing", where=str(folder), remedy="Check the name, or run highneeds new"
            )
        self.folder = folder
        self._root = folder.resolve()
        self._own = self._root / OWN
        self._patience = patience

    def __repr__(self) -> str:
        return f"FolderStore({str(self.folder)!r})"

    def names(self, under: str = "") -> tuple[str, ...]:
        self._settle()
        start = self._path(checked(under.rstrip("/"))) if under else self._root
        return tuple(sorted(name for name in self._walk(start) if name != RECORD and is_under(name, under)))

    def exists(self, name: str) -> bool:
        self._settle()
        return self._path(checked(name)).is_file()

    def read(self, name: str) -> bytes:
        self._settle()
        found = self._bytes(checked(name))
        if found is None:
            raise StoreError("There is no such file in the workspace", where=name, remedy="Check the name")
        return found

    def version(self, name: str) -> str:
        self._settle()
        return version_of(self._bytes(checked(name)))

    def fingerprint(self, names: Iterable[str] | None = None) -> str:
        return fingerprint_of({name: self.version(name) for name in (self.names() if names is None else names)})

    def record(self) -> tuple[Entry, ...]:
        self._settle()
        return entries_of(self._bytes(RECORD) or b"")

    def recorded(self) -> bytes:
        """The record as it lies there, for `verify`."""
        self._settle()
        return self._bytes(RECORD) or b""

    @contextmanager
    def change(self, *, by: str, now: datetime, what: str, why: str = "") -> Iterator[Change]:
        must_be_complete(by, now, what)
        with self._locked(by):
            change = Change(self._bytes)
            yield change
            if change.documents:
                earlier = self._bytes(RECORD) or b""
                last = entries_of(earlier)[-1:]
                entry = next_entry(
                    last[0] if last else None, by=by, now=now, what=what, why=why, changes=change.changes
                )
                self._commit({**change.documents, RECORD: earlier + entry.line}, change.private)

    # What is there

    def _walk(self, start: Path) -> Iterator[str]:
        for folder, folders, files in os.walk(start):
            folders[:] = [one for one in folders if not one.startswith(".")]
            for one in folders:
                if (Path(folder) / one).is_symlink():
                    self._path((Path(folder) / one).relative_to(self._root).as_posix())
            for file in files:
                if not file.startswith("."):
                    yield (Path(folder) / file).relative_to(self._root).as_posix()

    def _path(self, name: str) -> Path:
        """The place of a document; one that leads out of the workspace by a link is refused by its name."""
        path = self._root / name
        if not path.resolve().is_relative_to(self._root):
            raise StoreError(
                "This links to something outside the workspace",
                where=name,
                remedy="Copy what it links to into the workspace",
            )
        return path

    def _bytes(self, name: str) -> bytes | None:
        try:
            return self._path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except IsADirectoryError as problem:
            raise StoreError("This is a folder, not a file", where=name, remedy="Name the file") from problem

    # Changing it

    @contextmanager
    def _locked(self, by: str) -> Iterator[None]:
        """Alone with the folder, and what another left unfinished when it died is finished or cleared away."""
        self._path(OWN).mkdir(mode=0o700, exist_ok=True)
        handle = os.open(self._own / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait_for(handle)
            self._recover()
            os.truncate(handle, 0)
            os.pwrite(handle, by.strip().encode(), 0)
            yield
        finally:
            os.close(handle)

    def _wait_for(self, handle: int) -> None:
        pause = threading.Event()
        for _ in range(max(1, round(self._patience / PAUSE))):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                pause.wait(PAUSE)
        holder = os.pread(handle, 200, 0).decode(errors="replace")
        raise StoreError(
            f"The workspace is being changed by {holder or 'somebody else'}",
            where=str(self.folder),
            remedy="Wait until that is done, and try again",
        )

    def _settle(self) -> None:
        """Before reading: a change whose journal lies there is made, and is finished by whoever comes first."""
        if (self._own / "journal").exists():
            with self._locked("a reader that finishes an interrupted change"):
                pass

    def _recover(self) -> None:
        if (self._own / "journal").exists():
            self._move_into_place()
        elif self._staged.exists():
            shutil.rmtree(self._staged)

    @property
    def _staged(self) -> Path:
        return self._own / "staged"

    def _commit(self, documents: dict[str, bytes | None], private: frozenset[str]) -> None:
        try:
            self._stage(documents, private)
        except BaseException:
            shutil.rmtree(self._staged, ignore_errors=True)
            raise
        self._move_into_place()

    def _stage(self, documents: dict[str, bytes | None], private: frozenset[str]) -> None:
        """Write everything that is new onto the disk, and last the journal."""
        self._staged.mkdir(mode=0o700)
        steps: list[tuple[str, str]] = []
        for number, (name, data) in enumerate(documents.items()):
            place = self._path(name).resolve()
            if place.is_dir():
                raise StoreError("This is a folder, not a file", where=name, remedy="Name the file")
            if data is not None:
                place.parent.mkdir(parents=True, exist_ok=True)
                mode = 0o600 if name in private else _mode(name, place)
                self._write(self._staged / str(number), data, mode)
            steps.append((place.relative_to(self._root).as_posix(), ABSENT if data is None else str(number)))
        _sync(self._staged)
        self._write(self._staged / "journal", json.dumps(steps).encode(), 0o600)
        (self._staged / "journal").replace(self._own / "journal")
        _sync(self._own)

    def _write(self, path: Path, data: bytes, mode: int) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())

    def _move_into_place(self) -> None:
        """Do what the journal says as far as it is not done; doing it twice is doing it once."""
        steps: list[tuple[str, str]] = json.loads((self._own / "journal").read_bytes())
        for name, number in steps:
            place, fresh = self._path(name), self._staged / Path(number).name
            if number == ABSENT:
                place.unlink(missing_ok=True)
            elif fresh.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                fresh.replace(place)
        for folder in {self._path(name).parent for name, _ in steps}:
            if folder.exists():
                _sync(folder)
        (self._own / "journal").unlink()
        _sync(self._own)
        shutil.rmtree(self._staged, ignore_errors=True)


def _mode(name: str, place: Path) -> int:
    """The rights of a file: kept data is its owner's alone; another keeps what it has, or is as new files are."""
    if name.startswith(PRIVATE):
        return 0o600
    if place.exists():
        return place.stat().st_mode & 0o777
    return 0o644


def _sync(folder: Path) -> None:
    """What a folder lists is on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
