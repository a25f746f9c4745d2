"""A table on its way out: named columns, rows of plain values. Rendering is report/render's business."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from highneeds.vocabulary.column_name import ColumnName


@dataclass(frozen=True)
class Table:
    """columns   names in order
    rows      one tuple per row; None is a missing value, never zero
    title     what a person calls it
    totals    the places of the rows that add others up, from 0: what they are called says nothing of it
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    title: str = ""
    totals: tuple[int, ...] = ()

    @classmethod
    def of(
        cls, columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "", totals: Iterable[int] = ()
    ) -> "Table":
        return cls(tuple(columns), tuple(tuple(row) for row in rows), title, tuple(totals))

    @property
    def names(self) -> tuple[ColumnName, ...]:
        """The columns with the unit and kind that their names say."""
        return tuple(ColumnName(one) for one in self.columns)

    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def with_totals(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], totals: Sequence[Sequence[Any]], title: str = ""
) -> Table:
    """The rows, and after them those that add them up."""
    return Table.of(columns, [*rows, *totals], title, range(len(rows), len(rows) + len(totals)))
