"""highneeds account"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.amount import Amount, known
from highneeds.account.balance.roll import roll, spend_by_year
from highneeds.account.balance.table import account_findings, account_table
from highneeds.account.balance.table import override_end as parse_end
from highneeds.account.spend.lines import line_findings
from highneeds.account.views.for_people import for_people
from highneeds.checks.finding import Finding, Severity
from highneeds.cli._command import AsKnownOption, Format, FormatOption, OutOption, SeedOption, command, known_day, show
from highneeds.cli._money import as_asked
from highneeds.intake.ledger.amounts import plain_pence
from highneeds.intake.ledger.spend import read_spend
from highneeds.intake.ledger.years import read_years
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

MONEY_REGISTERS = (
    "payments",
    "savings",
    "allocations",
    "block_transfers",
    "reserves",
    "investments",
    "commitments",
    "adjustments",
    "fee_uplifts",
    "exceptional_need",
    "joint_funding",
    "unit_costs",
)
"""Registers that the account is made from: what is wrong in them is told beside it."""


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
    draws: Annotated[int, typer.Option("--draws", help="With --priced: how many futures are drawn")] = 500,
    seed: SeedOption = 1,
    as_known: AsKnownOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Where the money stands against the agreement: in-year, accumulated, the gap and what it is made of."""
    if priced:
        show(as_asked(_priced(workspace, view, draws, seed), format), format, out)
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
    rows, spent = read_years(years), read_spend(spend)
    if not rows:
        raise InputError("The file holds no year", where=years.name, remedy="Add one row for each financial year")
    account = roll(
        rows,
        spend_by_year(spent, rows),
        _option("--opening", opening),
        _option("--plan-opening", plan_opening) if plan_opening else None,
    )
    last = FinancialYear.parse(last_year, "--last-year") if last_year else None
    table = account_table(account, [parse_end(text) for text in override_end or ()], last)
    _tell(table, (*account_findings(account), *line_findings(spent)), format, out)


def _of_workspace(
    folder: Path, name: str, others: Sequence[object], day: date | None, format: Format, out: Path | None
) -> None:
    from highneeds.account.of_workspace import account_of
    from highneeds.account.views.by_name import view
    from highneeds.cli._sen2 import key_at_hand
    from highneeds.intake.published import open_pack
    from highneeds.intake.workspace import read_workspace
    from highneeds.registers.registry import read_registers

    if any(others):
        raise InputError(
            "A workspace brings its own years, spend, opening and agreement",
            remedy="Give the workspace alone, or leave it out and give the files",
        )
    registers = read_registers(folder)
    workspace, published = read_workspace(folder), open_pack()
    if day is not None:
        workspace, published = workspace.as_known(day), published.known_on(day)
    result = account_of(workspace, registers, published, key_at_hand(folder))
    listed = [one for register in MONEY_REGISTERS if register in registers for one in registers[register].findings.all]
    _tell(view(result, name), (*result.findings, *listed), format, out)


def _priced(folder: Path | None, name: str, draws: int, seed: int) -> Table:
    """The savings register beside the forecast. The forecast is imported here, because only this asks for it."""
    from highneeds.account.savings.priced import priced_savings, priced_table, workspace_scenarios
    from highneeds.account.stated import of_fact
    from highneeds.caseload.store import from_files
    from highneeds.forecast.council import learn, learn_from_returns
    from highneeds.intake.accepted import current, kept_files
    from highneeds.intake.ledger.finance import read_finance
    from highneeds.intake.published import open_pack
    from highneeds.intake.workspace import read_workspace
    from highneeds.registers.registry import read_registers

    if folder is None or name != "savings":
        raise InputError("Only savings of a workspace can be priced", remedy="Give a workspace and --view savings")
    workspace, registers = read_workspace(folder), read_registers(folder)
    rows = registers["savings"].rows if "savings" in registers else ()
    returns = [from_files(one.fingerprint, kept_files(folder, one.fingerprint)) for one in current(folder)]
    if len(returns) > 1:
        assumptions, _ = learn_from_returns(returns, open_pack(), years=5)
    else:
        assumptions, _ = learn(open_pack(), workspace.council.la_number, years=5, draws=draws, seed=seed)
    facts = {fact.id: fact for fact in workspace.facts}
    needed = read_finance(folder, set(facts)).parts.savings_needed
    asked = of_fact(facts[needed]) if needed else None
    scenarios = workspace_scenarios(folder)
    return priced_table(priced_savings(rows, facts, scenarios, assumptions, draws, seed, asked=asked))


def _tell(table: Table, findings: Sequence[Finding], format: Format, out: Path | None) -> None:
    if format is Format.TEXT and "measure" in table.columns and "financial_year" in table.columns:
        shown, missing = for_people(table)
        show(shown, format, out)
        sys.stderr.write(f"{missing}\n" if missing else "")
    else:
        show(as_asked(table, format), format, out)
    for one in findings:
        place = f"{one.file} line {one.line}: " if one.line else ""
        sys.stderr.write(f"{one.rule} ({one.severity}) {place}{one.message}. {one.fix}\n")
    if any(one.severity is Severity.MUST_FIX for one in findings):
        raise typer.Exit(1)


def _option(name: str, text: str) -> Amount:
    return known(plain_pence(text, name), name)
