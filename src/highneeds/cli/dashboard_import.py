"""highneeds dashboard import"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show, tell
from highneeds.report.words import imports


@command("dashboard", "import")
def dashboard_import(
    file: Annotated[Path, typer.Argument(help="The council's own spreadsheet: .xlsx, .xls, .ods or CSV")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace that it goes into")],
    sheet: Annotated[str, typer.Option("--sheet", help="The sheet; default: the one with the most months")] = "",
    by: Annotated[str, typer.Option("--by", help="Who imports it, for the record")] = "highneeds dashboard import",
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """A council's own indicator spreadsheet becomes observations; what was done with every cell is said."""
    from highneeds.actions.import_dashboard import import_dashboard
    from highneeds.store.folder import FolderStore

    done = import_dashboard(FolderStore(workspace), file, sheet, by=by, now=now())
    if format is Format.TEXT and out is None:
        tell(imports.dashboard(done))
    else:
        show(done.table(), format, out)
