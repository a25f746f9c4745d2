"""highneeds commitments invent"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import OpenDataOption, SeedOption, command, write_whole
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

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

    from highneeds.intake.published import open_pack
    from highneeds.invented.commitments import books_of_caseload, invented_book, published_plans

    rng, the_year = np.random.default_rng(np.random.SeedSequence(seed)), FinancialYear.parse(year, "--year")
    if caseload is None:
        if ledger is not None:
            raise InputError("A ledger needs a caseload", where="--ledger", remedy="Give --caseload as well")
        book = invented_book(published_plans(open_pack(open_data), council, scale), the_year, council, rng)
    else:
        found = _caseload(caseload, establishments)
        book, posted = books_of_caseload(found, the_year, council, rng, with_ledger=ledger is not None)
        if ledger is not None and posted is not None:
            write_whole(ledger, posted.write_csv().encode("utf-8"))
    write_whole(out, book.write_csv().encode("utf-8"))


def _caseload(path: Path, establishments: Path | None) -> "Caseload":
    """The latest return in a file or folder, with the list of establishments given or lying beside it."""
    from highneeds.caseload import from_return
    from highneeds.cli._sen2 import read
    from highneeds.intake.sen2.lists import ESTABLISHMENTS, lists_of

    beside = path / ESTABLISHMENTS
    lists = lists_of(None, establishments or (beside if beside.exists() else None))
    returns = read([path], lists, None, None)
    return from_return(max(returns, key=lambda one: one.reference_date))
