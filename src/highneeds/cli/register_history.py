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
    from highneeds.registers.mechanism.history import place_of, read_history, table
    from highneeds.registers.of_workspace import known_register

    place = workspace / place_of(known_register(register))
    found = read_history(place.read_text("utf-8")) if place.exists() else ()
    show(table(one for one in found if row in ("", one.row)), format, out)
