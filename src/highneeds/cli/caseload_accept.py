"""highneeds caseload accept"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command, now
from highneeds.cli._sen2 import (
    KEY_HELP,
    CaseIdsOption,
    EstablishmentsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    findings_of,
    linkage_key,
    read,
)
from highneeds.vocabulary.errors import InputError


@command("caseload", "accept")
def accept_caseload(
    files: Annotated[list[Path], typer.Argument(help="SEN2 files in any form, or a folder of them")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose data it becomes")],
    by: Annotated[str, typer.Option("--by", help="Who says that this is the council's data")],
    establishments: EstablishmentsOption = None,
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    case_ids: CaseIdsOption = None,
    mapping: ExtractMappingOption = None,
    as_at: ExtractDayOption = None,
) -> None:
    """Take SEN2 files as the council's data, with the findings accepted; ends with 1 while one has to be fixed."""
    from highneeds.actions.accept_return import accept_return, must_be_of
    from highneeds.intake.privacy import key_mark
    from highneeds.intake.sen2.lists import lists_of
    from highneeds.intake.sen2.sources import hashes_of
    from highneeds.intake.workspace.council import read_council
    from highneeds.report.words.sen2 import accepted
    from highneeds.store.folder import FolderStore

    if not by.strip():
        raise InputError("Nobody is named who accepts", where="--by", remedy="Give your name or your role")
    council = read_council(workspace)
    lists = lists_of(workspace, establishments)
    returns = read(files, lists, workspace, key, Extract(mapping, as_at, None), case_ids)
    for return_ in returns:
        must_be_of(return_, council)
    mark = key_mark(linkage_key(key, workspace))
    store, hashes, before, open_findings = FolderStore(workspace), hashes_of(files), None, 0
    for return_ in returns:
        found = findings_of(return_, lists, workspace, before)
        taken = accept_return(store, return_, found, files=hashes, by=by, now=now(), key_mark=mark)
        sys.stdout.write(accepted(taken.acceptance, taken.caseload, taken.findings))
        before, open_findings = taken.caseload, open_findings + len(found.must_fix)
    if open_findings:
        raise typer.Exit(1)
