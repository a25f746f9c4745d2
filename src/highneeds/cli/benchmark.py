"""highneeds benchmark"""

import sys
from typing import Annotated

import typer

from highneeds.benchmarks import benchmark_of
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, known_day, show
from highneeds.intake.published import open_pack
from highneeds.report.views.for_people import two_decimals


@command("benchmark")
def against_others(
    council: Annotated[str, typer.Option("--council", help="An LA number such as 886, or all")],
    open_data: OpenDataOption = None,
    as_known: Annotated[
        str | None, typer.Option("--as-known", help="Use no statistic published after this day, such as 2025-04-02")
    ] = None,
    period: Annotated[str | None, typer.Option("--period", help="Only this one: 2024-01, 2023 or 2023-24")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """The council beside England, its region and its statistical neighbours, from published statistics."""
    published, day = open_pack(open_data), known_day(as_known)
    published = published.known_on(day) if day else published
    table, notes = benchmark_of(published, council, period)
    show(two_decimals(table) if format is Format.TEXT else table, format, out)
    for note in notes:
        sys.stderr.write(note + "\n")
