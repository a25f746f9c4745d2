"""highneeds check"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.checks.finding import Severity, findings_table
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show, tell
from highneeds.report.words.findings import of_a_workspace


@command("check")
def check(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    open_data: OpenDataOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Everything that is wrong with a workspace, in one list; then what each missing file would add."""
    from highneeds.actions.check_workspace import check_workspace
    from highneeds.evidence import Options
    from highneeds.store.folder import FolderStore

    where = None if open_data is None else str(open_data)
    found = check_workspace(FolderStore(workspace), Options(open_data=where))
    if format is Format.TEXT and out is None:
        tell(of_a_workspace(found.all, found.missing))
    else:
        show(findings_table(found.all), format, out)
    if any(one.severity is Severity.MUST_FIX for one in found.all):
        raise typer.Exit(1)
