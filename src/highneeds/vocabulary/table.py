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
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    title: str = ""

    @classmethod
    def of(cls, columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> "Table":
        return cls(tuple(columns), tuple(tuple(row) for row in rows), title)

    @property
    def names(self) -> tuple[ColumnName, ...]:
        """The columns with the unit and kind that their names say."""
        return tuple(ColumnName(one) for one in self.columns)

    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
