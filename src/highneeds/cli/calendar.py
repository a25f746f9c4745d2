"""highneeds calendar"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._registers import AsAtOption, ListsKnownOption, known_of


@command("calendar")
def the_calendar(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    as_at: AsAtOption = None,
    as_known: ListsKnownOption = None,
    horizon: Annotated[int, typer.Option("--horizon", help="Days ahead that are shown", min=0)] = 90,
    everything: Annotated[bool, typer.Option("--all", help="Also what is later, met, met late or ended")] = False,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Every statutory, contract and local due day of the registers, what is overdue first."""
    from highneeds.registers.mechanism.due import table

    show(table(known_of(workspace, as_at, as_known).calendar(horizon, everything)), format, out)
