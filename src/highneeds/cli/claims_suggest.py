"""highneeds claims suggest: figures that can be bound to the data, and binding them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show


@command("claims", "suggest")
def suggest(
    workspace: Annotated[Path, typer.Argument(help="The workspace folder")],
    text: Annotated[Path | None, typer.Option("--text", help="This text instead of the narrative")] = None,
    accept: Annotated[
        str, typer.Option("--accept", help="Bind these in the narrative: their numbers (1,3), 'agreeing' or 'all'")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who binds them, for the record")] = "",
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """For each figure that was not confirmed the likeliest series, month and value, to be bound with one word."""
    from highneeds.actions.bind_figures import bind_figures
    from highneeds.claims.suggest import suggestions_table
    from highneeds.claims.workspace import chosen_of, draft_of, suggestions_of
    from highneeds.intake.workspace import read_workspace
    from highneeds.store.folder import FolderStore
    from highneeds.vocabulary.errors import InputError

    read = read_workspace(workspace)
    draft = draft_of(read, text)
    found = suggestions_of(read, draft)
    if not accept:
        show(suggestions_table(found), format, out)
        if format is Format.TEXT and out is None:
            sys.stdout.write(f"{draft.binding.words}\n")
        return
    if text is not None:
        raise InputError("Only the narrative of a workspace can be bound", where=str(text), remedy="Leave out --text")
    if not by.strip():
        raise InputError("It is not said who binds them", where="--by", remedy="Name the person or the role")
    done = bind_figures(FolderStore(workspace), draft.name, chosen_of(found, accept), by=by, now=now())
    sys.stdout.write(f"{draft.name}: {done} lines changed. {draft_of(read_workspace(workspace), None).binding.words}\n")


__all__ = ["suggest"]
