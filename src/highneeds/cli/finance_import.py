"""highneeds finance import"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show
from highneeds.vocabulary.period import FinancialYear

if TYPE_CHECKING:
    from highneeds.actions.import_finance import ImportedFinance


@command("finance", "import")
def finance_import(
    file: Annotated[Path, typer.Argument(help="The finance workbook, or section 251 as published: .xlsx, .ods or CSV")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace that it goes into")],
    sheet: Annotated[str, typer.Option("--sheet", help="The sheet; default: every one that holds sums")] = "",
    year: Annotated[str | None, typer.Option("--year", help="The financial year of a sheet that says none")] = None,
    by: Annotated[str, typer.Option("--by", help="Who imports it, for the record")] = "highneeds finance import",
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """A council's finance workbook becomes its account: years, lines and periods; every cell is accounted for."""
    from highneeds.actions.import_finance import import_finance
    from highneeds.store.folder import FolderStore

    of_year = FinancialYear.parse(year, "--year") if year else None
    done = import_finance(FolderStore(workspace), file, sheet, of_year, by=by, now=now())
    if format is Format.TEXT and out is None:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(done)))
    else:
        show(done.table(), format, out)


def _lines(done: "ImportedFinance") -> Iterator[str]:
    counts = Counter(one.outcome.value for one in done.sums)
    yield "Read: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    yield "\nRows (finance/mapping.csv keeps this)"
    yield from (f"  {one.row} -> {one.goes_to or 'left out'}" for one in done.mapping)
    if done.unknown:
        yield "\nRows that nobody has mapped yet"
        yield from (f"  {one}" for one in done.unknown)
    noted = [one for one in done.sums if one.note]
    if noted:
        yield "\nCells with something to know"
        yield from (f"  {one.where} '{one.printed}': {one.outcome.value}; {one.note}" for one in noted)
    if done.asides:
        yield "\nNo sums"
        yield from (f"  {one.where} '{one.text[:80]}': {one.taken_for}" for one in done.asides)
    yield "\nWritten: " + (", ".join(done.changed) if done.changed else "nothing, for nothing is new")
