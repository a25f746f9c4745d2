"""The office's folder: what lies where, and who may read it."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from highneeds.office.evidence.bridge import InputError

if TYPE_CHECKING:
    from highneeds.office.evidence.models import Run

FOLDERS = ("keys", "uploads", "runs", "sealed", "working", "arriving")
KEPT = ("keys", "uploads", "runs", "sealed")
"""What a backup holds; the others hold what is under way."""


def must_be_office(folder: Path) -> None:
    if not (folder / "secret.key").is_file():
        raise InputError("There is no office here", where=str(folder), remedy="Make one: highneeds office init")


def make_private(folder: Path) -> None:
    """The owner's alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_secret(path: Path, data: bytes) -> None:
    """A new file that nobody else of the machine can read; one that is there already is never written over."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_problem(office: Path, run: "Run") -> str:
    """What is wrong with the files of a run, '' where all are as the run says."""
    folder = office / "runs" / run.folder
    for name, sha256 in run.files.items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if digest(path) != sha256:
            return f"{name} was changed"
    return ""
