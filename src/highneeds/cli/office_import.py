"""highneeds office import"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, OfficeOption, hand_over
from highneeds.vocabulary.errors import InputError


@command("office", "import")
def take_a_workspace_in(
    workspace: Annotated[Path, typer.Argument(help="The workspace folder of a council")],
    office: OfficeOption = DEFAULT,
) -> None:
    """Take a workspace folder into the office; its council is there from then on."""
    if not workspace.is_dir():
        raise InputError("There is no such workspace folder", where=str(workspace), remedy="Name an existing folder")
    hand_over("import_workspace", office=office, workspace=workspace)
