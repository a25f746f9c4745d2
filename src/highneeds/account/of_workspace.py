"""One call from a workspace to its account: its facts, positions, capital register and the published grant together."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.baseline import baseline_findings
from highneeds.account.balance.on_track import CapitalProject
from highneeds.account.balance.published_account import PublishedAccount, published_account
from highneeds.account.balance.roll import RolledAccount, roll, spend_by_year
from highneeds.account.balance.table import AccountMeasure, account_findings, override_end
from highneeds.account.balance.two_files import SamePair, same_sums
from highneeds.account.balance.workspace_table import workspace_rows
from highneeds.account.grant.allocations import (
    Allocation,
    allocation_findings,
    allocations_of,
    high_needs_grants,
    latest,
    published_allocations,
    with_published,
)
from highneeds.account.grant.published import GrantBlock, blocks, outturn, outturns
from highneeds.account.parts import Parts
from highneeds.account.spend.lines import line_findings
from highneeds.account.stated import of_fact
from highneeds.account.variance.adequacy import ExplanationJudged, judge_explanations
from highneeds.checks.finding import Finding
from highneeds.intake.ledger.explanations import ExplanationRow
from highneeds.intake.ledger.finance import Finance, read_finance
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.ledger.years import YearRow
from highneeds.intake.workspace import Workspace
from highneeds.registers.register import Entries, RegisterRow
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.words import short_name

if TYPE_CHECKING:
    from highneeds.account.commitments.three_books import MatchedBooks
    from highneeds.intake.published import Published


class WorkspaceAccount:
    """The account of a workspace, each part of it worked out when it is asked for.

    workspace   the workspace it is of, as known on a day
    registers   its registers, as read
    published   the statistics of the pack or its replacement; None where none are given
    key         the linkage key, with which the accepted ledger's children are found in the caseload
    whole       the workspace with what became known after the day, for what was agreed is locked on every day
    """

    def __init__(
        self,
        workspace: Workspace,
        registers: Mapping[str, Entries],
        statistics: "Published | None" = None,
        key: bytes | None = None,
        whole: Workspace | None = None,
    ) -> None:
        self.workspace, self.registers = workspace, registers
        self._statistics, self._key, self._whole = statistics, key, whole or workspace
        self.last = workspace.agreement.last_year

    @cached_property
    def _whole_finance(self) -> Finance:
        facts = (*self.workspace.facts, *self.workspace.later_facts)
        return read_finance(self.workspace.folder, {fact.id for fact in facts}, self.workspace.known_by)

    @cached_property
    def _finance(self) -> Finance:
        return self._whole_finance.of_known({fact.id for fact in self.workspace.facts}, self.workspace.known_by)

    @cached_property
    def published(self) -> PublishedAccount:
        """What printed figures say."""
        day = Month.of(self.workspace.council.report.submitted)
        projects = capital_projects(self.registers["openings"], day) if "openings" in self.registers else ()
        return published_account(self.workspace, self._finance.positions, projects, self._statistics, self.own)

    @cached_property
    def _updates(self) -> tuple[Allocation, ...]:
        """What the register of allocations says."""
        return allocations_of(self.rows("allocations"))

    def high_needs_blocks(self, day: date) -> tuple[Allocation, ...]:
        """Its high needs block of each year at the newest update of the register by that day."""
        by_then = (one for one in self._updates if one.block is DsgBlock.HIGH_NEEDS and one.order <= day)
        return latest(tuple(by_then))

    @cached_property
    def allocations(self) -> tuple[Allocation, ...]:
        """The published grant by block, of every year in which it is published."""
        return published_allocations(self._statistics, self.workspace.council.la_number) if self._statistics else ()

    @cached_property
    def own(self) -> RolledAccount | None:
        """The account of the council's own ledger, None where the workspace keeps no years and spend."""
        if not self.years:
            return None
        return _own_account(
            self.workspace, self._finance, high_needs_grants(with_published(self._updates, self.allocations))
        )

    @cached_property
    def ends(self) -> tuple[date, ...]:
        """The days on which the override ends, as first announced and as extended."""
        ends = [self.workspace.figure(role) for role in ("override_ends", "override_extended_to")]
        return tuple(override_end(fact.written) for fact in ends if fact)

    @cached_property
    def parts(self) -> Parts:
        """Payments, shares, drivers, delay, override, grant, savings, unit costs."""
        return Parts(
            self.workspace, self._finance, self.registers, self.published, self._statistics, self.ends, self.own
        )

    @cached_property
    def books(self) -> "MatchedBooks | None":
        """Caseload, commitments and ledger held together; None where the council keeps no commitment book."""
        return _books(self.workspace, self._finance, self.registers, self._key)

    @cached_property
    def baseline(self) -> tuple[Finding, ...]:
        """A finding where the agreed figures are not those that were locked."""
        known = {fact.id for fact in self._whole.facts}
        return baseline_findings(self._whole, self._whole_finance.of_known(known).positions)

    @cached_property
    def blocks(self) -> tuple[tuple[FinancialYear, GrantBlock], ...]:
        """The published grant by block, for the years in which it is published."""
        statistics, la_number = self._statistics, self.workspace.council.la_number
        if statistics is None:
            return ()
        return tuple((year, one) for year in self.published.layers.years for one in blocks(statistics, la_number, year))

    @cached_property
    def outturn(self) -> tuple[tuple[FinancialYear, Amount], ...]:
        """Published spend by year."""
        statistics, la_number = self._statistics, self.workspace.council.la_number
        if statistics is None:
            return ()
        return tuple((year, outturn(statistics, la_number, year)) for year in self.published.layers.years)

    @cached_property
    def published_outturn(self) -> dict[FinancialYear, int]:
        """Published spend in pence of every year that has one, inside the plan's years or before them."""
        return dict(outturns(self._statistics, self.workspace.council.la_number)) if self._statistics else {}

    @property
    def spend(self) -> tuple[SpendRow, ...]:
        """The council's own spend by line."""
        return self._finance.spend

    @property
    def years(self) -> tuple[YearRow, ...]:
        """years.csv, as it was read."""
        return self._finance.years

    @property
    def explanations(self) -> tuple[ExplanationRow, ...]:
        """What the council says of its variances."""
        return self._finance.explanations

    @property
    def judged_explanations(self) -> tuple[tuple[ExplanationRow, ExplanationJudged], ...]:
        """Each explanation, and whether causes with a size cover four fifths of the variance."""
        return judge_explanations(self.explanations)

    @cached_property
    def granted(self) -> tuple[Finding, ...]:
        """A finding where years.csv and the latest DfE update give two allocations."""
        return allocation_findings(self.years, high_needs_grants(self._updates))

    def rows(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of one of its registers; none where the workspace does not keep it."""
        return self.registers[register].rows if register in self.registers else ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        self.parts.must_be_usable()
        own = (*account_findings(self.own), *line_findings(self.spend)) if self.own else ()
        booked = self.books.findings if self.books else ()
        twice = (finding for pair in self.same_sums if (finding := pair.finding))
        return (*self.baseline, *self.granted, *twice, *self.published.findings, *self.parts.findings, *booked, *own)

    @cached_property
    def same_sums(self) -> tuple[SamePair, ...]:
        """Every sum that two of its files give."""
        workspace, layers = self.workspace, self.published.layers
        roles = ("department_contribution", "council_contribution")
        promised = {role: of_fact(fact) for role in roles if (fact := workspace.figure(role)) is not None}
        first, last = workspace.agreement.first_year, workspace.agreement.last_year
        printed = {
            key: [one for one in (*layers.stated.get(key, ()), *layers.printed.get(key, ())) if one.fact]
            for key in {*layers.stated, *layers.printed}
        }
        term = (first, last) if first and last else None
        payments, transfers = self.parts.payments.payments, self.rows("block_transfers")
        return same_sums(self.years, payments, transfers, printed, promised, term)

    @property
    def looked_at(self) -> Mapping[str, int]:
        """How many figures each question of ACCOUNT_RULES had to look at."""
        own, parts, layers = self.own.positions if self.own else (), self.parts, self.published.layers
        groups = [one for one in (*layers.stated.values(), *layers.printed.values()) if len(one) > 1]
        same = self.workspace.agreement.same_thing
        locked = bool(self.workspace.agreement.locked)
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
            "ACCOUNT-11": len(self.same_sums),
        }

    def measures(self) -> list[AccountMeasure]:
        return workspace_rows(self.published, self.own, self.ends, self.last)


def account_of(
    workspace: Workspace,
    registers: Mapping[str, Entries],
    published: "Published | None" = None,
    key: bytes | None = None,
    whole: Workspace | None = None,
) -> WorkspaceAccount:
    """The account of a workspace. `registers` are its registers as read; `published` the pack or its replacement.

    key     the linkage key, with which the accepted ledger's children are found in the caseload
    whole   the workspace with what became known after the day it is asked for
    """
    return WorkspaceAccount(workspace, registers, published, key, whole)


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


def _own_account(workspace: Workspace, finance: Finance, grants: Mapping[FinancialYear, Amount]) -> RolledAccount:
    """Rolled from the agreement's accumulated sum, where the years begin with the year after it.

    An allocation that years.csv leaves empty is the one of the latest DfE update, else the published one.
    """
    years, spend = finance.years, spend_by_year(finance.spend, finance.years)
    fact, year = workspace.figure("accumulated"), workspace.agreement.opening_year
    follows = fact is not None and year is not None and years[0].year == year.plus(1)
    opening = (
        known(of_fact(fact).pence, fact.source)
        if fact and follows
        else missing(Note.of("amount.no_opening", year=str(years[0].year)))
    )
    return roll(years, spend, opening, grants=grants)


def capital_projects(openings: Entries, as_at: Month | None = None) -> tuple[CapitalProject, ...]:
    """The capital register as the on-track question needs it."""
    return tuple(
        CapitalProject(
            row["title"],
            row["planned"],
            row["opened"] or row["expected"],
            row["status"],
            row["source"] or "",
            as_at,
            fact=next(iter((row["figures"] or "").split()), ""),
            name=short_name(row["opening"]),
        )
        for row in openings.rows
    )
