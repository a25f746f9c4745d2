"""The grant as DfE updates it: every block at every update; the latest update of a year is the one that counts.

The published allocations of any council stand in the pack, one figure a block and year, without the day of their
update. They count where the council's own register holds no update of that year and block.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from highneeds.account.amount import Amount, known
from highneeds.account.grant.published import blocks, published_years
from highneeds.account.pennies import decimal_pounds
from highneeds.account.stated import unlike
from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.years import YearRow
from highneeds.intake.published.breaks import HIGH_NEEDS_BLOCK, DeclaredBreak, break_between
from highneeds.registers.definitions.allocations import BLOCKS
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    from highneeds.intake.published import Published


@dataclass(frozen=True)
class Allocation:
    """One block at one update, in pence: before + import_export + prior_year - deductions = after.

    import_export   children of other councils placed here less own children placed elsewhere
    prior_year      what DfE corrects of earlier years
    updated         the day of the update; None for the published figure, whose day is not published with it
    where           file and line, or the statistics
    """

    year: FinancialYear
    block: DsgBlock
    updated: date | None
    before: int
    import_export: int
    prior_year: int
    deductions: int
    after: int
    where: Source
    source: str = ""

    @property
    def unexplained(self) -> int:
        """What the printed allocation after deductions adds to its own parts; it stands as printed."""
        return self.after - (self.before + self.import_export + self.prior_year - self.deductions)

    @property
    def amount(self) -> Amount:
        own = (Source(self.source),) if self.source else ()
        return known(self.after, self.where, self.update, *own)

    @property
    def update(self) -> Source | Note:
        """The document that gives it."""
        return Source(f"DfE update of {self.updated:%-d %B %Y}") if self.updated else Note.of("stands.as_published")

    @property
    def order(self) -> date:
        """A published figure without a day stands before every update that has one."""
        return self.updated or date.min


def allocations_of(rows: Iterable[RegisterRow]) -> tuple[Allocation, ...]:
    """Every update, by year, block and day. One block given twice at one update is refused: neither can be chosen."""
    found: dict[tuple[FinancialYear, int, date], Allocation] = {}
    order = list(BLOCKS)
    for row in rows:
        one = _allocation(row)
        key = (one.year, order.index(one.block), one.order)
        if key in found:
            raise InputError(
                f"The {BLOCKS[one.block].lower()} block of {one.year} at {row['updated_on']:%-d %B %Y} "
                f"stands at {found[key].where} already",
                where=one.where,
                remedy="Keep one row for each block and update",
            )
        found[key] = one
    return tuple(found[key] for key in sorted(found))


def published_allocations(published: "Published", la_number: str) -> tuple[Allocation, ...]:
    """Every block of every year in which the council's grant is published."""
    found = []
    for year in published_years(published, la_number):
        for one in blocks(published, la_number, year):
            if one.block is not None:
                sums = (one.before, 0, 0, one.deducted, one.after)
                found.append(Allocation(year, one.block, None, *sums, Source(published.source("dsg_allocations"))))
    return tuple(found)


def with_published(own: Sequence[Allocation], published: Sequence[Allocation]) -> tuple[Allocation, ...]:
    """The register's updates, and the published figure of each year and block before them."""
    order = list(BLOCKS)
    return tuple(sorted((*own, *published), key=lambda one: (one.year, order.index(one.block), one.order)))


def latest(allocations: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """Of each year and block the update that counts: the last."""
    newest: dict[tuple[FinancialYear, DsgBlock], Allocation] = {}
    for one in sorted(allocations, key=lambda one: one.order):
        newest[one.year, one.block] = one
    return tuple(one for one in allocations if newest[one.year, one.block] is one)


def high_needs_grants(allocations: Iterable[Allocation]) -> dict[FinancialYear, Amount]:
    """The high needs block after deductions of each year, at its latest update."""
    return {one.year: one.amount for one in latest(allocations) if one.block is DsgBlock.HIGH_NEEDS}


def allocation_findings(years: Iterable[YearRow], grants: Mapping[FinancialYear, Amount]) -> tuple[Finding, ...]:
    """A year whose own row and whose latest DfE update give two allocations. The row stands until one is corrected."""
    fix = "Empty the cell, so that the latest update counts, or add the update that it comes from."
    found = []
    for row in years:
        own, grant = row.allocation_gbp, grants.get(row.year)
        if own is None or grant is None or grant.pence is None or grant.pence == own:
            continue
        places = "; ".join(map(str, grant.sources))
        here, there = unlike(own, grant.pence)
        words = (
            f"The allocation of {row.year} is {here} here and {there} in {places}, "
            f"{decimal_pounds(abs(own - grant.pence))} apart"
        )
        at, record = row.where, f"allocation {row.year}"
        found.append(Finding("ACCOUNT-08", Severity.QUERY, at.document, at.line, record, "allocation_gbp", words, fix))
    return tuple(found)


@dataclass(frozen=True)
class Growth:
    """A high needs block before deductions on that of the year before, in per cent; else why there is none.

    without   the year before, which has no block
    broken    the announced change that lies between the two
    """

    percent: Decimal | None
    without: FinancialYear | None = None
    broken: DeclaredBreak | None = None


def growth(one: Allocation, counted: Sequence[Allocation]) -> Growth | None:
    """Of a high needs block that counts; None of any other."""
    if one.block is not DsgBlock.HIGH_NEEDS or one not in counted:
        return None
    last = one.year.plus(-1)
    before = next((old for old in counted if (old.block, old.year) == (one.block, last)), None)
    if before is None or not before.before:
        return Growth(None, without=last)
    broken = break_between(HIGH_NEEDS_BLOCK, str(before.year), str(one.year))
    if broken is not None:
        return Growth(None, broken=broken)
    return Growth(round_half_away(Decimal(100 * (one.before - before.before)) / before.before, 1))


def breaks_within(years: Sequence[FinancialYear]) -> tuple[DeclaredBreak, ...]:
    """The announced changes of the high needs block that years side by side step over."""
    steps = (break_between(HIGH_NEEDS_BLOCK, str(a), str(b)) for a, b in pairwise(sorted(years)))
    return tuple(dict.fromkeys(one for one in steps if one is not None))


def _allocation(row: RegisterRow) -> Allocation:
    return Allocation(
        row["financial_year"],
        DsgBlock(row["block"]),
        row["updated_on"],
        row["before_gbp"],
        row["import_export_gbp"] or 0,
        row["prior_year_gbp"] or 0,
        row["deductions_gbp"] or 0,
        row["after_gbp"],
        Source(row.file, row.line),
        row["source"] or "",
    )
