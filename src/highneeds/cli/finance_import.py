"""highneeds finance import"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show, tell
from highneeds.report.words import imports
from highneeds.vocabulary.period import FinancialYear


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
        tell(imports.finance(done))
    else:
        show(done.table(), format, out)
