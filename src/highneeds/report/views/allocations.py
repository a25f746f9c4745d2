"""The whole grant by block at every DfE update."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from highneeds.account.grant.allocations import Allocation, allocations_of, growth, latest, with_published
from highneeds.account.pennies import decimal_pounds
from highneeds.registers.definitions.allocations import BLOCKS
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

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
    "growth_on_year_before_pct",
    "no_growth_because",
    "source",
)


def allocations_table(rows: Iterable[RegisterRow], published: Sequence[Allocation] = ()) -> Table:
    """Every block at every update; a year's total where all of its blocks are given."""
    found = with_published(allocations_of(rows), published)
    counted = latest(found)
    cells: list[tuple[object, ...]] = []
    totals = []
    for year in dict.fromkeys(one.year for one in found):
        cells += [_cells(one, found, counted) for one in found if one.year == year]
        totals.append(len(cells))
        cells.append(_total(year, [one for one in counted if one.year == year]))
    return Table.of(COLUMNS, cells, "The dedicated schools grant by block and DfE update", totals)


def _cells(one: Allocation, found: Sequence[Allocation], counted: Sequence[Allocation]) -> tuple[object, ...]:
    before = [old for old in found if (old.year, old.block) == (one.year, one.block) and old.order < one.order]
    change = decimal_pounds(one.after - before[-1].after) if before else None
    sums = [decimal_pounds(part) for part in (*_parts(one), one.unexplained)]
    names = (str(one.year), BLOCKS[one.block], str(one.updated or "as published"), "yes" if one in counted else "no")
    source = "; ".join(filter(None, (str(one.where), one.source)))
    return (*names, *_apart(sums, [one]), change, *_growth(one, counted), source)


def _growth(one: Allocation, counted: Sequence[Allocation]) -> tuple[Decimal | None, str | None]:
    """The growth on the year before; else none, and why."""
    found = growth(one, counted)
    if found is None or found.percent is not None:
        return (found.percent if found else None), None
    return None, found.broken.why if found.broken else f"no block of {found.without}"


def _apart(sums: Sequence[Decimal], of: Sequence[Allocation]) -> tuple[Decimal | None, ...]:
    """A published figure holds its adjustments and does not print them: they are not nothing, they are not known."""
    if all(one.updated for one in of):
        return tuple(sums)
    return (sums[0], None, None, *sums[3:])


def _parts(one: Allocation) -> tuple[int, ...]:
    return one.before, one.import_export, one.prior_year, one.deductions, one.after


def _total(year: FinancialYear, counted: Sequence[Allocation]) -> tuple[object, ...]:
    absent = [words for block, words in BLOCKS.items() if block not in {one.block for one in counted}]
    if absent:
        reason = f"no total: {', '.join(absent)} not given"
        return (str(year), "TOTAL", "", "", None, None, None, None, None, None, None, None, None, reason)
    sums = [sum(column) for column in zip(*(_parts(one) for one in counted), strict=True)]
    off = sum(one.unexplained for one in counted)
    cells = _apart([decimal_pounds(part) for part in (*sums, off)], counted)
    return (str(year), "TOTAL", "", "yes", *cells, None, None, None, "the latest update of each block")
