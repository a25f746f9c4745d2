"""From the text of a cell to its value by the kind of its column, or one clear sentence why not."""

from collections.abc import Callable
from datetime import date
from typing import Any

from highneeds.intake.csvfile import CsvRow
from highneeds.intake.values import number
from highneeds.registers.mechanism.column import Column, Kind
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pence
from highneeds.vocabulary.period import FinancialYear, Month, SchoolYear
from highneeds.vocabulary.source import Source


def read_cell(column: Column, row: CsvRow) -> Any:
    """The value of one cell by the column's kind; empty is None, or refused where the column is required."""
    text = row[column.name]
    if not text:
        if column.required:
            raise InputError(f"{column.name} is empty", where=row.where, remedy="Fill it in")
        return None
    return value_of(text, column, row.place(column.name))


def value_of(text: str, column: Column, where: str | Source = "") -> Any:
    """The value of a filled cell. What is wrong with it begins with the column's name."""
    try:
        return _READERS[column.kind](text, column, where)
    except InputError as problem:
        raise InputError(f"{column.name} {problem.what}", where=where, remedy=problem.remedy) from None


def _whole(text: str, column: Column, where: str | Source) -> int:
    value = number(text)
    if value != int(value):
        raise InputError(f"'{text}' is not a whole number", where=where, remedy="Write a whole number")
    if not (column.least or value) <= value <= (column.most or value):
        limits = f"a number from {column.least} to {column.most}"
        raise InputError(f"'{text}' is not {limits}", where=where, remedy=f"Write {limits}")
    return int(value)


def _day(text: str, column: Column, where: str | Source) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is not a date", where=where, remedy="Write it as 2025-01-31") from None


def _code(text: str, column: Column, where: str | Source) -> str:
    if text not in column.codes:
        known = ", ".join(column.codes)
        raise InputError(f"'{text}' is not a known code", where=where, remedy=f"Use one of {known}")
    return text


def _yes_no(text: str, column: Column, where: str | Source) -> bool:
    if text.lower() not in ("yes", "no"):
        raise InputError(f"'{text}' is neither yes nor no", where=where, remedy="Write yes or no")
    return text.lower() == "yes"


_READERS: dict[Kind, Callable[[str, Column, str | Source], Any]] = {
    Kind.TEXT: lambda text, column, where: text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: lambda text, column, where: number(text),
    Kind.POUNDS: lambda text, column, where: pence(text, where),
    Kind.DAY: _day,
    Kind.MONTH: lambda text, column, where: Month.parse(text, where),
    Kind.FINANCIAL_YEAR: lambda text, column, where: FinancialYear.parse(text, where),
    Kind.SCHOOL_YEAR: lambda text, column, where: SchoolYear.parse(text, where),
    Kind.CODE: _code,
    Kind.YES_NO: _yes_no,
}
