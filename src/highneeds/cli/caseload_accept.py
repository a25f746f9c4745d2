"""highneeds caseload accept"""

import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import command, now
from highneeds.cli._sen2 import (
    KEY_HELP,
    CaseIdsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    findings_of,
    linkage_key,
    read,
)
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.actions.accept_return import AcceptedReturn


@command("caseload", "accept")
def accept_caseload(
    files: Annotated[list[Path], typer.Argument(help="SEN2 files in any form, or a folder of them")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose data it becomes")],
    by: Annotated[str, typer.Option("--by", help="Who says that this is the council's data")],
    establishments: Annotated[Path | None, typer.Option("--establishments", help="A GIAS extract")] = None,
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    case_ids: CaseIdsOption = None,
    mapping: ExtractMappingOption = None,
    as_at: ExtractDayOption = None,
) -> None:
    """Take SEN2 files as the council's data, with the findings accepted; ends with 1 while one has to be fixed."""
    from highneeds.actions.accept_return import accept_return, must_be_of
    from highneeds.intake.privacy import key_mark
    from highneeds.intake.workspace.council import read_council
    from highneeds.store.folder import FolderStore

    if not by.strip():
        raise InputError("Nobody is named who accepts", where="--by", remedy="Give your name or your role")
    council = read_council(workspace)
    returns, known = read(files, establishments, workspace, key, Extract(mapping, as_at, None), case_ids)
    for return_ in returns:
        must_be_of(return_, council)
    mark = key_mark(linkage_key(key, workspace))
    store, hashes, before, open_findings = FolderStore(workspace), _hashes(files), None, 0
    for return_ in returns:
        found = findings_of(return_, known, workspace, before)
        accepted = accept_return(store, return_, found, files=hashes, by=by, now=now(), key_mark=mark)
        _tell(accepted)
        before, open_findings = accepted.caseload, open_findings + len(found.must_fix)
    if open_findings:
        raise typer.Exit(1)


def _hashes(files: list[Path]) -> dict[str, str]:
    from highneeds.intake.sen2.sources import files_in

    return {source.name: sha256(source.read()).hexdigest() for source in files_in(files)}


def _tell(accepted: "AcceptedReturn") -> None:
    one, caseload, found = accepted.acceptance, accepted.caseload, accepted.findings
    sys.stdout.write(
        f"Accepted the return of {one.reference_date} by {one.by}: {caseload.people.height:,} people, "
        f"{len(found.all):,} findings of which {len(found.must_fix):,} have to be fixed. "
        f"Kept as {one.fingerprint[:12]}.\n"
        + (
            "It says that it is synthetic: no figure from it is a figure of the council.\n"
            if caseload.synthetic
            else ""
        )
    )
