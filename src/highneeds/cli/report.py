"""highneeds report"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import OpenDataOption, command
from highneeds.cli._folder import must_be_writable, place_files
from highneeds.cli._kept import kept_beside
from highneeds.cli._progress import progress_bar


@command("report")
def report(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the documents; made if it is missing")],
    kind: Annotated[str, typer.Option("--kind", help="Which report or return")] = "submission",
    open_data: OpenDataOption = None,
) -> None:
    """Write the documents of one kind."""
    from highneeds.report.output import report_files
    from highneeds.report.reports import reports_of_kind
    from highneeds.run import gather

    chosen = reports_of_kind(kind)
    must_be_writable(out)
    with progress_bar() as step:
        evidence = gather(workspace, open_data, step, kept_beside(out, workspace))
        files = report_files(chosen, evidence, step)
    place_files(out, files)
    sys.stdout.write(f"{len(files)} files are in {out}\n")
