"""highneeds commitments report"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.commitments.in_year import BesideTheBook, beside_the_book, book_in_year
from highneeds.account.problems import problem_findings
from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, command, known_day, show
from highneeds.cli._evidence import evidence_on
from highneeds.cli._money import as_asked
from highneeds.intake.ledger.commitments import read_commitments
from highneeds.intake.ledger.spend import period_of
from highneeds.report.views.books import by_month
from highneeds.report.words import commitments as words
from highneeds.report.words.findings import with_its_rule
from highneeds.vocabulary.period import FinancialYear


@command("commitments", "report")
def report_on_the_year(
    book: Annotated[Path, typer.Argument(help="The commitment book, CSV or Excel")],
    year: Annotated[str, typer.Option("--year", help="Financial year, such as 2024-25")],
    closed: Annotated[str, typer.Option("--closed", help="Last closed period, such as P10; else the last posted")] = "",
    workspace: Annotated[Path | None, typer.Option("--workspace", help="Its ledger, budget and adjustments")] = None,
    as_known: AsKnownOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """The year by period and line: budget, actual, accrual, commitment, forecast; adjustments apart."""
    found, the_year = read_commitments(book), FinancialYear.parse(year, "--year")
    beside = BesideTheBook()
    if workspace is not None:
        evidence = evidence_on(workspace, known_day(as_known))
        beside = beside_the_book(evidence.root, evidence.as_known, evidence.rows("adjustments"))
    last = period_of(closed, "--closed") if closed else None
    result, notes = book_in_year(found.rows, the_year, beside, last)
    show(as_asked(by_month(result), format), format, out)
    for note in notes:
        sys.stderr.write(words.said(note) + "\n")
    for finding in problem_findings("COMMITMENTS-03", found.problems):
        sys.stderr.write(f"{with_its_rule(finding)}\n")
    if found.problems:
        raise typer.Exit(1)
