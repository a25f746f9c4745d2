"""highneeds ledger accept"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.stated import in_words
from highneeds.actions.accept_ledger import accept_ledger
from highneeds.cli._command import command, now
from highneeds.cli._ledger import ControlRowsOption, ControlTotalOption, MappingOption, read
from highneeds.store.folder import FolderStore


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
    store = FolderStore(workspace)
    for one in accept_ledger(store, read(export, mapping, control_rows, control_total), by=by, now=now()):
        sys.stdout.write(f"{one.ledger}, {one.year}: {one.rows:,} postings, {in_words(one.total)}, accepted by {by}\n")
