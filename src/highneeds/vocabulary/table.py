"""A table on its way out: named columns, rows of plain values. Rendering is report/render's business."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


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

    def records(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
