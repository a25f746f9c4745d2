"""highneeds dashboard import"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show

if TYPE_CHECKING:
    from highneeds.actions.import_dashboard import ImportedCell, ImportedDashboard

MANY = 3
"""Of more cells than these the first is named and the rest are counted; --format csv names every one."""


@command("dashboard", "import")
def dashboard_import(
    file: Annotated[Path, typer.Argument(help="The council's own spreadsheet: .xlsx, .xls, .ods or CSV")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace that it goes into")],
    sheet: Annotated[str, typer.Option("--sheet", help="The sheet; default: the one with the most months")] = "",
    by: Annotated[str, typer.Option("--by", help="Who imports it, for the record")] = "highneeds dashboard import",
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """A council's own indicator spreadsheet becomes observations; what was done with every cell is said."""
    from highneeds.actions.import_dashboard import import_dashboard
    from highneeds.store.folder import FolderStore

    done = import_dashboard(FolderStore(workspace), file, sheet, by=by, now=now())
    if format is Format.TEXT and out is None:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(done)))
    else:
        show(done.table(), format, out)


def _lines(done: "ImportedDashboard") -> Iterator[str]:
    """Row by row what it became, then every cell that was not plain, then what was no row."""
    name = f"sheet {done.sheet}, " if done.sheet else ""
    counts = Counter(one.outcome.value for one in done.cells)
    yield f"Read from {name}periods in {done.heads_at}: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    yield "\nRows (dashboard_mapping.csv keeps this; correct an id there and import again)"
    for one in done.mapping:
        near = f"; may be {done.suggestions[one.title]}" if one.title in done.suggestions else ""
        yield f"  {one.title} -> {one.indicator or 'left out'}, {one.unit}{near}"
    noted = [one for one in done.cells if one.note or (one.outcome.value == "not read" and one.printed)]
    if noted:
        yield "\nCells with something to know"
        yield from _by_what_is_known(noted)
    if done.asides:
        yield "\nNo rows of figures"
        yield from (f"  {one.where} '{one.text[:80]}': {one.taken_for}" for one in done.asides)
    if done.sheets:
        yield f"\nSheets that were not read: {', '.join(done.sheets)}"
    yield "\nWritten: " + (", ".join(done.changed) if done.changed else "nothing, for nothing is new")


def _by_what_is_known(noted: Sequence["ImportedCell"]) -> Iterator[str]:
    """A line a cell; one line for many cells of which the same is to be known."""
    alike: dict[str, list[ImportedCell]] = {}
    for one in noted:
        alike.setdefault(f"{one.outcome.value}{_state(one.state)}; {one.note}", []).append(one)
    for said, cells in alike.items():
        if len(cells) > MANY:
            yield f"  {cells[0].where} '{cells[0].printed}' and {len(cells) - 1} more: {said}"
        else:
            yield from (f"  {one.where} '{one.printed}': {said}" for one in cells)


def _state(state: str) -> str:
    return f", {state}" if state else ""
