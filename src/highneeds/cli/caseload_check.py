"""highneeds caseload check"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show, write_whole
from highneeds.cli._sen2 import (
    KEY_HELP,
    CaseIdsOption,
    EstablishmentsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    ReturnCouncilOption,
    findings_of,
    read,
)


@command("caseload", "check")
def check_caseload(
    files: Annotated[list[Path], typer.Argument(help="SEN2 files in any form, or a folder of them")],
    establishments: EstablishmentsOption = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Compare with the return accepted before in this workspace")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Also write a workbook, one sheet for each owner")] = None,
    owners: Annotated[
        Path | None,
        typer.Option(
            "--owners", help="CSV of record,owner, or with --case-ids of case_id,owner: who works on which case"
        ),
    ] = None,
    case_ids: CaseIdsOption = None,
    mapping: ExtractMappingOption = None,
    as_at: ExtractDayOption = None,
    council: ReturnCouncilOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Check SEN2 files and list what was found; ends with 1 while something has to be fixed."""
    from highneeds.checks.finding import Findings
    from highneeds.checks.sen2.owners import by_owner
    from highneeds.intake.sen2.lists import lists_of, read_owners
    from highneeds.report.render.findings_xlsx import findings_workbook
    from highneeds.report.views.findings import by_rule
    from highneeds.report.words.sen2 import as_read, in_short

    lists = lists_of(workspace, establishments)
    returns = read(files, lists, workspace, key, Extract(mapping, as_at, council), case_ids)
    found = sum((findings_of(return_, lists, workspace) for return_ in returns), Findings())
    if xlsx:
        write_whole(xlsx, findings_workbook(by_owner(found.all, read_owners(owners, case_ids))))
    show(by_rule(found) if format is Format.TEXT and out is None else found.table(), format, out)
    if format is Format.TEXT:
        sys.stdout.write("".join(map(as_read, returns)) + in_short(found))
    if found.must_fix:
        raise typer.Exit(1)
