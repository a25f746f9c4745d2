"""highneeds office export"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, CouncilOption, OfficeOption, hand_over


@command("office", "export")
def write_a_workspace(
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder")],
    council: CouncilOption = "",
    office: OfficeOption = DEFAULT,
) -> None:
    """Write what the office has of a council as a workspace folder, byte for byte."""
    hand_over("export", office=office, folder=folder, council=council)
