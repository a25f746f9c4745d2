"""Many files into a folder, whole or not at all: an interruption leaves the earlier ones as they were."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from highneeds.vocabulary.errors import InputError


def must_be_writable(target: Path) -> None:
    """Refuse a folder that cannot be written, before anything is worked out for it."""
    there = next(folder for folder in (target.absolute(), *target.absolute().parents) if folder.exists())
    try:
        Path(tempfile.mkdtemp(prefix=".highneeds-", dir=there)).rmdir()
    except OSError as problem:
        raise InputError(
            f"Nothing can be written in {there}", where=str(target), remedy="Choose another folder with --out"
        ) from problem


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write every file beside the target, then swap: the previous output stays whole until the new one is."""
    with _written_beside(target, files) as fresh:
        old = fresh.with_name(f"{fresh.name}-old")
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def place_files(target: Path, files: Mapping[str, bytes]) -> None:
    """Put the files among those that are in the target already; when one cannot be put, all earlier ones come back."""
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


@contextmanager
def _written_beside(target: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder beside the target that holds the files; gone at the end unless it was moved."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.absolute().parent))
    try:
        fresh.chmod(0o755)
        for name, data in files.items():
            path = _inside(fresh, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path == folder.resolve():
        raise InputError("The name of a file leads out of the output folder", where=name, remedy="Rename it")
    return path
