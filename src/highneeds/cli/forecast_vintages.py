"""highneeds forecast vintages"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.balance.forecast_question import came_true
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show
from highneeds.cli._forecasting import account_of_folder, council_of, say
from highneeds.forecast.record import VintageTable, record_of, with_actuals
from highneeds.intake.published import open_pack
from highneeds.report.words.forecast import of_the_record


@command("forecast", "vintages")
def every_forecast_kept(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    table: Annotated[
        VintageTable,
        typer.Option("--table", help="kept; held against what came; coverage of the bands; by period of the year"),
    ] = VintageTable.KEPT,
    open_data: OpenDataOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Every forecast made on a workspace, and what came held against it: error, coverage, and by period of the year.

    Why today's forecast differs from one of them: highneeds forecast explain WORKSPACE --since NAME.
    """
    published, la_number = open_pack(open_data), council_of(workspace, None)
    record = record_of(workspace, published, la_number, came_true(account_of_folder(workspace, published)))
    show(table.of(record), format, out)
    say(of_the_record(len(record), len(with_actuals(record))))
