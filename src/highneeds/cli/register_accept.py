"""highneeds register accept"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, command, show, write_whole
from highneeds.cli._registers import AsAtOption, RegisterOption, known_of
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.registers.register import Register, RegisterRow


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
    from highneeds.checks.finding import findings_table
    from highneeds.registers.mechanism import history
    from highneeds.registers.mechanism.register import ROLES
    from highneeds.registers.of_workspace import known_register, read_file
    from highneeds.report.render.tables import as_csv

    if by.strip() not in ROLES:
        raise InputError(f"'{by}' is no role", where="--by", remedy=f"Use one of {', '.join(ROLES)}")
    definition = known_register(register)
    if not why.strip():
        raise InputError("No reason is given", where="--why", remedy="Say why the register changes")
    known = known_of(workspace, as_at)
    new = read_file(definition, file)
    if new.findings.must_fix:
        show(findings_table(new.findings.must_fix), Format.TEXT)
        raise InputError(
            f"{len(new.findings.must_fix)} findings have to be fixed first",
            where=file.name,
            remedy="Nothing was changed",
        )
    before = known.entries[register].rows if register in known.entries else ()
    place = workspace / history.place_of(definition)
    earlier = history.read_history(place.read_text("utf-8")) if place.exists() else ()
    role = by.strip()
    problems = history.refused(definition, before, new.rows, by=role, roles=frozenset({role}), why=why, history=earlier)
    if problems:
        show(findings_table(problems), Format.TEXT)
        raise InputError(f"{len(problems)} changes are refused", where=file.name, remedy="Nothing was changed")
    changes = history.changes(definition, before, new.rows, by=role, role=role, why=why, now=datetime.now(UTC))
    place.parent.mkdir(parents=True, exist_ok=True)
    (workspace / definition.folder).mkdir(parents=True, exist_ok=True)
    text = history.as_lines(changes)
    old = place.read_text("utf-8") if place.exists() else as_csv(history.table(())).strip() + "\n"
    write_whole(place, (old + text).encode())
    write_whole(workspace / definition.place, as_csv(as_file(definition, new.rows)).encode())
    sys.stdout.write(f"{definition.place}: {len(new.rows)} rows, {len(changes)} cells changed by {role}.\n")


def as_file(definition: "Register", rows: "tuple[RegisterRow, ...]") -> Table:
    """The rows as the register's file has them: only the columns in which something stands, and the required ones."""
    from highneeds.registers.mechanism.history import shown

    names = [
        column.name
        for column in definition.columns
        if column.required or any(row[column.name] is not None for row in rows)
    ]
    return Table.of(names, ([shown(definition, row, name) for name in names] for row in rows), definition.title)
