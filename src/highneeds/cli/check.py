"""highneeds check"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.checks.finding import Finding, Severity, findings_table
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show

if TYPE_CHECKING:
    from highneeds.actions.check_workspace import CheckedWorkspace

WORDS = {Severity.MUST_FIX: "must be fixed", Severity.QUERY: "to be asked", Severity.NOTE: "to be known"}


@command("check")
def check(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    open_data: OpenDataOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Everything that is wrong with a workspace, in one list; then what each missing file would add."""
    from highneeds.actions.check_workspace import check_workspace
    from highneeds.evidence import Options
    from highneeds.store.folder import FolderStore

    where = None if open_data is None else str(open_data)
    found = check_workspace(FolderStore(workspace), Options(open_data=where))
    if format is Format.TEXT and out is None:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(found)))
    else:
        show(findings_table(found.all), format, out)
    if any(one.severity is Severity.MUST_FIX for one in found.all):
        raise typer.Exit(1)


def _lines(found: "CheckedWorkspace") -> Iterator[str]:
    counts = Counter(one.severity for one in found.all)
    parts = [f"{counts[one]} {WORDS[one]}" for one in Severity if counts[one]]
    yield ", ".join(parts) if parts else "Nothing is wrong."
    for severity in Severity:
        some = [one for one in found.all if one.severity is severity]
        if some:
            yield f"\n{WORDS[severity].capitalize()}"
            yield from (_line(one) for one in some)
    if found.missing:
        yield "\nWhat is not there, and what it would add"
        yield from (f"  {name}: {adds}" for name, adds in found.missing)


def _line(one: Finding) -> str:
    line = f" line {one.line}" if one.line else ""
    column = f", column {one.field}" if one.field and one.line else ""
    place = f"{one.file}{line}{column}: " if one.file else ""
    return f"  {place}{one.message.rstrip('.')}. {one.fix.rstrip('.')}."
