"""A document or a folder of documents, so that a reader need not know where it lies.

The words are pathlib's: a Path of a folder on disk is a Place, and so is what `documents(store)` gives.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO, Literal, Protocol, Self

from highneeds.store.protocol import Store, StoreError


class Place(Protocol):
    """A document, a folder of documents, or a name where nothing is."""

    @property
    def name(self) -> str:
        """The last part of its name."""

    @property
    def stem(self) -> str:
        """The name without its ending."""

    @property
    def suffix(self) -> str:
        """The ending: '.csv'."""

    @property
    def parent(self) -> Self:
        """The folder that it lies in."""

    def __truediv__(self, name: str, /) -> Self: ...
    def __lt__(self, other: Self, /) -> bool: ...

    def exists(self) -> bool:
        """Whether a document or a folder is there."""

    def is_file(self) -> bool: ...
    def is_dir(self) -> bool: ...
    def iterdir(self) -> Iterator[Self]: ...

    def rglob(self, pattern: str, /) -> Iterator[Self]:
        """Everything in it and below it whose last part is like `pattern`."""

    def read_bytes(self) -> bytes: ...
    def open(self, mode: Literal["rb"], /) -> BinaryIO: ...


@dataclass(frozen=True)
class _Tree:
    """The names of a store at one moment, so that a reader that asks a thousand times does not walk it each time."""

    read: Callable[[str], bytes]
    names: tuple[str, ...]

    @cached_property
    def folders(self) -> frozenset[str]:
        return frozenset(str(folder) for name in self.names for folder in PurePosixPath(name).parents)

    @cached_property
    def inside(self) -> dict[str, list[str]]:
        """Folder -> what lies in it, sorted."""
        found: dict[str, list[str]] = {}
        for name in sorted({*self.names, *self.folders} - {"."}):
            found.setdefault(str(PurePosixPath(name).parent), []).append(name)
        return found

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(self.names)


@dataclass(frozen=True, order=True)
class StoredPlace:
    """A place in a store. at: its name there, '.' for the whole store."""

    tree: _Tree = field(compare=False, repr=False)
    at: str

    def __str__(self) -> str:
        return self.at

    @property
    def name(self) -> str:
        return PurePosixPath(self.at).name

    @property
    def stem(self) -> str:
        return PurePosixPath(self.at).stem

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.at).suffix

    @property
    def parent(self) -> "StoredPlace":
        return StoredPlace(self.tree, str(PurePosixPath(self.at).parent))

    def __truediv__(self, name: str, /) -> "StoredPlace":
        return StoredPlace(self.tree, str(PurePosixPath(self.at) / name))

    def exists(self) -> bool:
        return self.is_file() or self.is_dir()

    def is_file(self) -> bool:
        return self.at in self.tree.files

    def is_dir(self) -> bool:
        return self.at == "." or self.at in self.tree.folders

    def iterdir(self) -> Iterator["StoredPlace"]:
        return (StoredPlace(self.tree, name) for name in self.tree.inside.get(self.at, ()))

    def rglob(self, pattern: str, /) -> Iterator["StoredPlace"]:
        for one in self.iterdir():
            if fnmatch(one.name, pattern):
                yield one
            yield from one.rglob(pattern)

    def read_bytes(self) -> bytes:
        return self.tree.read(self.at)

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        return io.BytesIO(self.read_bytes())


def documents(store: Store) -> StoredPlace:
    """Everything in a store as it is now, as one folder."""
    return documents_of(store.read, store.names())


def documents_of(read: Callable[[str], bytes], names: tuple[str, ...]) -> StoredPlace:
    """Documents of these names, read by `read`, as one folder."""
    return StoredPlace(_Tree(read, names), ".")


def _nothing(name: str) -> bytes:
    raise StoreError("There is no such file in the workspace", where=name, remedy="Check the name")


EMPTY = StoredPlace(_Tree(_nothing, ()), ".")
"""A folder with nothing in it."""
