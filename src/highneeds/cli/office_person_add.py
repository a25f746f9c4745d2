"""highneeds office person add"""

from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, CouncilOption, OfficeOption, hand_over


@command("office", "person", "add")
def add_a_person(
    name: Annotated[str, typer.Option("--name", help="As it stands on the record")],
    email: Annotated[str, typer.Option("--email", help="With which they sign in")],
    role: Annotated[str, typer.Option("--role", help="analyst, finance, manager, owner, section-151, director, ...")],
    council: CouncilOption = "",
    deputy: Annotated[bool, typer.Option("--deputy", help="Signs when the holder of the role cannot")] = False,
    office: OfficeOption = DEFAULT,
) -> None:
    """Give somebody a role in the office, and a link with which they choose a password."""
    hand_over("person_add", office=office, name=name, email=email, role=role, council=council, deputy=deputy)
