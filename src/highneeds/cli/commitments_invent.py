"""highneeds commitments invent"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import OpenDataOption, SeedOption, command, write_whole
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear


@command("commitments", "invent")
def invent_a_book(
    council: Annotated[str, typer.Option("--council", help="LA number, such as 886")],
    year: Annotated[str, typer.Option("--year", help="Financial year, such as 2024-25")],
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write")],
    scale: Annotated[float, typer.Option("--scale", help="1 for the council's published numbers")] = 1.0,
    seed: SeedOption = 1,
    open_data: OpenDataOption = None,
) -> None:
    """An invented commitment book with the council's published number of plans by setting; every row says so."""
    import numpy as np

    from highneeds.account.invented_book import invented_book
    from highneeds.intake.published import open_pack

    plans = open_pack(open_data).table("ehcp_caseload_by_setting")
    ours = plans.filter((plans["la_number"] == council) & (plans["plans"].is_not_null())).sort("year")
    if not ours.height:
        raise InputError(f"No plans are published for council {council}", where="--council", remedy="Check the number")
    newest = ours.filter(ours["year"] == ours["year"].max())
    counts = {row["setting"]: round(row["plans"] * scale) for row in newest.to_dicts()}
    rng = np.random.default_rng(np.random.SeedSequence(seed))
    book = invented_book(counts, FinancialYear.parse(year, "--year"), council, rng)
    write_whole(out, book.write_csv().encode("utf-8"))
