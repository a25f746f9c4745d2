"""highneeds claims: which figures in the narrative hold against the data."""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show


@command("claims")
def claims(
    workspace: Annotated[Path, typer.Argument(help="The workspace folder")],
    text: Annotated[list[Path] | None, typer.Option("--text", help="Read these texts instead of the narrative")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Which figures, directions, comparisons and dates in the narrative hold against the data."""
    from highneeds.assurance.claims import claims_table
    from highneeds.assurance.claims.workspace import claims_of_texts, claims_of_workspace
    from highneeds.intake.workspace import read_workspace

    read = read_workspace(workspace)
    found = claims_of_texts(read, text) if text else claims_of_workspace(read)
    show(claims_table(found, widest=60 if format is Format.TEXT else None), format, out)


__all__ = ["claims"]
