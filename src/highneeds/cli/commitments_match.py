"""highneeds commitments match"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.commitments.matching import match
from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._ledger import MappingOption
from highneeds.cli._money import as_asked
from highneeds.intake.ledger.children import read_children
from highneeds.intake.ledger.commitments import read_commitments
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.mapping import read_mapping
from highneeds.report.views.books import mismatches
from highneeds.vocabulary.period import FinancialYear, parse_day


@command("commitments", "match")
def match_three_books(
    book: Annotated[Path, typer.Argument(help="The commitment book, CSV or Excel")],
    children: Annotated[Path, typer.Option("--children", help="child, from_day, to_day: placements of the caseload")],
    ledger: Annotated[Path, typer.Option("--ledger", help="The ledger's export, CSV or Excel")],
    mapping: MappingOption,
    as_at: Annotated[str, typer.Option("--as-at", help="The day, such as 2025-01-31")],
    since: Annotated[str, typer.Option("--since", help="Show the movement since this earlier day")] = "",
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Hold caseload, commitments and ledger against each other: the pounds that do not match."""
    day, earlier = parse_day(as_at, "--as-at"), parse_day(since, "--since") if since else None
    postings = read_export(ledger, read_mapping(mapping)).postings
    placed, rows = read_children(children), read_commitments(book).rows
    found = match(placed, rows, postings, FinancialYear.of(day), day)
    before = match(placed, rows, postings, FinancialYear.of(day), earlier) if earlier else None
    show(as_asked(mismatches(found, before), format), format, out)
