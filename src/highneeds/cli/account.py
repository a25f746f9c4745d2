"""highneeds account"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.balance.from_files import AccountFiles, account_from_files
from highneeds.checks.finding import Finding, Severity
from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, SeedOption, command, known_day, show
from highneeds.cli._evidence import evidence_on
from highneeds.cli._money import as_asked
from highneeds.forecast import DRAWS, SEED
from highneeds.report.views.for_people import for_people
from highneeds.report.views.measures import account_table
from highneeds.report.words.findings import with_its_rule
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


@command("account")
def the_account(
    workspace: Annotated[Path | None, typer.Argument(help="A workspace folder; or give --years and --spend")] = None,
    years: Annotated[Path | None, typer.Option("--years", help="YEARS.csv: what each year was allotted")] = None,
    spend: Annotated[Path | None, typer.Option("--spend", help="SPEND.csv: what each year spent, by line")] = None,
    opening: Annotated[str | None, typer.Option("--opening", help="Deficit before the first year, in pounds")] = None,
    plan_opening: Annotated[str | None, typer.Option("--plan-opening", help="The same as planned")] = None,
    override_end: Annotated[list[str] | None, typer.Option("--override-end", help="A 31 March; may repeat")] = None,
    last_year: Annotated[str | None, typer.Option("--last-year", help="Last year of the agreement")] = None,
    view: Annotated[
        str, typer.Option("--view", help="Of a workspace: account, layers, sentences, drivers ...")
    ] = "account",
    priced: Annotated[
        bool, typer.Option("--priced", help="With --view savings: beside what the forecast says")
    ] = False,
    draws: Annotated[int, typer.Option("--draws", help="With --priced: how many futures are drawn")] = DRAWS,
    seed: SeedOption = SEED,
    as_known: AsKnownOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Where the money stands against the agreement: in-year, accumulated, the gap and what it is made of."""
    if priced:
        show(as_asked(_priced(workspace, view, draws, seed, known_day(as_known)), format), format, out)
        return
    if workspace is not None:
        own = (years, spend, opening, plan_opening, override_end, last_year)
        _of_workspace(workspace, view, own, known_day(as_known), format, out)
        return
    if years is None or spend is None or opening is None:
        raise InputError(
            "The account needs a workspace, or --years, --spend and --opening together",
            remedy="For example: highneeds account --years years.csv --spend spend.csv --opening 97000000",
        )
    files = AccountFiles(years, spend, opening, plan_opening or "", tuple(override_end or ()), last_year or "")
    found = account_from_files(files, known_day(as_known))
    _tell(account_table(found.measures), found.findings, format, out)


def _of_workspace(
    folder: Path, name: str, others: Sequence[object], day: date | None, format: Format, out: Path | None
) -> None:
    from highneeds.report.views.by_name import view

    if any(others):
        raise InputError(
            "A workspace brings its own years, spend, opening and agreement",
            remedy="Give the workspace alone, or leave it out and give the files",
        )
    evidence = evidence_on(folder, day)
    _tell(view(evidence.account, name), evidence.account_findings, format, out)


def _priced(folder: Path | None, name: str, draws: int, seed: int, day: date | None) -> Table:
    from highneeds.report.views.priced_savings import savings_of

    if folder is None or name != "savings":
        raise InputError("Only savings of a workspace can be priced", remedy="Give a workspace and --view savings")
    return savings_of(evidence_on(folder, day, draws, seed))


def _tell(table: Table, findings: Sequence[Finding], format: Format, out: Path | None) -> None:
    if format is Format.TEXT and "measure" in table.columns and "financial_year" in table.columns:
        shown, missing = for_people(table)
        show(shown, format, out)
        sys.stderr.write(f"{missing}\n" if missing else "")
    else:
        show(as_asked(table, format), format, out)
    for one in findings:
        sys.stderr.write(f"{with_its_rule(one)}\n")
    if any(one.severity is Severity.MUST_FIX for one in findings):
        raise typer.Exit(1)
