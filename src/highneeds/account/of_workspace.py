"""One call from a workspace to its account: its facts, positions, capital register and the published grant together."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.baseline import baseline_findings
from highneeds.account.balance.on_track import CapitalProject
from highneeds.account.balance.published_account import PublishedAccount, published_account
from highneeds.account.balance.roll import Account, roll, spend_by_year
from highneeds.account.balance.table import account_findings, override_end
from highneeds.account.balance.workspace_table import workspace_table
from highneeds.account.grant.allocations import (
    Allocation,
    allocation_findings,
    allocations_of,
    high_needs_grants,
    published_allocations,
    with_published,
)
from highneeds.account.grant.published import GrantBlock, blocks, outturn
from highneeds.account.parts import Parts, parts_of
from highneeds.account.spend.lines import line_findings
from highneeds.account.stated import of_fact
from highneeds.checks.finding import Finding
from highneeds.intake.ledger.finance import Finance, read_finance
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.ledger.years import YearRow
from highneeds.intake.workspace import Workspace
from highneeds.registers.register import Entries, RegisterRow
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.account.commitments.three_books import MatchedBooks
    from highneeds.intake.published import Published


@dataclass(frozen=True)
class WorkspaceAccount:
    """published   what printed figures say
    own         the account of the council's own ledger, None where the workspace keeps no years and spend
    ends        the days on which the override ends, as first announced and as extended
    blocks      the published grant by block, for the years in which it is published
    spend       the council's own spend by line
    baseline    a finding where the agreed figures are not those that were locked
    parts       payments, shares, drivers, delay, override, grant, savings, unit costs
    allocations the published grant by block, of every year in which it is published
    granted     a finding where years.csv and the latest DfE update give two allocations
    registers   the registers the account was made from
    workspace   the workspace it is of
    years       years.csv, as it was read
    books       caseload, commitments and ledger held together; None where the council keeps no commitment book
    """

    published: PublishedAccount
    own: Account | None
    ends: tuple[date, ...]
    last: FinancialYear
    parts: Parts
    baseline: tuple[Finding, ...]
    blocks: tuple[tuple[FinancialYear, GrantBlock], ...] = ()
    outturn: tuple[tuple[FinancialYear, Amount], ...] = ()
    spend: tuple[SpendRow, ...] = ()
    granted: tuple[Finding, ...] = ()
    registers: Mapping[str, Entries] = field(default_factory=dict)
    allocations: tuple[Allocation, ...] = ()
    workspace: Workspace | None = None
    years: tuple[YearRow, ...] = ()

    @property
    def books(self) -> "MatchedBooks | None":
        return self.parts.books

    def rows(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of one of its registers; none where the workspace does not keep it."""
        return self.registers[register].rows if register in self.registers else ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        own = (*account_findings(self.own), *line_findings(self.spend)) if self.own else ()
        booked = self.books.findings if self.books else ()
        return (*self.baseline, *self.granted, *self.published.findings, *self.parts.findings, *booked, *own)

    @property
    def looked_at(self) -> Mapping[str, int]:
        """How many figures each question of ACCOUNT_RULES had to look at."""
        own, parts, layers = self.own.positions if self.own else (), self.parts, self.published.layers
        groups = [one for one in (*layers.stated.values(), *layers.printed.values()) if len(one) > 1]
        same = self.workspace.agreement.same_thing if self.workspace else ()
        locked = self.workspace is not None and bool(self.workspace.agreement.locked)
        allotted = [row for row in self.years if row.allocation_gbp is not None]
        updated = self.rows("allocations")
        return {
            "ACCOUNT-01": sum(one.printed_plan_closing is not None for one in own),
            "ACCOUNT-02": len(own),
            "ACCOUNT-03": len(groups) + len(same),
            "ACCOUNT-04": len(parts.shares),
            "ACCOUNT-05": len(parts.payments.promises),
            "ACCOUNT-06": sum(len(series) for sector in parts.unit_costs.values() for series in sector.values()),
            "ACCOUNT-07": int(locked),
            "ACCOUNT-08": len(allotted) if updated else 0,
            "ACCOUNT-09": len(self.spend),
            "ACCOUNT-10": len(layers.printed),
        }

    def table(self) -> Table:
        return workspace_table(self.published, self.own, self.ends, self.last)


def account_of(
    workspace: Workspace,
    registers: Mapping[str, Entries],
    published: "Published | None" = None,
    key: bytes | None = None,
) -> WorkspaceAccount:
    """The account of a workspace. `registers` are its registers as read; `published` the pack or its replacement.

    key   the linkage key, with which the accepted ledger's children are found in the caseload
    """
    known = {fact.id for fact in workspace.facts}
    finance = read_finance(workspace.folder, known | {fact.id for fact in workspace.later_facts}).of_known(known)
    projects = (
        capital_projects(registers["openings"], Month.of(workspace.council.report.submitted))
        if "openings" in registers
        else ()
    )
    updates = allocations_of(registers["allocations"].rows) if "allocations" in registers else ()
    printed = published_allocations(published, workspace.council.la_number) if published else ()
    grants = high_needs_grants(with_published(updates, printed))
    own = _own_account(workspace, finance, grants) if finance.years else None
    stated = published_account(workspace, finance.positions, projects, published, own)
    ends = [workspace.figure(role) for role in ("override_ends", "override_extended_to")]
    days = tuple(override_end(fact.written) for fact in ends if fact)
    parts = replace(
        parts_of(workspace, finance, registers, stated, published, days, own),
        books=_books(workspace, finance, registers, key),
    )
    baseline = baseline_findings(workspace, finance.positions)
    years, la_number = stated.layers.years, workspace.council.la_number
    granted = [(year, one) for year in years for one in (blocks(published, la_number, year) if published else ())]
    spent = [(year, outturn(published, la_number, year)) for year in years] if published else []
    return WorkspaceAccount(
        stated,
        own,
        days,
        workspace.agreement.last_year,
        parts,
        baseline,
        blocks=tuple(granted),
        outturn=tuple(spent),
        spend=finance.spend,
        granted=allocation_findings(finance.years, high_needs_grants(updates)),
        allocations=printed,
        registers=registers,
        workspace=workspace,
        years=finance.years,
    )


def _books(
    workspace: Workspace, finance: Finance, registers: Mapping[str, Entries], key: bytes | None
) -> "MatchedBooks | None":
    """The council's own three books; only a workspace that keeps a commitment book pays for reading them."""
    if "commitments" not in registers:
        return None
    from highneeds.account.commitments.three_books import match_books, own_books

    books = own_books(workspace.folder, key)
    manual = registers["adjustments"].rows if "adjustments" in registers else ()
    if books is None or books.synthetic:
        return None  # an invented caseload enters nothing; it is shown apart
    return match_books(books, workspace.council.report.submitted, finance.budgets, manual)


def _own_account(workspace: Workspace, finance: Finance, grants: Mapping[FinancialYear, Amount]) -> Account:
    """Rolled from the agreement's accumulated sum, where the years begin with the year after it.

    An allocation that years.csv leaves empty is the one of the latest DfE update, else the published one.
    """
    years, spend = finance.years, spend_by_year(finance.spend, finance.years)
    fact, year = workspace.figure("accumulated"), workspace.agreement.opening_year
    follows = fact is not None and year is not None and years[0].year == year.plus(1)
    opening = (
        known(of_fact(fact).pence, str(fact.source))
        if fact and follows
        else missing(f"the deficit before {years[0].year} is not published")
    )
    return roll(years, spend, opening, grants=grants)


def capital_projects(openings: Entries, as_at: Month | None = None) -> tuple[CapitalProject, ...]:
    """The capital register as the on-track question needs it."""
    return tuple(
        CapitalProject(
            row["title"], row["planned"], row["opened"] or row["expected"], row["status"], row["source"] or "", as_at
        )
        for row in openings.rows
    )
