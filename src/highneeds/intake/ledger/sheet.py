"""A large CSV or Excel file, or a zip of one, as text columns that know the line of each row, read at once."""

import csv
import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from highneeds.intake.file_names import file_name_to_say
from highneeds.intake.text import decode, read_bytes
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    import polars as pl

LINE = "line_number"
NOISE, WHOLE = 1e-7, 1e15
"""How far a worked-out amount may be off its pennies; below what a number without decimals is written out."""


def read_sheet(path: Place, sheet: str = "") -> "pl.DataFrame":
    """Every cell as trimmed text, an empty cell as null; `line_number` is the row of the file.

    sheet   of a workbook; the first where it is not given
    """
    data, file = _one_of(path) if path.suffix.lower() == ".zip" else (read_bytes(path), file_name_to_say(path.name))
    if PurePosixPath(file).suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return _workbook(data, file, sheet)
    return _csv(decode(data, file), file)


def _one_of(path: Place) -> tuple[bytes, str]:
    """The one file that a zip holds, and its name."""
    from highneeds.intake.sen2.sources import files_in

    if not path.is_file():
        raise InputError(
            "The file is missing", where=file_name_to_say(path.name), remedy="Put it there, or check its name"
        )
    members = files_in([path])
    if len(members) != 1:
        raise InputError(
            f"The zip holds {len(members)} files that could be read",
            where=file_name_to_say(path.name),
            remedy="Put one into it",
        )
    return members[0].read(), members[0].said


def _csv(text: str, file: str) -> "pl.DataFrame":
    import polars as pl

    if not text.strip():
        raise InputError("The file is empty", where=file, remedy="It needs a header row and one row per posting")
    try:
        frame = pl.read_csv(io.BytesIO(text.encode("utf-8")), infer_schema=False, truncate_ragged_lines=False)
    except pl.exceptions.PolarsError as problem:
        raise InputError(
            f"The file is not readable as CSV ({str(problem).splitlines()[0]})",
            where=file,
            remedy="Put text that holds a comma in double quotes, and give every row the header's number of cells",
        ) from problem
    return _tidy(frame, _lines(text, frame.height), file)


def _lines(text: str, rows: int) -> list[int] | range:
    """The line on which each row begins; counted one by one only where a cell holds a line break or a line is empty."""
    if text.count("\n") + (not text.endswith("\n")) == rows + 1:
        return range(2, rows + 2)
    reader, begins, last = csv.reader(io.StringIO(text)), [], 0
    for cells in reader:
        begins.append((last + 1, bool(cells)))
        last = reader.line_num
    every, filled = [line for line, _ in begins], [line for line, is_filled in begins if is_filled]
    fitting = next((lines for lines in (every, filled) if len(lines) == rows + 1), None)
    return fitting[1:] if fitting else range(2, rows + 2)


def _workbook(data: bytes, file: str, sheet: str) -> "pl.DataFrame":
    import polars as pl
    from python_calamine import CalamineError, CalamineWorkbook

    from highneeds.intake.sen2.sources import refuse_workbook_bomb
    from highneeds.intake.sen2.workbook import text_of

    if data[:2] == b"PK":
        refuse_workbook_bomb(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        name = sheet or book.sheet_names[0]
        if name not in book.sheet_names:
            known = ", ".join(book.sheet_names)
            raise InputError(f"There is no sheet '{name}'", where=file, remedy=f"Use one of {known}")
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as problem:
        raise InputError("The workbook cannot be read", where=file, remedy="Save it again in Excel") from problem
    if not rows:
        raise InputError("The sheet is empty", where=file, remedy="It needs a header row and one row per posting")
    columns = [text_of(title) or f"column {place + 1}" for place, title in enumerate(rows[0])]
    _not_twice([name.strip() for name in columns], file)
    cells = zip(*rows[1:], strict=True) if len(rows) > 1 else ((),) * len(columns)
    body = {name: _texts(column) for name, column in zip(columns, cells, strict=True)}
    return _tidy(pl.DataFrame(body), range(2, len(rows) + 1), file)


def _texts(cells: tuple[Any, ...]) -> "pl.Series":
    """A column of cells as text: at once where all are text or all are numbers, else cell by cell."""
    import polars as pl

    from highneeds.intake.sen2.workbook import text_of

    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pl.Series(cells, dtype=pl.String)
    if kinds != {float}:
        return pl.Series([text_of(_without_noise(cell)) for cell in cells], dtype=pl.String)
    numbers = pl.DataFrame({"cell": pl.Series(cells, dtype=pl.Float64)})
    cell, rounded = pl.col("cell"), pl.col("cell").round(2)
    near = pl.when((cell - rounded).abs() < NOISE).then(rounded).otherwise(cell)
    plain = (near == near.round(0)) & (near.abs() < WHOLE)
    whole = pl.when(plain).then(near).otherwise(0).cast(pl.Int64).cast(pl.String)
    return numbers.select(pl.when(plain).then(whole).otherwise(near.cast(pl.String))).to_series()


def _without_noise(cell: Any) -> Any:
    """A cell that Excel worked out, such as 0.30000000000000004, as the two decimals it stands for."""
    if isinstance(cell, float) and abs(cell - round(cell, 2)) < NOISE:
        return round(cell, 2)
    return cell


def _tidy(frame: "pl.DataFrame", lines: list[int] | range, file: str) -> "pl.DataFrame":
    """Trim, empty cells to null, drop rows with nothing in them."""
    import polars as pl

    _not_twice([name.strip() for name in frame.columns], file)
    text = pl.all().str.strip_chars()
    named = frame.rename({name: name.strip() for name in frame.columns})
    trimmed = named.select(pl.when(text != "").then(text).otherwise(None).name.keep())
    numbered = trimmed.with_columns(pl.Series(LINE, lines, dtype=pl.Int64))
    return numbered.filter(pl.any_horizontal(pl.exclude(LINE).is_not_null()))


def _not_twice(columns: list[str], file: str) -> None:
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise InputError(f"The column {twice[0]} stands there twice", where=Source(file, 1), remedy="Remove one")
