"""A table of indicators as rows of figures under their periods."""

from dataclasses import dataclass

from highneeds.intake.spreadsheet.aside import Aside
from highneeds.intake.spreadsheet.grid import Grid, GridCell
from highneeds.intake.spreadsheet.heads import Head


@dataclass(frozen=True)
class SheetRow:
    """One row of figures.

    title    the row's name; parts that stand in several columns are joined by ', '
    heading  the heading row it stands under
    meta     what the columns beside it say: id, unit, source, condition, ...
    cells    (head, cell) of every column that is a period
    where    of its first cell
    """

    title: str
    heading: str
    meta: dict[str, str]
    cells: tuple[tuple[Head, GridCell], ...]
    where: str


@dataclass(frozen=True)
class SheetTable:
    """across: True where the periods stand in a row. heads_at: where they stand, in words."""

    grid: Grid
    rows: tuple[SheetRow, ...]
    asides: tuple[Aside, ...]
    across: bool
    heads_at: str
