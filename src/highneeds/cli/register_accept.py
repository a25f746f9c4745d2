"""highneeds register accept"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, command, now, show
from highneeds.cli._registers import AsAtOption, RegisterOption, must_be_a_workspace, the_day
from highneeds.store.folder import FolderStore

SEEN = "Decisions among them: {}. A role shows that somebody else decides; which person is known in the office only.\n"


@command("register", "accept")
def accept_register(
    file: Annotated[Path, typer.Argument(help="The register as CSV or workbook")],
    register: RegisterOption,
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose register it becomes")],
    by: Annotated[str, typer.Option("--by", help="The role that accepts it, such as finance_partner")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept in the history")],
    as_at: AsAtOption = None,
) -> None:
    """Take a file as the register: refuses moves that are not listed, writes the history, and nothing by half."""
    from highneeds.actions._register_given import RegisterEditor
    from highneeds.actions.accept_register import RegisterRefused, must_be_a_role
    from highneeds.actions.accept_register import accept_register as accept
    from highneeds.checks.finding import findings_table
    from highneeds.registers.of_workspace import known_register, read_file

    must_be_a_role(by)
    definition = known_register(register)
    must_be_a_workspace(workspace)
    the_day(as_at)
    new, store = read_file(definition, file), FolderStore(workspace)
    try:
        done = accept(store, new, where=file.name, by=RegisterEditor.in_role(by), why=why, now=now())
    except RegisterRefused as refused:
        show(findings_table(refused.findings), Format.TEXT)
        raise
    sys.stdout.write(f"{definition.place}: {done.rows} rows, {done.cells} cells changed by {by.strip()}.\n")
    if done.decided:
        sys.stdout.write(SEEN.format(done.decided))
