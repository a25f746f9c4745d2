"""The account as a sum to be read from top to bottom, years across, promised and actual as rows of each."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from highneeds.account.amount import Amount, known
from highneeds.account.balance.roll import RolledAccount, YearPosition
from highneeds.account.pennies import decimal_pounds
from highneeds.intake.ledger.spend import SpendRow
from highneeds.vocabulary.table import Table


class StatementRow(NamedTuple):
    """An item of one side, and what it was in a year."""

    item: str
    side: str
    amount: Callable[[YearPosition], Amount]


START, BEFORE, END = "Deficit at the start", "In-year position before contributions", "Deficit at the end"
DEPARTMENT, COUNCIL = "DfE payments", "Council contribution"
SPENT: tuple[StatementRow, ...] = (
    StatementRow(START, "promised", lambda one: one.plan.opening),
    StatementRow(START, "actual", lambda one: one.actual.opening),
    StatementRow("Spend", "actual", lambda one: one.spend),
)
GRANTED = StatementRow("Grant and transfers between blocks", "actual", lambda one: one.actual.before - one.spend)
"""What brings spend down to the in-year position."""
BALANCE: tuple[StatementRow, ...] = (
    StatementRow(BEFORE, "promised", lambda one: one.plan.before),
    StatementRow(BEFORE, "actual", lambda one: one.actual.before),
    StatementRow(DEPARTMENT, "promised", lambda one: known(0) - one.plan.payments),
    StatementRow(DEPARTMENT, "actual", lambda one: known(0) - one.actual.payments),
    StatementRow(COUNCIL, "promised", lambda one: known(0) - one.plan.contribution),
    StatementRow(COUNCIL, "actual", lambda one: known(0) - one.actual.contribution),
    StatementRow(END, "promised", lambda one: one.plan_closing),
    StatementRow(END, "actual", lambda one: one.actual.closing),
    StatementRow("Worse than promised", "gap", lambda one: one.gap),
)


def statement(account: RolledAccount, spend: Sequence[SpendRow] = ()) -> Table:
    """One row per item and side, one column per year. A gap is an empty cell; what is paid in is negative.

    spend   the same spend by line, shown under the whole where it is given
    """
    rows = [
        *(_row(account, one) for one in SPENT),
        *_by_line(account, spend),
        *(_row(account, one) for one in (GRANTED, *BALANCE)),
    ]
    return Table.of(("item", "side", *(str(one.year) for one in account.positions)), rows, "The account")


def _row(account: RolledAccount, row: StatementRow) -> tuple[str | Decimal | None, ...]:
    return (row.item, row.side, *(row.amount(one).pounds for one in account.positions))


def _by_line(account: RolledAccount, spend: Sequence[SpendRow]) -> Iterator[tuple[str | Decimal | None, ...]]:
    sums: dict[tuple[str, str], int] = {}
    for row in spend:
        if row.amount is not None:
            sums[row.line, str(row.year)] = sums.get((row.line, str(row.year)), 0) + row.amount
    for line in dict.fromkeys(row.line for row in spend):
        cells = [sums.get((line, str(one.year))) for one in account.positions]
        yield (f"  {line}", "actual", *(None if cell is None else decimal_pounds(cell) for cell in cells))
