"""highneeds restore"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import hand_over
from highneeds.vocabulary.errors import InputError


@command("restore")
def bring_the_office_back(
    file: Annotated[Path, typer.Argument(help="What `highneeds backup` wrote")],
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder")],
) -> None:
    """Bring an office back from its backup, to an empty machine."""
    if not file.is_file():
        raise InputError("There is no such backup", where=str(file), remedy="Name the file that backup wrote")
    hand_over("restore", file=file, folder=folder)
