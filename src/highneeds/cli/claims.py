"""highneeds claims: which figures in the narrative hold against the data."""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, command, known_day, show


@command("claims")
def claims(
    workspace: Annotated[Path, typer.Argument(help="The workspace folder")],
    more: Annotated[list[Path] | None, typer.Argument(help="Further texts after --text", metavar="[FILE]...")] = None,
    text: Annotated[list[Path] | None, typer.Option("--text", help="Read these texts instead of the narrative")] = None,
    as_known: AsKnownOption = None,
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
    known = Evidence(FolderStore(workspace), as_known=known_day(as_known))
    read, account = known.workspace, known.account
    found = claims_of_texts(read, [*text, *(more or [])], account) if text else claims_of_workspace(read, account)
    show(claims_table(found, widest=60 if format is Format.TEXT else None), format, out)


__all__ = ["claims"]
