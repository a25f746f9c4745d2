"""A brief is kept on disk, so that a run whose forecast has not changed need not make it again.

The name of a kept brief is a fingerprint of everything that went into it: this program and the libraries that draw and
add, the statistics, the scenario files, the question with its seed and draws, and which kernel answers it. Change one
and the name is another, so what is found is never stale. A file that is damaged is made anew.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from highneeds import __version__
from highneeds.forecast.brief import Asked, Brief, Foretold, NoForecast

LIBRARIES = ("numpy", "scipy", "numba", "polars")
OF_OURS = ("forecast", "vocabulary", "intake/published")
KEPT = 20
_BRIEF, _NONE = TypeAdapter(Brief), TypeAdapter(NoForecast)


def name_of(asked: Asked, statistics: Iterable[Path], scenarios: Iterable[Path], kernel: str) -> str:
    """The fingerprint of everything that makes a brief."""
    digest = hashlib.sha256(f"highneeds {__version__} {kernel}\n".encode())
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    for path in _our_own_files():
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(json.dumps(asdict(asked), sort_keys=True).encode())
    for kind, paths in (("statistics", statistics), ("scenarios", scenarios)):
        for path in paths:
            digest.update(f"\n{kind} {path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def _our_own_files() -> Iterable[Path]:
    """The parts of this program that a forecast comes from."""
    root = Path(__file__).resolve().parents[2]
    kinds = (".py", ".yaml", ".toml")
    return sorted(path for part in OF_OURS for path in (root / part).rglob("*") if path.suffix in kinds)


def kept_or_made(folder: Path | None, name: str, make: Callable[[], Foretold]) -> Foretold:
    """The brief of that name from the folder, or made and put there; without a folder, made.

    What is made goes through the same text as what is kept, so both are the same to the last digit.
    """
    path = None if folder is None else folder / f"{name}.json"
    found = _read(path) if path is not None else None
    if found is None:
        text = _written(make())
        found = _understood(text)
        assert found is not None
        if path is not None:
            _put(path, text)
    return found


def _written(brief: Foretold) -> bytes:
    body = json.dumps(asdict(brief), ensure_ascii=False).encode("utf-8")
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _read(path: Path) -> Foretold | None:
    try:
        text = path.read_bytes()
    except OSError:
        return None
    return _understood(text)


def _understood(text: bytes) -> Foretold | None:
    """None for what is not whole or not ours."""
    checksum, _, body = text.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    for kind in (_BRIEF, _NONE):
        try:
            return kind.validate_json(body)
        except ValidationError:
            continue
    return None


def _put(path: Path, text: bytes) -> None:
    """Written beside and moved into place; a folder that cannot be written costs time and nothing else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        Path(beside).replace(path)
        _thin_out(path.parent)
    except OSError:
        return


def _thin_out(folder: Path) -> None:
    """The newest few stay."""
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[KEPT:]:
        path.unlink(missing_ok=True)
