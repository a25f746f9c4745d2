"""The account of two files, for whoever keeps no workspace: what each year was allotted, and what it spent."""

from dataclasses import dataclass
from datetime import date

from highneeds.account.amount import Amount, known
from highneeds.account.balance.roll import roll, spend_by_year
from highneeds.account.balance.table import AccountMeasure, account_findings, account_measures, override_end
from highneeds.account.spend.lines import line_findings
from highneeds.checks.finding import Finding
from highneeds.intake.ledger.amounts import plain_pence
from highneeds.intake.ledger.spend import read_spend, spend_known
from highneeds.intake.ledger.years import read_years, years_known
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source


@dataclass(frozen=True)
class AccountFiles:
    """The two files, and what else the account needs, as it is typed; '' where it is not given.

    opening        the deficit before the first year, in pounds; plan_opening: the same as planned
    override_ends  days on which the override may end, each a 31 March
    last_year      of the agreement
    """

    years: Place
    spend: Place
    opening: str
    plan_opening: str = ""
    override_ends: tuple[str, ...] = ()
    last_year: str = ""


@dataclass(frozen=True)
class AccountOfFiles:
    """measures: of every year, then of the whole account; findings: what a person must look at"""

    measures: tuple[AccountMeasure, ...]
    findings: tuple[Finding, ...]


def account_from_files(files: AccountFiles, day: date | None) -> AccountOfFiles:
    """Carry the deficit through the years. day: what became known later is left out; None for all that is known."""
    rows, spent = years_known(read_years(files.years), day), spend_known(read_spend(files.spend), day)
    if not rows:
        raise InputError("The file holds no year", where=files.years.name, remedy="Add one row for each financial year")
    planned = _typed("--plan-opening", files.plan_opening) if files.plan_opening else None
    account = roll(rows, spend_by_year(spent, rows), _typed("--opening", files.opening), planned)
    last = FinancialYear.parse(files.last_year, "--last-year") if files.last_year else None
    measures = account_measures(account, [override_end(text) for text in files.override_ends], last)
    return AccountOfFiles(measures, (*account_findings(account), *line_findings(spent)))


def _typed(option: str, pounds: str) -> Amount:
    return known(plain_pence(pounds, option), Source(option))
