"""highneeds new"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import OpenDataOption, command, now, tell
from highneeds.cli._folder import begun_folder
from highneeds.report.words.new_workspace import workspace_begun
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme


@command("new")
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it must not be there yet, or be empty")
    ],
    council: Annotated[str, typer.Option("--council", help="The council's LA number, three digits")],
    programme: Annotated[Programme, typer.Option("--programme", help="What was agreed")] = Programme.NONE,
    first_year: Annotated[
        str | None, typer.Option("--first-year", help="First year of the plan; default: this one")
    ] = None,
    last_year: Annotated[str | None, typer.Option("--last-year", help="Last year; default: five years in all")] = None,
    open_data: OpenDataOption = None,
) -> None:
    """A workspace for any council, which runs at once from published data alone."""
    from highneeds.actions.new_workspace import new_workspace
    from highneeds.intake.published import open_pack
    from highneeds.store.folder import FolderStore

    first, last = (
        FinancialYear.parse(year, option) if year else None
        for year, option in ((first_year, "--first-year"), (last_year, "--last-year"))
    )
    with begun_folder(folder):
        begun = new_workspace(
            FolderStore(folder), open_pack(open_data), council, programme, first, last, by="highneeds new", now=now()
        )
    about = (begun.council.name, len(begun.names), begun.figures, folder)
    agreed = begun.council.agreement_year if programme is Programme.NONE else ""
    tell(workspace_begun(*about, begun.unpublished, agreed))
