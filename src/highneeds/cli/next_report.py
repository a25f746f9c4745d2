"""highneeds next-report"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command, now, tell
from highneeds.intake.yamlfile import as_day
from highneeds.report.words.next_report import begins_with


@command("next-report")
def next_report(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    slot: Annotated[str, typer.Option("--slot", help="The slot to open, as council.toml names it: July")],
    submitted: Annotated[
        str | None,
        typer.Option(
            "--submitted", help="The day it goes; default: the last day of the month in which the slot is due"
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who opens it, for the record")] = "highneeds next-report",
) -> None:
    """Open the next reporting slot: levels and narrative are carried forward; what moved or was restated is named."""
    from highneeds.actions.open_next_report import open_next_report
    from highneeds.store.folder import FolderStore

    day = as_day(submitted, "--submitted") if submitted else None
    opened = open_next_report(FolderStore(workspace), slot, day, by=by, now=now())
    tell(begins_with(opened))
