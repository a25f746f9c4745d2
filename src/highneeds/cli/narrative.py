"""highneeds narrative"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command, now
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.errors import InputError

ByOption = Annotated[str, typer.Option("--by", help="The role that takes it back; without it changes are only shown")]


@command("narrative")
def narrative(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    file: Annotated[Path, typer.Argument(help="The Word file of the report, as it was edited")],
    by: ByOption = "",
) -> None:
    """Take the narrative back from an edited Word file: show what changed, and with --by put it in place."""
    from highneeds.actions.take_back_narrative import narrative_changes, take_back_narrative
    from highneeds.run import gather

    if not file.is_file():
        raise InputError("There is no such file", where=str(file), remedy="Give the edited .docx of the report")
    evidence, data = gather(workspace), file.read_bytes()
    if by:
        found = take_back_narrative(evidence.store, evidence, data, where=file.name, by=by, now=now())
    else:
        found = narrative_changes(evidence, data, file.name)
    for part in found.parts:
        sys.stdout.write("\n".join((f"## {part.part}", *part.difference, "")) + "\n")
    done = "changed" if by else "would change"
    sys.stdout.write(f"{counted(len(found.parts), 'part')} of {found.place} {done}\n")
