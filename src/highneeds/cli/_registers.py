"""What the commands of the registers share."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import now
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import parse_day

if TYPE_CHECKING:
    from highneeds.registers.of_workspace import CouncilRegisters

RegisterOption = Annotated[str, typer.Option("--register", help="The register, such as fee_uplifts")]
AsAtOption = Annotated[str | None, typer.Option("--as-at", help="Nothing dated after this day counts; else today")]


ListsKnownOption = Annotated[
    str | None, typer.Option("--as-known", help="What the lists of the workspace said on this day; else all of it")
]


def the_day(as_at: str | None) -> date:
    """The day given, else today."""
    return now().date() if as_at is None else parse_day(as_at, "--as-at")


def in_order(first: tuple[date, date] | None, last: tuple[date, date] | None) -> None:
    """--from and --to as spans of days: nothing lies between two that stand the wrong way round."""
    if first and last and first[0] > last[1]:
        raise InputError("--from is later than --to", where="--from and --to", remedy="Write the earlier one first")


def must_be_a_workspace(folder: Path) -> None:
    if not (folder / "council.toml").is_file():
        raise InputError("This is no workspace: it has no council.toml", where=str(folder), remedy="Check the name")


def known_of(workspace: Path, as_at: str | None, as_known: str | None = None) -> "CouncilRegisters":
    """The registers of a workspace on the day; a folder that is none is refused.

    as_known   as their lists stood at the end of this day; it is then the day where none is given
    """
    from highneeds.registers.of_workspace import registers_known, registers_on

    must_be_a_workspace(workspace)
    then = parse_day(as_known, "--as-known") if as_known else None
    known = registers_known(
        workspace,
        then if then and as_at is None else the_day(as_at),
        None if then is None else registers_on(workspace, then),
        known_by=then or date.max,
    )
    if not (workspace / "caseload").is_dir():
        return known
    from highneeds.indicators.mechanism.of_workspace import accepted_cases

    return replace(known, cases=accepted_cases(workspace, known.as_at))
