"""From the text of a cell to a value, or one clear sentence why not."""

import re
from collections.abc import Collection
from decimal import Decimal

from highneeds.intake.csvfile import CsvRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]+)?")
BEYOND = Decimal(10) ** 12
"""No count, share or sum of a council is as large; what is, is a slip of the pen."""


def number(text: str, where: str | Source = "") -> Decimal:
    """'1,234.5' -> 1234.5. Digits with a point and commas between thousands, and nothing else."""
    bare = text.replace("−", "-")
    if len(bare) > 40 or not NUMBER.fullmatch(bare) or not re.search("[0-9]", bare):
        shown = text if len(text) <= 40 else f"{text[:40]}..."
        raise InputError(
            f"'{shown}' stands where a number belongs", where=where, remedy="Write digits only, such as 1234.5"
        )
    value = Decimal(bare.replace(",", ""))
    if abs(value) >= BEYOND:
        raise InputError(
            f"'{text}' is too large for a figure of a council",
            where=where,
            remedy="Write a number below a million million",
        )
    return value


def decimal_or_none(row: CsvRow, column: str) -> Decimal | None:
    """The number in a cell; an empty cell is None, because missing is never zero."""
    text = row[column]
    if not text:
        return None
    return number(text, row.place(column))


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
