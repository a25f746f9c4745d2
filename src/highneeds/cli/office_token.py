"""highneeds office token"""

from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, CouncilOption, OfficeOption, hand_over


@command("office", "token")
def make_a_token(
    name: Annotated[str, typer.Option("--name", help="Which program reads with it")] = "made at the shell",
    days: Annotated[int, typer.Option("--days", help="How long it is good for", min=1, max=3650)] = 365,
    council: CouncilOption = "",
    office: OfficeOption = DEFAULT,
) -> None:
    """Make a token with which a program reads one council's figures; it is printed once."""
    hand_over("token", office=office, name=name, council=council, days=days)
