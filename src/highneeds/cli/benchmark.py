"""highneeds benchmark"""

import sys
from typing import Annotated

import typer

from highneeds.benchmarks import benchmark
from highneeds.cli._command import Format, FormatOption, OpenDataOption, OutOption, command, known_day, show
from highneeds.intake.published import open_pack
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


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
    known = set(published.table("la_lookup")["la_number"])
    if council != "all" and council not in known:
        raise InputError(f"{council} is no council of these statistics", where="--council", remedy="Give its LA number")
    table, notes = benchmark(published, None if council == "all" else [council])
    chosen = Table.of(table.columns, (row for row in table.rows if period is None or row[1] == period))
    if not chosen.rows:
        remedy = "Give a period such as 2024-01, 2023 or 2023-24" if table.rows else "Give newer figures as --open-data"
        raise InputError(f"Nothing is published of {council}" + (f" for {period}" if period else ""), remedy=remedy)
    show(_for_people(chosen) if format is Format.TEXT else chosen, format, out)
    for note in notes:
        if period is None or f", {period}:" in note:
            sys.stderr.write(note + "\n")


def _for_people(table: Table) -> Table:
    """Two decimals on a screen; files carry the figures unrounded."""
    rows = [[round(cell, 2) if isinstance(cell, float) else cell for cell in row] for row in table.rows]
    return Table.of(table.columns, rows)
