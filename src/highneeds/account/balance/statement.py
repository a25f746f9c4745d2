"""The account as a sum to be read from top to bottom, years across, promised and actual as rows of each."""

from collections.abc import Callable
from decimal import Decimal

from highneeds.account.amount import Amount, known
from highneeds.account.balance.roll import RolledAccount, YearPosition
from highneeds.account.pennies import decimal_pounds
from highneeds.intake.ledger.spend import SpendRow
from highneeds.vocabulary.table import Table

StatementRow = tuple[str, str, Callable[[YearPosition], Amount]]

ROWS: tuple[StatementRow, ...] = (
    ("Deficit at the start", "promised", lambda one: one.plan.opening),
    ("Deficit at the start", "actual", lambda one: one.actual.opening),
    ("Spend", "actual", lambda one: one.spend),
    ("In-year position before contributions", "promised", lambda one: one.plan.before),
    ("In-year position before contributions", "actual", lambda one: one.actual.before),
    ("DfE payments", "promised", lambda one: known(0) - one.plan.payments),
    ("DfE payments", "actual", lambda one: known(0) - one.actual.payments),
    ("Council contribution", "promised", lambda one: known(0) - one.plan.contribution),
    ("Council contribution", "actual", lambda one: known(0) - one.actual.contribution),
    ("Deficit at the end", "promised", lambda one: one.plan_closing),
    ("Deficit at the end", "actual", lambda one: one.actual.closing),
    ("Worse than promised", "gap", lambda one: one.gap),
)


def statement(account: RolledAccount, spend: tuple[SpendRow, ...] = ()) -> Table:
    """One row per item and side, one column per year. A gap is an empty cell; what is paid in is negative.

    spend   the same spend by line, shown under the first rows where it is given
    """
    rows: list[tuple[str | Decimal | None, ...]] = []
    for item, side, amount in ROWS:
        if item == "In-year position before contributions" and side == "promised":
            rows += _granted(account)
        rows.append((item, side, *(amount(one).pounds for one in account.positions)))
        if item == "Spend":
            rows += _by_line(account, spend)
    columns = ("item", "side", *(str(one.year) for one in account.positions))
    return Table.of(columns, rows, "The account")


def _granted(account: RolledAccount) -> list[tuple[str | Decimal | None, ...]]:
    """Grant and transfers together: what brings spend down to the in-year position."""
    received = [(one.actual.before - one.spend).pounds for one in account.positions]
    return [("Grant and transfers between blocks", "actual", *received)]


def _by_line(account: RolledAccount, spend: tuple[SpendRow, ...]) -> list[tuple[str | Decimal | None, ...]]:
    lines = dict.fromkeys(row.line for row in spend)
    sums: dict[tuple[str, str], int] = {}
    for row in spend:
        if row.amount is not None:
            sums[row.line, str(row.year)] = sums.get((row.line, str(row.year)), 0) + row.amount
    years = [str(one.year) for one in account.positions]
    found = [[sums.get((line, year)) for year in years] for line in lines]
    return [
        (f"  {line}", "actual", *(None if cell is None else decimal_pounds(cell) for cell in cells))
        for line, cells in zip(lines, found, strict=True)
    ]
