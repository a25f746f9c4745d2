"""highneeds ledger accept"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.stated import in_words
from highneeds.actions.accept_ledger import accept_ledger
from highneeds.cli._command import command, now
from highneeds.cli._ledger import ControlRowsOption, ControlTotalOption, MappingOption, read
from highneeds.cli._sen2 import KEY_HELP, CaseIdsOption, linkage_key
from highneeds.intake.ledger.accepted import must_be_acceptable
from highneeds.intake.ledger.keyed import references
from highneeds.intake.privacy import write_case_ids
from highneeds.store.folder import FolderStore


@command("ledger", "accept")
def accept_an_export(
    export: Annotated[Path, typer.Argument(help="The ledger's export, CSV or Excel")],
    mapping: MappingOption,
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose account it joins")],
    by: Annotated[str, typer.Option("--by", help="The role that accepts it")],
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    case_ids: CaseIdsOption = None,
    control_rows: ControlRowsOption = None,
    control_total: ControlTotalOption = None,
) -> None:
    """Take a ledger export as the council's spend: whole and without a problem, or not at all."""
    store = FolderStore(workspace)
    found = read(export, mapping, control_rows, control_total)
    must_be_acceptable(found, by)
    secret = linkage_key(key, workspace)
    if case_ids is not None:
        write_case_ids(case_ids, references(found, secret), away_from=workspace)
    for one in accept_ledger(store, found, key=secret, by=by, now=now()):
        sys.stdout.write(f"{one.ledger}, {one.year}: {one.rows:,} postings, {in_words(one.total)}, accepted by {by}\n")
