"""highneeds caseload accept"""

import shutil
import sys
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import command, write_whole
from highneeds.cli._sen2 import (
    KEY_HELP,
    AsAtOption,
    CaseIdsOption,
    Extract,
    ExtractMappingOption,
    findings_of,
    local_settings,
    read,
)
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.caseload import Caseload
    from highneeds.checks.finding import Findings
    from highneeds.intake.sen2.rows import Return


@command("caseload", "accept")
def accept_caseload(
    files: Annotated[list[Path], typer.Argument(help="SEN2 files in any form, or a folder of them")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose data it becomes")],
    by: Annotated[str, typer.Option("--by", help="Who says that this is the council's data")],
    establishments: Annotated[Path | None, typer.Option("--establishments", help="A GIAS extract")] = None,
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    case_ids: CaseIdsOption = None,
    mapping: ExtractMappingOption = None,
    as_at: AsAtOption = None,
) -> None:
    """Take SEN2 files as the council's data, with the findings accepted; ends with 1 while one has to be fixed."""
    _check_workspace(workspace, by)
    returns, known = read(files, establishments, workspace, key, Extract(mapping, as_at, None), case_ids)
    for return_ in returns:
        _check_council(return_, workspace)
    hashes = _hashes(files)
    before: Caseload | None = None
    open_findings = 0
    for return_ in returns:
        found = findings_of(return_, known, workspace, before)
        before = _accept(return_, found, hashes, workspace, by.strip())
        open_findings += len(found.must_fix)
    if open_findings:
        raise typer.Exit(1)


def _check_workspace(workspace: Path, by: str) -> None:
    if not (workspace / "council.toml").is_file():
        raise InputError("This is no workspace: it has no council.toml", where=str(workspace), remedy="Check the name")
    if not by.strip():
        raise InputError("Nobody is named who accepts", where="--by", remedy="Give your name or your role")


def _check_council(return_: "Return", workspace: Path) -> None:
    """A return that says it is another council's is refused; one that says nothing is taken at its giver's word."""
    from highneeds.intake.workspace.council import read_council

    own = read_council(workspace).la_number
    if return_.council and return_.council != own:
        raise InputError(
            f"The return is of council {return_.council}, the workspace of {own}",
            where=return_.header.file,
            remedy="Give the return of this council, or the workspace of that one",
        )


def _hashes(files: list[Path]) -> dict[str, str]:
    from highneeds.intake.sen2.sources import files_in

    return {source.name: sha256(source.read()).hexdigest() for source in files_in(files)}


def _accept(return_: "Return", found: "Findings", hashes: dict[str, str], workspace: Path, by: str) -> "Caseload":
    """Keep the caseload, then its findings, and last the record: an interruption leaves nothing half-accepted."""
    from highneeds.caseload import from_return
    from highneeds.caseload.store import as_files
    from highneeds.intake.accepted import KEPT, RECORD, Acceptance
    from highneeds.intake.workspace.council import read_council
    from highneeds.report.render.tables import as_csv

    caseload = from_return(return_, local_settings(read_council(workspace)))
    name, kept = as_files(caseload)
    _keep(workspace / KEPT / name, kept)
    write_whole(workspace / KEPT / f"{name}.findings.csv", as_csv(found.table()).encode())
    acceptance = Acceptance(
        accepted_at=datetime.now(UTC).isoformat(timespec="seconds"),
        by=by,
        fingerprint=name,
        reference_date=return_.reference_date.isoformat(),
        files=hashes,
        findings=dict(sorted(Counter(finding.rule for finding in found.all).items())),
        must_fix=len(found.must_fix),
    )
    record = workspace / RECORD
    earlier = record.read_bytes() if record.exists() else b""
    write_whole(record, earlier + acceptance.line.encode())
    sys.stdout.write(
        f"Accepted the return of {return_.reference_date} by {by}: {caseload.people.height:,} people, "
        f"{len(found.all):,} findings of which {len(found.must_fix):,} have to be fixed. Kept as {name[:12]}.\n"
        + (
            "It says that it is synthetic: no figure from it is a figure of the council.\n"
            if caseload.synthetic
            else ""
        )
    )
    return caseload


def _keep(folder: Path, files: dict[str, bytes]) -> None:
    """Write a kept caseload beside its place and move it in whole; one that is there already has the same bytes."""
    if folder.exists():
        return
    beside = folder.with_name(folder.name + ".part")
    if beside.exists():
        shutil.rmtree(beside)
    beside.mkdir(parents=True)
    for name, data in files.items():
        (beside / name).write_bytes(data)
    beside.rename(folder)
