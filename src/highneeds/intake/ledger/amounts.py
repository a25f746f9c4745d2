"""Numbers and sums of money in a cell: written plainly, or refused. A comma out of place is never guessed at."""

import re
from decimal import Decimal

from highneeds.intake.csvfile import CsvRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,12})?")
_PENNIES = re.compile(r"\d+(?:\.\d{1,2})?")


def number(row: CsvRow, column: str) -> Decimal:
    """The number in a cell that must hold one."""
    value = number_or_none(row, column)
    if value is None:
        raise InputError(
            f"{column} is empty", where=row.place(column), remedy="Write a number; 0 only if there is none"
        )
    return value


def number_or_none(row: CsvRow, column: str) -> Decimal | None:
    """The number in a cell; an empty cell is None, because missing is never zero."""
    return plain_number(row[column], row.place(column)) if row[column] else None


def pence_or_none(row: CsvRow, column: str) -> int | None:
    """The sum of money in a cell in whole pence; an empty cell is None."""
    return plain_pence(row[column], row.place(column)) if row[column] else None


def plain_number(text: str, where: str | Source) -> Decimal:
    """'1,234.5', '-12', '£40' as an exact number. Words, exponents and commas out of place are refused."""
    sign, digits = _split(text)
    if not _PLAIN.fullmatch(digits):
        raise InputError(
            f"'{text}' stands where a number belongs", where=where, remedy="Write plain digits, such as 1234.5"
        )
    return sign * Decimal(digits.replace(",", ""))


def plain_pence(text: str, where: str | Source) -> int:
    """'£1,234.50', '-12', '(45.00)' as whole pence; more than two decimals are refused, not rounded."""
    sign, digits = _split(text)
    bare = digits.replace(",", "")
    if not _PLAIN.fullmatch(digits) or not _PENNIES.fullmatch(bare):
        raise InputError(
            f"'{text}' is not an amount of money", where=where, remedy="Write pounds and pence, such as 1234.50"
        )
    return int(sign * Decimal(bare) * 100)


def _split(text: str) -> tuple[int, str]:
    """The sign and the digits of a number as people write it: -1, −1, (1), £1, -£1."""
    bare = text.strip()
    bracketed = re.fullmatch(r"\((.+)\)", bare)
    if bracketed:
        return -1, bracketed[1].removeprefix("£")
    sign = -1 if bare[:1] in ("-", "−") else 1
    return sign, bare.removeprefix("-").removeprefix("−").removeprefix("£")


def refuse_row_of_another(row: CsvRow, la_number: str) -> None:
    """A row that names another council than the one whose account it is in; one that names none is taken as its."""
    if la_number and row["la_number"] and row["la_number"] != la_number:
        raise InputError(
            f"The row is of council {row['la_number']}, the workspace of {la_number}",
            where=row.place("la_number"),
            remedy="Take the rows of the other council out, or correct la_number",
        )
