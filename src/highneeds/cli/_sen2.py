"""What the commands about caseloads share: the key, reading, the return accepted before."""

import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._progress import doing
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.caseload import Caseload, CaseloadSettings
    from highneeds.checks.finding import Findings
    from highneeds.intake.sen2.lists import CouncilLists
    from highneeds.intake.sen2.rows import Return
    from highneeds.intake.workspace.council import CouncilFile

KEY_HELP = (
    "The linkage key's file, outside the workspace; made on first use (default: HIGHNEEDS_KEY, else your settings)"
)


EstablishmentsOption = Annotated[Path | None, typer.Option("--establishments", help="A GIAS extract")]
ExtractMappingOption = Annotated[
    Path | None, typer.Option("--mapping", help="Read a case system's extract by this TOML file")
]
ExtractDayOption = Annotated[
    str | None, typer.Option("--as-at", help="The day of an extract (--mapping), or of a workbook without header")
]
ReturnCouncilOption = Annotated[
    str | None, typer.Option("--council", help="LA number, with --mapping; default: the workspace's")
]


CaseIdsOption = Annotated[
    Path | None,
    typer.Option("--case-ids", help="Keep linkage key, record and case id in this private file, outside the workspace"),
]


@dataclass(frozen=True)
class Extract:
    """A case system's extract is not a return: how it is read, which day it is of, and whose it is."""

    mapping: Path | None
    as_at: str | None
    council: str | None


NO_EXTRACT = Extract(None, None, None)


def key_path(given: Path | None) -> Path:
    named = os.environ.get("HIGHNEEDS_KEY")
    return given or (Path(named) if named else Path.home() / ".config" / "highneeds" / "linkage.key")


def key_at_hand(workspace: Path) -> bytes | None:
    """The council's key where it has been made; None else. Reading makes none."""
    from highneeds.intake.privacy import open_key

    path = key_path(None)
    return open_key(path, away_from=workspace) if path.is_file() else None


def linkage_key(given: Path | None, workspace: Path | None) -> bytes:
    """The council's key where returns are to be linked; without a workspace one for this sitting, then forgotten."""
    if workspace is None and given is None:
        return secrets.token_bytes(32)
    from highneeds.intake.privacy import open_key

    return open_key(key_path(given), away_from=workspace)


def read(
    files: Sequence[Path],
    lists: "CouncilLists",
    workspace: Path | None,
    key: Path | None,
    extract: Extract = NO_EXTRACT,
    case_ids: Path | None = None,
) -> "tuple[Return, ...]":
    """The returns in the files, read with the council's lists."""
    from highneeds.intake.sen2.read import read_returns
    from highneeds.intake.yamlfile import as_day

    linkage = linkage_key(key, workspace)
    as_at = as_day(extract.as_at, "--as-at") if extract.as_at else None
    if extract.mapping is not None:
        return (_extract(files, extract, workspace, linkage, lists, case_ids),)
    with doing("Reading") as progress:
        returns = read_returns(
            files, key=linkage, lists=lists, case_ids=case_ids, away_from=workspace, as_at=as_at, progress=progress
        )
    if not returns:
        raise InputError("There is no SEN2 return in what was given", remedy="Give its files or their folder")
    return returns


def _extract(
    files: Sequence[Path],
    extract: Extract,
    workspace: Path | None,
    key: bytes,
    lists: "CouncilLists",
    case_ids: Path | None,
) -> "Return":
    """An extract as a return. Values that the mapping does not know are named on stderr: they are not guessed."""
    from highneeds.intake.mapping.extract import read_extract, unknown_values
    from highneeds.intake.mapping.mapping import read_mapping
    from highneeds.intake.workspace.council import read_council
    from highneeds.intake.yamlfile import as_day

    if extract.mapping is None or extract.as_at is None:
        raise InputError(
            "An extract has no day of its own", where="--mapping", remedy="Give its day: --as-at 2025-01-31"
        )
    council = extract.council or (read_council(workspace).la_number if workspace else None)
    if council is None:
        raise InputError(
            "An extract does not say whose it is", where="--mapping", remedy="Give --council or --workspace"
        )
    mapping = read_mapping(extract.mapping)
    day = as_day(extract.as_at, "--as-at")
    with doing("Reading"):
        return_, unknown = read_extract(
            files, mapping, as_at=day, council=council, key=key, lists=lists, case_ids=case_ids, away_from=workspace
        )
    for sentence in unknown_values(unknown):
        sys.stderr.write(f"{sentence}\n")
    return return_


def local_settings(
    council: "CouncilFile | None", rollover_month: int | None = None, basis: str | None = None
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
    return_: "Return", lists: "CouncilLists", workspace: Path | None, before: "Caseload | None" = None
) -> "Findings":
    from highneeds.checks.sen2.answered import with_answers
    from highneeds.checks.sen2.check import check

    with doing(f"Checking the return of {return_.reference_date}") as progress:
        found = check(return_, lists.establishments, before or accepted_before(return_, workspace), progress)
    return with_answers(found, lists.corrections.get(return_.mark, ()))
