"""From the text of a cell to a value, or one clear sentence why not."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from highneeds.intake.csvfile import CsvRow
from highneeds.vocabulary.errors import InputError


def decimal_or_none(row: CsvRow, column: str) -> Decimal | None:
    """The number in a cell; an empty cell is None, because missing is never zero."""
    text = row[column]
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise InputError(
            f"'{text}' stands where a number belongs",
            where=row.place(column),
            remedy="Write digits only, such as 1234.5",
        ) from None
    if not value.is_finite():
        raise InputError(
            f"'{text}' is no number", where=row.place(column), remedy="Leave the cell empty if it is missing"
        )
    return value


def whole_or_none(row: CsvRow, column: str) -> int | None:
    value = decimal_or_none(row, column)
    if value is None:
        return None
    if value != int(value):
        raise InputError(
            f"'{row[column]}' is not a whole number", where=row.place(column), remedy="Write a whole number"
        )
    return int(value)


def whole(row: CsvRow, column: str) -> int:
    value = whole_or_none(row, column)
    if value is None:
        raise InputError("The cell is empty", where=row.place(column), remedy="Write a whole number")
    return value


def day_or_none(row: CsvRow, column: str) -> date | None:
    text = row[column]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is not a date", where=row.place(column), remedy="Write it as 2025-01-31") from None


def code(row: CsvRow, column: str, known: Collection[str]) -> str:
    """A cell that must hold one of the known codes."""
    if row[column] not in known:
        raise InputError(
            f"'{row[column]}' is not a known {column}", where=row.place(column), remedy=f"Use one of {', '.join(known)}"
        )
    return row[column]


def text(row: CsvRow, column: str) -> str:
    """A cell that must not be empty."""
    if not row[column]:
        raise InputError("The cell is empty", where=row.place(column), remedy="Fill it in")
    return row[column]
