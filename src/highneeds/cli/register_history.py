"""highneeds register history"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._registers import RegisterOption


@command("register", "history")
def register_history(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    register: RegisterOption,
    row: Annotated[str, typer.Option("--row", help="Only the row with this key")] = "",
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Every change of a register: when, by which role, why, and what stood there before and after."""
    from highneeds.cli._registers import must_be_a_workspace
    from highneeds.registers.mechanism.history import changes_in, place_of, table
    from highneeds.registers.of_workspace import known_register

    must_be_a_workspace(workspace)
    place = workspace / place_of(known_register(register))
    if not place.exists():
        show(table(()), format, out)
        return
    with place.open(encoding="utf-8", newline="") as lines:
        show(table(changes_in(lines, row)), format, out)
