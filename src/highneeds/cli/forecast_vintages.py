"""highneeds forecast vintages"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.balance.forecast_question import came_true
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, show
from highneeds.cli._forecasting import account_of_folder, council_of, say
from highneeds.forecast.record import by_period, coverage_table, held_table, kept_list, record_of, with_actuals
from highneeds.intake.published import open_pack


class VintageTable(StrEnum):
    """Which table is written."""

    KEPT = "kept"
    HELD = "held"
    COVERAGE = "coverage"
    BY_PERIOD = "by-period"


VIEWS = {
    VintageTable.KEPT: kept_list,
    VintageTable.HELD: held_table,
    VintageTable.COVERAGE: coverage_table,
    VintageTable.BY_PERIOD: by_period,
}


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
    show(VIEWS[table](record), format, out)
    if not record:
        say(["no forecast is kept yet: highneeds forecast and highneeds run keep every one they make on a workspace"])
    elif not with_actuals(record):
        say(["nothing that they forecast has come true yet, so there is no record of how good they are"])
