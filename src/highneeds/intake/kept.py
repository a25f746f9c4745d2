"""What was worked out once is kept in a folder outside the workspace, under the fingerprint of all that made it.

The name says everything that went in, so what is found under it is never stale. A kept file begins with the checksum of
the rest; one that is damaged is made anew. What is made is read back from the same text, so kept and made are the same.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from highneeds import __version__

SPARED = 20
ROOT = Path(__file__).resolve().parents[1]


def fingerprint_of(words: str, files: Iterable[Path], rooms: Iterable[str], libraries: Iterable[str] = ()) -> str:
    """Of `words`, the contents of `files`, the named rooms of this program, and the versions of libraries."""
    digest = hashlib.sha256(f"highneeds {__version__}\n{words}\n".encode())
    for library in libraries:
        digest.update(f"{library} {_version(library)}\n".encode())
    code = sorted(
        path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in (".py", ".toml", ".csv", ".yaml")
    )
    for path in (*code, *files):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def kept_or_made(folder: Path | None, kind: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept in `folder` as `kind-name`, else those that `make` gives, which are then kept."""
    path = None if folder is None else folder / f"{kind}-{name}"
    found = None if path is None else _read(path)
    if found is None:
        found = make()
        if path is not None:
            _put(path, found, kind)
    return found


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def _read(path: Path) -> bytes | None:
    """None for what is not there or not whole."""
    try:
        checksum, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == checksum else None


def _put(path: Path, body: bytes, kind: str) -> None:
    """Written beside and moved into place; a folder that cannot be written costs time and nothing else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(beside).replace(path)
        kept = sorted(path.parent.glob(f"{kind}-*"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in kept[SPARED:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
