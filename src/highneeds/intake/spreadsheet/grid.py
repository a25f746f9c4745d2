"""A workbook or CSV file as sheets of cells: each knows its place, a merged cell says the same in all its parts."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from highneeds.intake.csvfile import rows_with_lines
from highneeds.intake.sen2.sources import refuse_workbook_bomb
from highneeds.intake.text import decode, read_bytes
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
DIGITS = 15
"""What a spreadsheet keeps of a number: 0.1 + 0.2 is 0.3 to so many digits."""
UNWORKED = "a formula without a stored result: open the file, save it and import it again"


@dataclass(frozen=True)
class GridCell:
    """One cell.

    text        as a person reads it, trimmed; '' where nothing stands
    number      of a cell that holds one: a percentage as it is shown, 48.2 for 0.482 in the form 0.0%
    is_percent  True where the cell is shown as a percentage
    day         of a cell that holds a date
    form        the number format, 'd-mmm' of a day without its year
    problem     why it cannot be read though something stands there
    where       'Dashboard!C7', or 'line 7, column 3' of a CSV file
    merged      True for a part of a merged cell
    coloured    True where it stands on a ground of another colour than white
    """

    text: str = ""
    number: Decimal | None = None
    is_percent: bool = False
    day: date | None = None
    form: str = ""
    problem: str = ""
    where: str = ""
    merged: bool = False
    coloured: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.problem


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of cells, every row as long as the longest.

    name      of the sheet, '' of a CSV file
    hidden    True for a sheet that a person does not see: it is read only where it is named
    remarks   what else stands in the sheet that is no cell: (where, what it is)
    """

    file: str
    name: str
    rows: tuple[tuple[GridCell, ...], ...]
    hidden: bool = False
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def read_grids(path: Place) -> tuple[Grid, ...]:
    """Every sheet that holds anything, hidden ones too. A file that is neither workbook nor text is refused by name."""
    data = read_bytes(path)
    ending = PurePosixPath(path.name).suffix.lower()
    if ending in WORKBOOKS:
        if ending != ".xls":  # the others are zips
            refuse_workbook_bomb(data, path.name)
        found = _of_excel(data, path.name) if ending in (".xlsx", ".xlsm") else _of_other(data, path.name)
    else:
        found = iter([Grid(path.name, "", _squared(_of_csv(decode(data, path.name), path.name)))])
    grids = tuple(grid for grid in found if any(not cell.is_empty for row in grid.rows for cell in row))
    if not grids:
        raise InputError("The file is empty", where=path.name, remedy="Give the file that holds the table")
    return grids


def sheets_to_read(grids: tuple[Grid, ...], name: str) -> tuple[Grid, ...]:
    """The sheet of that name, else every one that a person sees; all of them where all are hidden."""
    return (sheet_of(grids, name),) if name else tuple(grid for grid in grids if not grid.hidden) or grids


def sheet_of(grids: tuple[Grid, ...], name: str) -> Grid:
    """The sheet of that name, whatever its capitals."""
    for grid in grids:
        if grid.name.strip().lower() == name.strip().lower():
            return grid
    named = ", ".join(grid.name for grid in grids if grid.name)
    raise InputError(
        f"There is no sheet '{name}'",
        where=grids[0].file,
        remedy=f"Its sheets are {named}" if named else "A CSV file has no named sheets; leave --sheet out",
    )


def _squared(rows: list[list[GridCell]]) -> tuple[tuple[GridCell, ...], ...]:
    width = max((len(row) for row in rows), default=0)
    return tuple(tuple(row + [GridCell()] * (width - len(row))) for row in rows)


def _of_csv(text: str, file: str) -> list[list[GridCell]]:
    head = "\n".join(text.split("\n")[:20])
    split = max(",;\t|", key=head.count)
    return [
        [GridCell(" ".join(cell.split()), where=f"line {line}, column {place}") for place, cell in enumerate(cells, 1)]
        for line, cells in rows_with_lines(text, file, split)
    ]


def _of_excel(data: bytes, file: str) -> Iterator[Grid]:
    from openpyxl import load_workbook

    try:
        shown = load_workbook(io.BytesIO(data), data_only=True)
        written = load_workbook(io.BytesIO(data))
    except Exception as problem:  # openpyxl raises of many kinds for a file that is no workbook
        raise InputError(
            "The file is not readable as a workbook", where=file, remedy="Save it again as .xlsx or as CSV"
        ) from problem
    for sheet in shown.worksheets:
        rows = _squared(_excel_rows(sheet, written[sheet.title]))
        yield Grid(file, sheet.title, rows, sheet.sheet_state != "visible", tuple(_remarks(sheet)))


def _remarks(sheet: Any) -> Iterator[tuple[str, str]]:
    """Remarks that hang on cells, and hidden rows and columns. A remark may name a person, so its words stay there."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None:
                yield f"{sheet.title}!{cell.coordinate}", "a remark hangs on this cell, and is not read"
    for kind, dimensions in (("columns", sheet.column_dimensions), ("rows", sheet.row_dimensions)):
        hidden = [str(name) for name, one in dimensions.items() if one.hidden]
        if hidden:
            yield f"{sheet.title}, {kind} {', '.join(hidden[:5])}", "hidden, and read like the others"


def _excel_rows(sheet: Any, written: Any) -> list[list[GridCell]]:
    rows = [[_excel_cell(cell, written) for cell in row] for row in sheet.iter_rows()]
    for span in sheet.merged_cells.ranges:
        first = rows[span.min_row - 1][span.min_col - 1]
        for row in range(span.min_row, span.max_row + 1):
            for column in range(span.min_col, span.max_col + 1):
                if row <= len(rows) and column <= len(rows[row - 1]):
                    rows[row - 1][column - 1] = _part_of(first, rows[row - 1][column - 1].where)
    return rows


def _part_of(first: GridCell, where: str) -> GridCell:
    return replace(first, where=where, merged=True)


def _excel_cell(cell: Any, written: Any) -> GridCell:
    where = f"{cell.parent.title}!{cell.coordinate}"
    value = cell.value
    if value is None:
        formula = written[cell.coordinate].value
        is_formula = isinstance(formula, str) and formula.startswith("=")
        return GridCell(problem=UNWORKED if is_formula else "", where=where)
    return replace(_cell(value, where, cell.number_format or ""), coloured=_is_coloured(cell))


def _is_coloured(cell: Any) -> bool:
    """A filled ground that is not white; a colour of the theme is one too."""
    if cell.fill is None or cell.fill.fill_type != "solid":
        return False
    colour = cell.fill.fgColor
    return colour.type != "rgb" or str(colour.rgb)[-6:].upper() != "FFFFFF"


def _cell(value: Any, where: str, form: str = "") -> GridCell:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return GridCell(value.isoformat(), day=value, form=form, where=where)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return GridCell(" ".join(str(value).split()), where=where, form=form)
    number = Decimal(f"{value:.{DIGITS}g}")
    percent = "%" in form
    number = number * 100 if percent else number
    number = number.normalize() if number == number.normalize() else number
    text = f"{number:f}"
    return GridCell(f"{text}%" if percent else text, number, percent, form=form, where=where)


def _of_other(data: bytes, file: str) -> Iterator[Grid]:
    """Older Excel and OpenDocument: values alone, without the forms in which they are shown."""
    from openpyxl.utils import get_column_letter
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except CalamineError as problem:
        raise InputError(
            "The file is not readable as a workbook", where=file, remedy="Save it again as .xlsx or as CSV"
        ) from problem
    for name, rows in sheets:
        cells = [
            [_cell(value, f"{name}!{get_column_letter(place)}{line}") for place, value in enumerate(row, 1)]
            for line, row in enumerate(rows, 1)
        ]
        yield Grid(file, name, _squared(cells))
