"""CSV in: rows that know their file and line. Columns are checked by name, never by place."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from highneeds.intake.text import read_text
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source


@dataclass(frozen=True)
class CsvRow:
    """One row. `cells` hold the text as written, trimmed; an absent column is the empty text. line: its first."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def where(self) -> Source:
        return Source(self.file, self.line)

    def place(self, column: str) -> Source:
        return Source(self.file, self.line, column=column)


@dataclass(frozen=True)
class CsvFile:
    """columns: as written in the header; rows: in the order of the file."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[CsvRow, ...]

    def __iter__(self) -> Iterator[CsvRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_csv(
    path: Place,
    required: Collection[str],
    *,
    optional: Collection[str] | None = None,
    renamed: Mapping[str, str] | None = None,
    name: str = "",
) -> CsvFile:
    """Read a CSV file by its column names.

    required   columns that must be there; one that is missing is refused by name
    optional   further columns that are known; None lets any other column pass, () refuses them
    renamed    older name -> our name, for columns that have had two names
    """
    return parse_csv(read_text(path, name), name or path.name, required, optional=optional, renamed=renamed)


def parse_csv(
    text: str,
    file: str,
    required: Collection[str],
    *,
    optional: Collection[str] | None = None,
    renamed: Mapping[str, str] | None = None,
) -> CsvFile:
    """As read_csv, on text already in hand."""
    lines = [(line, cells) for line, cells in rows_with_lines(text, file) if _counts(cells)]
    if not lines:
        raise InputError("The file is empty", where=file, remedy="It needs a header row and one row per record")
    columns = tuple((renamed or {}).get(cell.strip(), cell.strip()) for cell in lines[0][1])
    check_columns(columns, file, required, optional)
    return CsvFile(file, columns, tuple(_row(file, columns, line, cells) for line, cells in lines[1:]))


def rows_with_lines(text: str, file: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins: a cell in quotes may go on over several."""
    reader, begins = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise InputError(
            f"The file is not readable as CSV ({problem})",
            where=Source(file, begins),
            remedy="Check the quotes of the row that begins there",
        ) from problem


def _counts(cells: list[str]) -> bool:
    """True for a row that says something: not an empty one, and no remark, which begins with '#'."""
    return any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#")


def check_columns(
    columns: tuple[str, ...], file: str, required: Collection[str], optional: Collection[str] | None
) -> None:
    """Refuse a header with a column twice, one of `required` missing, or, where `optional` is given, one unknown."""
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise InputError(
            f"The column {twice[0]} stands there twice", where=Source(file, 1), remedy="Remove one of them"
        )
    missing = [column for column in required if column not in columns]
    if missing:
        raise InputError(
            f"The column {', '.join(missing)} is missing",
            where=Source(file, 1),
            remedy="Add it to the header row",
            lacks=tuple(missing),
        )
    if optional is not None:
        unknown = [column for column in columns if column not in required and column not in optional]
        if unknown:
            raise InputError(
                f"The column {', '.join(unknown)} is not known here",
                where=Source(file, 1),
                remedy=f"Remove or rename it; known columns are {', '.join([*required, *optional])}",
            )


def _row(file: str, columns: tuple[str, ...], line: int, cells: list[str]) -> CsvRow:
    if len(cells) > len(columns):
        raise InputError(
            f"The row has {len(cells)} cells where the header has {len(columns)}",
            where=Source(file, line),
            remedy="Put text that holds a comma in double quotes",
        )
    padded = [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))
    return CsvRow(file, line, dict(zip(columns, padded, strict=True)))
