"""The bridge from planned to actual cost, in the columns of the command."""

from decimal import Decimal

from highneeds.account.pennies import decimal_pounds
from highneeds.account.variance.bridge import Bridge, Effects
from highneeds.vocabulary.table import Table, with_totals

TITLE = "From planned to actual cost"
COLUMNS = ("line", "volume_effect", "mix_effect", "price_effect", "total")


def bridge_table(found: Bridge) -> Table:
    """A row for each line, and all of them together."""
    return with_totals(COLUMNS, [_cells(row.line, row) for row in found.rows], [_cells("TOTAL", found.total)], TITLE)


def _cells(name: str, row: Effects) -> tuple[str | Decimal, ...]:
    effects = (row.volume_effect, row.mix_effect, row.price_effect, row.total)
    return (name, *map(decimal_pounds, effects))
