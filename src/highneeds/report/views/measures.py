"""The measures of an account in the columns that others rely on."""

from collections.abc import Iterable, Sequence
from typing import Any

from highneeds.report.words.on_track import where_it_stands
from highneeds.vocabulary.table import Table

COLUMNS = ("financial_year", "measure", "value", "unit", "state", "source")


def account_table(measures: Iterable[Sequence[Any]]) -> Table:
    """One row per measure: where it stands, or why there is none; of a workspace's only what these columns say."""
    at = COLUMNS.index("source")
    return Table.of(COLUMNS, ((*row[:at], where_it_stands(row[at])) for row in measures), "The account")
