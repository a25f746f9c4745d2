"""Many files into a folder, whole or not at all: an interruption leaves the earlier ones as they were.

Whoever writes holds a lock on the folder around the target, so what lies there under the name of an unfinished output
is of somebody who died, and is cleared away: it holds the same small counts as the output itself.
"""

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from highneeds.vocabulary.errors import InputError

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
"""Of renameat2(2), by which Linux gives two names each other's content in one step."""


def must_be_writable(target: Path) -> None:
    """Refuse a folder that cannot be written, before anything is worked out for it."""
    there = next(folder for folder in (target.absolute(), *target.absolute().parents) if folder.exists())
    try:
        Path(tempfile.mkdtemp(prefix=".highneeds-", dir=there)).rmdir()
    except OSError as problem:
        raise InputError(
            f"Nothing can be written in {there}", where=str(target), remedy="Choose another folder with --out"
        ) from problem


@contextmanager
def begun_folder(folder: Path) -> Iterator[None]:
    """A folder is made, and those above it; nothing is left of them where what was to fill it is refused."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("There is something already", where=str(folder), remedy="Name a folder that is not there yet")
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError("The folder cannot be made", where=str(folder), remedy="Choose another place") from problem
    try:
        yield
    except InputError:
        if missing:
            shutil.rmtree(missing[-1], ignore_errors=True)
        raise


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write every file beside the target, then swap: there is always a whole output under its name.

    A target that is a link stays one; what it leads to is replaced.
    """
    target = target.resolve()
    with _written_beside(target, files) as fresh:
        if not target.exists():
            fresh.rename(target)
        elif not _exchanged(fresh, target):
            old = _earlier(target)
            target.rename(old)
            try:
                fresh.rename(target)
            except BaseException:
                old.rename(target)
                raise
            shutil.rmtree(old, ignore_errors=True)


def place_files(target: Path, files: Mapping[str, bytes]) -> None:
    """Put the files among those that are in the target already; when one cannot be put, all earlier ones come back."""
    target = target.resolve()
    with _written_beside(target, files) as fresh:
        undo: list[tuple[Path, Path | None]] = []
        try:
            for number, name in enumerate(files):
                undo.append(_swap(fresh / name, target / name, fresh / f"earlier-{number}"))
        except BaseException:
            for place, earlier in reversed(undo):
                place.unlink() if earlier is None else earlier.replace(place)
            raise


def _swap(new: Path, place: Path, aside: Path) -> tuple[Path, Path | None]:
    """Put `new` in its place, and what was there `aside`."""
    place.parent.mkdir(parents=True, exist_ok=True)
    earlier = aside if place.exists() else None
    if earlier is not None:
        place.rename(earlier)
    try:
        new.rename(place)
    except BaseException:
        if earlier is not None:
            earlier.rename(place)
        raise
    return place, earlier


def _exchanged(one: Path, other: Path) -> bool:
    """Each under the other's name, in one step; False where this system or this disk cannot do it."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))


@contextmanager
def _written_beside(target: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder beside the target that holds the files; gone at the end unless it was moved."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(target.parent):
        _clear_after_the_dead(target)
        fresh = _unfinished(target)
        fresh.mkdir(mode=0o700)
        try:
            whole = fresh.resolve()
            for name, data in files.items():
                path = _inside(whole, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            fresh.chmod(0o755)
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One writer at a time; the lock ends with whoever holds it, also when it is killed."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _clear_after_the_dead(target: Path) -> None:
    """An earlier output that was moved aside comes back where no other is; what was unfinished goes."""
    if _earlier(target).exists() and not target.exists():
        _earlier(target).rename(target)
    for left in (_earlier(target), _unfinished(target)):
        shutil.rmtree(left, ignore_errors=True)


def _unfinished(target: Path) -> Path:
    return target.with_name(f".{target.name}.unfinished")


def _earlier(target: Path) -> Path:
    return target.with_name(f".{target.name}.earlier")


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or path == folder:
        raise InputError("The name of a file leads out of the output folder", where=name, remedy="Rename it")
    return path
