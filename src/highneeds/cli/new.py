"""highneeds new"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import OpenDataOption, command, now, tell
from highneeds.report.words.new_workspace import workspace_begun
from highneeds.vocabulary.errors import InputError
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
    made = _made(folder)
    try:
        begun = new_workspace(
            FolderStore(folder),
            open_pack(open_data),
            council,
            programme,
            first,
            last,
            by="highneeds new",
            now=now(),
        )
    except InputError:
        _unmade(made)
        raise
    about = (begun.council.name, len(begun.names), begun.figures, folder)
    agreed = begun.council.agreement_year if programme is Programme.NONE else ""
    tell(workspace_begun(*about, begun.unpublished, agreed))


def _made(folder: Path) -> list[Path]:
    """Make the folder and those above it; which were made, the innermost first."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("There is something already", where=str(folder), remedy="Name a folder that is not there yet")
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError("The folder cannot be made", where=str(folder), remedy="Choose another place") from problem
    return missing


def _unmade(made: list[Path]) -> None:
    """Nothing is left of a workspace that was refused."""
    import shutil

    if made:
        shutil.rmtree(made[-1], ignore_errors=True)
