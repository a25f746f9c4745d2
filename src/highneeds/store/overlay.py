"""A folder with some of its documents exchanged in memory: to ask what would be if a line were otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from highneeds.store.place import Place, StoredPlace, documents_of


@dataclass(frozen=True)
class Overlay:
    """place: what is there; changed: name -> other bytes, None for a document that is taken away."""

    place: Place
    changed: Mapping[str, bytes | None]

    @property
    def folder(self) -> StoredPlace:
        """Everything as one folder to read from."""
        names = tuple(sorted(name for name in self._names() if self.changed.get(name, b"") is not None))
        return documents_of(self.read, names)

    def read(self, name: str) -> bytes:
        other = self.changed.get(name)
        if other is not None:
            return other
        place = self.place
        for part in name.split("/"):
            place = place / part
        return place.read_bytes()

    def _names(self) -> Iterator[str]:
        yield from _below(self.place, "")


def _below(folder: Place, above: str) -> Iterator[str]:
    for one in folder.iterdir():
        if one.name.startswith("."):
            continue
        if one.is_dir():
            yield from _below(one, f"{above}{one.name}/")
        elif one.is_file():
            yield f"{above}{one.name}"
