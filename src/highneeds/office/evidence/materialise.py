"""The documents of a council as a folder for the engine, and what the engine changed in it as changes of documents."""

import os
from collections.abc import Mapping
from pathlib import Path

from highneeds.office.evidence.bridge import version_of
from highneeds.office.evidence.store import DatabaseStore

NOT_DOCUMENTS = ("record.jsonl",)


def write_folder(store: DatabaseStore, folder: Path) -> dict[str, str]:
    """Every document as a file; name -> version of what was written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    versions = {}
    for name in store.names():
        data = store.read(name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        versions[name] = version_of(data)
    return versions


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file of a workspace folder that is a document: nothing hidden, nothing that links out, no record."""
    found = {}
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            path = Path(where) / file
            name = path.relative_to(folder).as_posix()
            if not file.startswith(".") and name not in NOT_DOCUMENTS and not path.is_symlink():
                found[name] = path.read_bytes()
    return found


def differences(before: Mapping[str, str], after: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """name -> new bytes, or None for one that went."""
    changed: dict[str, bytes | None] = {
        name: data for name, data in after.items() if before.get(name) != version_of(data)
    }
    return changed | {name: None for name in before if name not in after}
