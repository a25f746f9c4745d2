"""highneeds commitments invent"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import OpenDataOption, SeedOption, command, write_whole
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month

if TYPE_CHECKING:
    from highneeds.caseload import Caseload


@command("commitments", "invent")
def invent_a_book(
    council: Annotated[str, typer.Option("--council", help="LA number, such as 886")],
    year: Annotated[str, typer.Option("--year", help="Financial year, such as 2024-25")],
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write")],
    scale: Annotated[float, typer.Option("--scale", help="1 for the council's published numbers")] = 1.0,
    caseload: Annotated[
        Path | None, typer.Option("--caseload", help="Price the placements of this SEN2 return")
    ] = None,
    establishments: Annotated[Path | None, typer.Option("--establishments", help="The GIAS extract for it")] = None,
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="With --caseload: write an invented ledger for it here")
    ] = None,
    seed: SeedOption = 1,
    open_data: OpenDataOption = None,
) -> None:
    """An invented commitment book, by published numbers of plans or for a caseload's placements; every row says so."""
    import numpy as np

    from highneeds.invented.commitments import (
        billed_by_quarter,
        book_of_caseload,
        invented_book,
        invented_ledger,
        with_slips,
    )

    rng, the_year = np.random.default_rng(np.random.SeedSequence(seed)), FinancialYear.parse(year, "--year")
    if caseload is None:
        if ledger is not None:
            raise InputError("A ledger needs a caseload", where="--ledger", remedy="Give --caseload as well")
        book = invented_book(_published(council, scale, open_data), the_year, council, rng)
        write_whole(out, book.write_csv().encode("utf-8"))
        return
    found = _caseload(caseload, establishments)
    billed = min(found.reference_date, the_year.last_day)
    book = book_of_caseload(found, the_year, council, rng, billed)
    if ledger is not None:
        through = _period(the_year, billed)
        book = billed_by_quarter(with_slips(book, rng), the_year, through)
        posted = invented_ledger(book, the_year, through, rng)
        write_whole(ledger, posted.write_csv().encode("utf-8"))
    write_whole(out, book.write_csv().encode("utf-8"))


def _period(year: FinancialYear, day: date) -> int:
    """The period of the year that holds the day; 0 before it."""
    return max(0, Month(year.start, 4).months_until(Month.of(day)) + 1)


def _published(council: str, scale: float, open_data: Path | None) -> dict[str, int]:
    """The council's newest published plans by setting."""
    from highneeds.intake.published import open_pack

    plans = open_pack(open_data).table("ehcp_caseload_by_setting")
    ours = plans.filter((plans["la_number"] == council) & (plans["plans"].is_not_null())).sort("year")
    if not ours.height:
        raise InputError(f"No plans are published for council {council}", where="--council", remedy="Check the number")
    newest = ours.filter(ours["year"] == ours["year"].max())
    return {row["setting"]: round(row["plans"] * scale) for row in newest.to_dicts()}


def _caseload(path: Path, establishments: Path | None) -> "Caseload":
    """The latest return in a file or folder, with the list of establishments given or lying beside it."""
    from highneeds.caseload import from_return
    from highneeds.cli._sen2 import read

    beside = path / "establishments.csv"
    listed = establishments or (beside if beside.exists() else None)
    returns, _ = read([path], listed, None, None)
    return from_return(max(returns, key=lambda one: one.reference_date))
