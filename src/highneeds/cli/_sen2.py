"""What the commands about caseloads share: the key, reading, the return accepted before, a word on how far it is."""

import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.caseload import Caseload, CaseloadSettings
    from highneeds.checks.finding import Findings
    from highneeds.intake.establishments import Establishments
    from highneeds.intake.sen2.rows import Return
    from highneeds.intake.workspace.council import Council

KEY_HELP = (
    "The linkage key's file, outside the workspace; made on first use (default: HIGHNEEDS_KEY, else your settings)"
)


@contextmanager
def doing(words: str) -> Iterator[None]:
    """Say on a terminal what is being done while it is done; say nothing to a file or a program."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def key_path(given: Path | None) -> Path:
    named = os.environ.get("HIGHNEEDS_KEY")
    return given or (Path(named) if named else Path.home() / ".config" / "highneeds" / "linkage.key")


def linkage_key(given: Path | None, workspace: Path | None) -> bytes:
    """The council's key where returns are to be linked; without a workspace one for this sitting, then forgotten."""
    if workspace is None and given is None:
        return secrets.token_bytes(32)
    from highneeds.intake.privacy import open_key

    return open_key(key_path(given), away_from=workspace)


def read(
    files: Sequence[Path], establishments: Path | None, workspace: Path | None, key: Path | None
) -> "tuple[tuple[Return, ...], Establishments | None]":
    """The returns in the files, and the list of establishments: the one given, else the workspace's own."""
    from highneeds.intake.establishments import read_establishments
    from highneeds.intake.sen2.read import read_returns

    own = workspace / "establishments.csv" if workspace else None
    listed = establishments or (own if own and own.exists() else None)
    known = read_establishments(listed) if listed else None
    with doing("Reading"):
        returns = read_returns(files, key=linkage_key(key, workspace), establishments=known)
    if not returns:
        raise InputError("There is no SEN2 return in what was given", remedy="Give its files or their folder")
    return returns, known


def local_settings(
    council: "Council | None", rollover_month: int | None = None, basis: str | None = None
) -> "CaseloadSettings":
    """What was asked for, else the council's own definitions, else the defaults."""
    from highneeds.caseload.settings import settings_of

    default = council.rollover_month if council else 9
    return settings_of(
        council.definitions if council else {}, default if rollover_month is None else rollover_month, basis
    )


def accepted_before(return_: "Return", workspace: Path | None) -> "Caseload | None":
    """The caseload of the return that was accepted for the last day before this one."""
    if workspace is None:
        return None
    from highneeds.caseload.store import from_files
    from highneeds.intake.accepted import kept_files, last_before

    earlier = last_before(workspace, return_.reference_date)
    return from_files(earlier.fingerprint, kept_files(workspace, earlier.fingerprint)) if earlier else None


def findings_of(
    return_: "Return", known: "Establishments | None", workspace: Path | None, before: "Caseload | None" = None
) -> "Findings":
    from highneeds.checks.sen2.check import check

    with doing(f"Checking the return of {return_.reference_date}"):
        return check(return_, known, before or accepted_before(return_, workspace))
