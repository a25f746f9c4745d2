"""highneeds office init"""

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, OfficeOption, hand_over


@command("office", "init")
def make_an_office(office: OfficeOption = DEFAULT) -> None:
    """Make the office of a team: its folder, keys and database; one that is there is brought up to date."""
    hand_over("init", office=office)
