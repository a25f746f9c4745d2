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
    from highneeds.report.portfolio import document_of, forecast_councils, line_of, table_of
    from highneeds.report.render import html, xlsx
    from highneeds.report.render.tables import as_csv, as_json, as_text
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
    if format in (PortfolioFormat.HTML, PortfolioFormat.XLSX):
        renderer = html if format is PortfolioFormat.HTML else xlsx
        data = renderer.render(document_of(lines, now().date(), spreads))
    else:
        write = {PortfolioFormat.CSV: as_csv, PortfolioFormat.JSON: as_json}.get(format, as_text)
        data = write(table_of(lines, spreads)).encode()
    if out is None:
        sys.stdout.write(data.decode())
        return
    write_whole(out, data)
    sys.stdout.write(f"{len(lines)} councils are in {out}\n")
