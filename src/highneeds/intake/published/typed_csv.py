"""One published CSV file to one typed table."""

import re
from pathlib import Path

import polars as pl

from highneeds.intake.published.schema import MARKERS, TABLES, TEXT, ColumnType
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

_ACTIVE = re.compile(r"^active_\d{4}$")


def read(path: Path, name: str) -> pl.DataFrame:
    """The table in `path`, typed as `schema.TABLES[name]` says; markers of a missing figure become null."""
    cells = _cells(path)
    wanted = TABLES[name].columns
    for column in wanted:
        if column not in cells.columns:
            raise InputError(
                f"The column {column} is missing",
                where=path.name,
                remedy="Use the file as published, with every column, or remove the file.",
            )
    return cells.select(_typed(cells, column, wanted.get(column), path) for column in cells.columns)


def _cells(path: Path) -> pl.DataFrame:
    try:
        cells = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as problem:
        raise InputError(
            "The file could not be read as CSV", where=path.name, remedy="Save it as UTF-8 CSV with a heading row."
        ) from problem
    return cells.rename({column: "active" for column in cells.columns if _ACTIVE.match(column)})


def _typed(cells: pl.DataFrame, column: str, wanted: ColumnType | None, path: Path) -> pl.Series:
    text = cells[column].str.strip_chars()
    if wanted is TEXT or (wanted is None and not _all_numbers(text)):
        return text.replace({"": None})
    figures = text.set(text.is_in(list(MARKERS)), None)
    numbers = figures.cast(pl.Float64, strict=False)
    _refuse_words(figures, numbers, column, path)
    return _whole(numbers) if wanted is pl.Int64 else numbers if wanted else _whole(numbers)


def _all_numbers(text: pl.Series) -> bool:
    figures = text.set(text.is_in(list(MARKERS)), None).drop_nulls()
    return figures.len() > 0 and not figures.cast(pl.Float64, strict=False).has_nulls()


def _refuse_words(figures: pl.Series, numbers: pl.Series, column: str, path: Path) -> None:
    wrong = (figures.is_not_null() & (numbers.is_null() | ~numbers.is_finite().fill_null(True))).arg_true()
    if wrong.len():
        row = int(wrong[0])
        raise InputError(
            f"{column} should be a number and is {figures[row]!r}",
            where=Source(path.name, row + 2, place=f"{path.name}, line {row + 2}"),
            remedy="Correct the figure, or leave it empty where there is none.",
        )


def _whole(numbers: pl.Series) -> pl.Series:
    """Whole numbers as integers; a column with a fraction in it stays as it is."""
    values = numbers.drop_nulls()
    return numbers.cast(pl.Int64) if (values == values.round(0)).all() else numbers
