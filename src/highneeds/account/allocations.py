"""The grant as DfE updates it: every block at every update; the latest update of a year is the one that counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from highneeds.account.amount import Amount, known
from highneeds.account.pennies import decimal_pounds
from highneeds.account.stated import in_words
from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.years import YearRow
from highneeds.registers.allocations import BLOCKS
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

HIGH_NEEDS = "high_needs"


@dataclass(frozen=True)
class Allocation:
    """One block at one update, in pence: before + import_export + prior_year - deductions = after.

    import_export   children of other councils placed here less own children placed elsewhere
    prior_year      what DfE corrects of earlier years
    where           file and line
    """

    year: FinancialYear
    block: str
    updated: date
    before: int
    import_export: int
    prior_year: int
    deductions: int
    after: int
    where: str
    source: str = ""

    @property
    def unexplained(self) -> int:
        """What the printed allocation after deductions adds to its own parts; it stands as printed."""
        return self.after - (self.before + self.import_export + self.prior_year - self.deductions)

    @property
    def amount(self) -> Amount:
        update = f"DfE update of {self.updated:%-d %B %Y}"
        return known(self.after, "; ".join(filter(None, (self.where, update, self.source))))


def allocations_of(rows: Iterable[RegisterRow]) -> tuple[Allocation, ...]:
    """Every update, by year, block and day. One block given twice at one update is refused: neither can be chosen."""
    found: dict[tuple[FinancialYear, int, date], Allocation] = {}
    order = list(BLOCKS)
    for row in rows:
        one = _allocation(row)
        key = (one.year, order.index(one.block), one.updated)
        if key in found:
            raise InputError(
                f"The {BLOCKS[one.block].lower()} block of {one.year} at {one.updated:%-d %B %Y} "
                f"stands at {found[key].where} already",
                where=one.where,
                remedy="Keep one row for each block and update",
            )
        found[key] = one
    return tuple(found[key] for key in sorted(found))


def latest(allocations: Iterable[Allocation]) -> tuple[Allocation, ...]:
    """Of each year and block the update that counts: the last."""
    newest: dict[tuple[FinancialYear, str], Allocation] = {}
    for one in sorted(allocations, key=lambda one: one.updated):
        newest[one.year, one.block] = one
    return tuple(one for one in allocations if newest[one.year, one.block] is one)


def high_needs_grants(allocations: Iterable[Allocation]) -> dict[FinancialYear, Amount]:
    """The high needs block after deductions of each year, at its latest update."""
    return {one.year: one.amount for one in latest(allocations) if one.block == HIGH_NEEDS}


def allocation_findings(years: Iterable[YearRow], grants: Mapping[FinancialYear, Amount]) -> tuple[Finding, ...]:
    """A year whose own row and whose latest DfE update give two allocations. The row stands until one is corrected."""
    fix = "Empty the cell, so that the latest update counts, or add the update that it comes from."
    found = []
    for row in years:
        grant = grants.get(row.year)
        if row.allocation_gbp is None or grant is None or grant.pence in (None, row.allocation_gbp):
            continue
        words = (
            f"The allocation of {row.year} is {in_words(row.allocation_gbp)} here and {in_words(grant.pence or 0)} in "
            f"{grant.source}, {decimal_pounds(abs(row.allocation_gbp - (grant.pence or 0)))} apart"
        )
        file, _, line = row.where.partition(" line ")
        at = int(line) if line.isdigit() else None
        found.append(
            Finding("ACCOUNT-08", Severity.QUERY, file, at, f"allocation {row.year}", "allocation_gbp", words, fix)
        )
    return tuple(found)


COLUMNS = (
    "financial_year",
    "block",
    "dfe_update",
    "counts",
    "before_deductions_gbp",
    "import_export_gbp",
    "prior_year_gbp",
    "deductions_gbp",
    "after_deductions_gbp",
    "unexplained_gbp",
    "change_since_update_before_gbp",
    "source",
)


def allocations_table(rows: Iterable[RegisterRow]) -> Table:
    """The whole grant by block at every update; a year's total where all of its blocks are given."""
    found = allocations_of(rows)
    counted = latest(found)
    cells: list[tuple[object, ...]] = []
    for year in dict.fromkeys(one.year for one in found):
        cells += [_cells(one, found, one in counted) for one in found if one.year == year]
        cells += _total(year, [one for one in counted if one.year == year])
    return Table.of(COLUMNS, cells, "The dedicated schools grant by block and DfE update")


def _cells(one: Allocation, found: Sequence[Allocation], counts: bool) -> tuple[object, ...]:
    before = [old for old in found if (old.year, old.block) == (one.year, one.block) and old.updated < one.updated]
    change = decimal_pounds(one.after - before[-1].after) if before else None
    sums = (*_parts(one), one.unexplained)
    names = (str(one.year), BLOCKS[one.block], str(one.updated), "yes" if counts else "no")
    return (*names, *map(decimal_pounds, sums), change, "; ".join(filter(None, (one.where, one.source))))


def _parts(one: Allocation) -> tuple[int, ...]:
    return one.before, one.import_export, one.prior_year, one.deductions, one.after


def _total(year: FinancialYear, counted: Sequence[Allocation]) -> list[tuple[object, ...]]:
    absent = [words for block, words in BLOCKS.items() if block not in {one.block for one in counted}]
    if absent:
        reason = f"no total: {', '.join(absent)} not given"
        return [(str(year), "TOTAL", "", "", None, None, None, None, None, None, None, reason)]
    sums = [sum(column) for column in zip(*(_parts(one) for one in counted), strict=True)]
    off = sum(one.unexplained for one in counted)
    latest_rows = "the latest update of each block"
    return [(str(year), "TOTAL", "", "yes", *map(decimal_pounds, (*sums, off)), None, latest_rows)]


def _allocation(row: RegisterRow) -> Allocation:
    return Allocation(
        row["financial_year"],
        row["block"],
        row["updated_on"],
        row["before_gbp"],
        row["import_export_gbp"] or 0,
        row["prior_year_gbp"] or 0,
        row["deductions_gbp"] or 0,
        row["after_gbp"],
        f"{row.file} line {row.line}",
        row["source"] or "",
    )
