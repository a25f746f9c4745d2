"""The measures of an account in the columns that others rely on."""

from collections.abc import Iterable

from highneeds.account.balance.table import AccountMeasure
from highneeds.report.words.on_track import where_it_stands
from highneeds.vocabulary.table import Table

COLUMNS = ("financial_year", "measure", "value", "unit", "state", "source")


def account_table(measures: Iterable[AccountMeasure]) -> Table:
    """One row per measure: where it stands, or why there is none; of a workspace's only what these columns say."""
    rows = ((one.year, one.name, one.value, one.unit, one.state.value, where_it_stands(one)) for one in measures)
    return Table.of(COLUMNS, rows, "The account")
