"""highneeds claims: which figures in the narrative hold against the data."""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show


@command("claims")
def claims(
    workspace: Annotated[Path, typer.Argument(help="The workspace folder")],
    more: Annotated[list[Path] | None, typer.Argument(help="Further texts after --text", metavar="[FILE]...")] = None,
    text: Annotated[list[Path] | None, typer.Option("--text", help="Read these texts instead of the narrative")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Which figures, directions, comparisons and dates in the narrative hold against the data."""
    from highneeds.claims import claims_table
    from highneeds.claims.workspace import claims_of_texts, claims_of_workspace
    from highneeds.evidence import Evidence
    from highneeds.store.folder import FolderStore
    from highneeds.vocabulary.errors import InputError

    if more and not text:
        raise InputError("A text is named without --text", where=str(more[0]), remedy="Write --text before it")
    read = Evidence(FolderStore(workspace)).workspace
    found = claims_of_texts(read, [*text, *(more or [])]) if text else claims_of_workspace(read)
    show(claims_table(found, widest=60 if format is Format.TEXT else None), format, out)


__all__ = ["claims"]
