"""highneeds ledger accept"""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.stated import in_words
from highneeds.cli._command import command, write_whole
from highneeds.cli._ledger import ControlRowsOption, ControlTotalOption, MappingOption, read
from highneeds.intake.ledger.accepted import FOLDER, acceptances, to_accept
from highneeds.vocabulary.errors import InputError


@command("ledger", "accept")
def accept_an_export(
    export: Annotated[Path, typer.Argument(help="The ledger's export, CSV or Excel")],
    mapping: MappingOption,
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose account it joins")],
    by: Annotated[str, typer.Option("--by", help="The role that accepts it")],
    control_rows: ControlRowsOption = None,
    control_total: ControlTotalOption = None,
) -> None:
    """Take a ledger export as the council's spend: whole and without a problem, or not at all."""
    if not workspace.is_dir():
        raise InputError("The workspace folder is missing", where=str(workspace), remedy="Check the name")
    found = read(export, mapping, control_rows, control_total)
    files, fresh = to_accept(found, acceptances(workspace), by, date.today())
    (workspace / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_whole(workspace / name, data)
    for one in fresh:
        sys.stdout.write(f"{one.ledger}, {one.year}: {one.rows:,} postings, {in_words(one.total)}, accepted by {by}\n")
