"""highneeds portfolio"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import OpenDataOption, command, now, write_whole
from highneeds.cli._kept import kept_beside
from highneeds.cli._progress import progress_bar
from highneeds.vocabulary.errors import InputError


class PortfolioFormat(StrEnum):
    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    HTML = "html"
    XLSX = "xlsx"


@command("portfolio")
def portfolio(
    workspaces: Annotated[list[Path], typer.Argument(help="Workspace folders, one for each council")],
    format: Annotated[PortfolioFormat, typer.Option("--format", help="How it is written")] = PortfolioFormat.TEXT,
    out: Annotated[Path | None, typer.Option("--out", help="A file; html and xlsx need one")] = None,
    open_data: OpenDataOption = None,
) -> None:
    """Many councils side by side: ranked by distance from plan, what changed, what is open, and their sum."""
    from highneeds.forecast.aggregates.learn import spreads_of_sum
    from highneeds.intake.published import open_pack
    from highneeds.report.portfolio import forecast_councils, line_of, portfolio_as
    from highneeds.run import gather

    if out is None and format in (PortfolioFormat.HTML, PortfolioFormat.XLSX):
        raise InputError("A page or a workbook needs a file", where="--out", remedy="Name one with --out")
    with progress_bar() as step:
        lines = []
        for folder in workspaces:
            kept = kept_beside(out or Path("out") / "portfolio", folder)
            lines.append(line_of(gather(folder, open_data, step, kept), folder.name))
    asked = forecast_councils(lines)
    spreads = spreads_of_sum(open_pack(open_data), *asked) if asked else None
    data = portfolio_as(format, lines, now().date(), spreads)
    if out is None:
        sys.stdout.write(data.decode())
        return
    write_whole(out, data)
    sys.stdout.write(f"{len(lines)} councils are in {out}\n")
