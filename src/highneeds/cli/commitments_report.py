"""highneeds commitments report"""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.commitments.cost import period_end
from highneeds.account.commitments.three_books import year_of_book
from highneeds.account.problems import problem_findings
from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, command, known_day, show
from highneeds.cli._evidence import evidence_on
from highneeds.cli._money import as_asked
from highneeds.intake.ledger.accepted import accepted_spend
from highneeds.intake.ledger.commitments import read_commitments
from highneeds.intake.ledger.spend import SpendRow, period_of, read_spend, spend_known
from highneeds.registers.register import RegisterRow
from highneeds.report.views.books import by_month
from highneeds.report.words import commitments as words
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
    found = read_commitments(book)
    the_year = FinancialYear.parse(year, "--year")
    posted, listed, added = _of_workspace(workspace, known_day(as_known))
    last_posted = max((row.period or 0 for row in posted if row.year == the_year), default=0)
    last = period_of(closed, "--closed") if closed else last_posted
    spent = {(row.line, row.period or 0): row.amount or 0 for row in posted if row.year == the_year}
    result, notes = year_of_book(found.rows, the_year, last, period_end(the_year, last), spent, listed, added)
    show(as_asked(by_month(result), format), format, out)
    for note in notes:
        sys.stderr.write(words.said(note) + "\n")
    for finding in problem_findings("COMMITMENTS-03", found.problems):
        place = f"{finding.file} line {finding.line}: " if finding.line else ""
        sys.stderr.write(f"{finding.rule} ({finding.severity}) {place}{finding.message}. {finding.fix}\n")
    if found.problems:
        raise typer.Exit(1)


def _of_workspace(
    folder: Path | None, day: date | None
) -> tuple[tuple[SpendRow, ...], tuple[SpendRow, ...], tuple[RegisterRow, ...]]:
    """Accepted postings, spend.csv with its budgets, and manual adjustments; nothing where there is no workspace."""
    if folder is None:
        return (), (), ()
    evidence = evidence_on(folder, day)
    spend = evidence.root / "finance" / "spend.csv"
    return (
        accepted_spend(evidence.root, evidence.as_known),
        spend_known(read_spend(spend), evidence.as_known) if spend.exists() else (),
        evidence.rows("adjustments"),
    )
