"""Caseload, commitments and ledger as tables: what does not match, and the year by month and by line."""

from decimal import Decimal

from highneeds.account.commitments.matching import Matching
from highneeds.account.pennies import decimal_pounds
from highneeds.account.spend.monitoring import LineOfYear, Monitor
from highneeds.report.words import commitments as words
from highneeds.vocabulary.table import Table, with_totals


def mismatches(found: Matching, before: Matching | None = None) -> Table:
    """What does not match; with an earlier day also how each has moved since."""
    columns = ("headline", "meaning", "count", "gbp", "first_references")
    rows = [
        (one.kind.value, words.MISMATCHES[one.kind], one.count, decimal_pounds(one.pence), " ".join(one.references))
        for one in found.headlines
    ]
    if before is None:
        return Table.of(columns, rows, words.TITLE)
    moved = [(count, decimal_pounds(pence)) for _, count, pence in found.movement(before)]
    both = [(*row, *change) for row, change in zip(rows, moved, strict=True)]
    return Table.of((*columns, "count_change", "gbp_change"), both, words.TITLE)


def by_month(found: Monitor) -> Table:
    """Every line in every period."""
    columns = ("line", "period", "budget_gbp", "actual_gbp", "accrual_gbp", "commitment_gbp", "forecast_gbp")
    rows = [
        (
            row.line,
            f"P{row.period}",
            *map(_pounds, (row.budget, row.actual, row.accrual, row.commitment, row.forecast)),
        )
        for row in found.rows
    ]
    return Table.of(columns, rows, words.month_by_month(found.year))


def by_line(found: Monitor) -> Table:
    """The year by line: what is booked and accrued, what is committed after it; adjustments apart."""
    columns = ("line", "budget_gbp", "actual_gbp", "accrual_gbp", "still_committed_gbp", "forecast_gbp")
    rows = [(one.line, *_sums(one)) for one in found.by_line]
    if found.adjustments:
        rows.append((words.ADJUSTMENTS, None, None, None, None, decimal_pounds(found.adjusted)))
    total = (words.WITHOUT_ADJUSTMENTS, *_sums(found.whole))
    return with_totals(columns, rows, [total], words.year_by_line(found.year, found.closed))


def _sums(one: LineOfYear) -> tuple[Decimal | None, ...]:
    return tuple(map(_pounds, (one.budget, one.actual, one.accrual, one.still_committed, one.forecast)))


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else decimal_pounds(pence)
