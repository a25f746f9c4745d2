"""highneeds backup"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, OfficeOption, hand_over


@command("backup")
def back_the_office_up(
    file: Annotated[Path, typer.Argument(help="The file to write")], office: OfficeOption = DEFAULT
) -> None:
    """Keep the office in one file, while it is in use."""
    hand_over("backup", office=office, file=file)
