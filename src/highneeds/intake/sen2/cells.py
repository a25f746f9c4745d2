"""From the text of a cell to a value. Each distinct text is read once, however many rows carry it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from highneeds.intake.sen2.fields import CellKind, Field

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
FIRST_YEAR, LAST_YEAR = 1900, 2100
_EXCEL_DAY_0 = date(1899, 12, 30)
_TIME = r"(?:[ tT]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d{2}:?\d{2})?)?"
_YMD = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}}|[a-z]{{3,9}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_DMY = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}}|[a-z]{{3,9}})[-/. ](\d{{4}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?")
_FLAGS = {
    **dict.fromkeys(("1", "true", "t", "y", "yes", "1.0"), True),
    **dict.fromkeys(("0", "false", "f", "n", "no", "0.0"), False),
}
_STRAY_CODE = re.compile(r"[0-9]{1,2}|[A-Z]")
"""A code that is not on the list and can be nobody's name: kept, so that a rule can name it."""
_NUMBER = re.compile(r"[0-9]+[A-Z]?")
_CODE = re.compile(r"[A-Z0-9]+")
_WHOLE = re.compile(r"([+-]?\d{1,9})(?:\.0+)?")


CellReader = Callable[[str], date | bool | int | str]


class Unreadable(Exception):
    """Why a cell means nothing to us, in words that hold nothing of what stands in it."""


def day(text: str) -> date:
    """A date: 2022-Sep-28 00:00:00 (COLLECT), 2022-09-28, 28/09/2022, 28-Sep-2022, 20220928 or Excel's 44832."""
    for pattern, order in ((_YMD, (1, 2, 3)), (_DMY, (3, 2, 1)), (_COMPACT, (1, 2, 3))):
        if found := pattern.fullmatch(text):
            year, month, number = (found[part] for part in order)
            return _date(int(year), _month(month), int(number))
    if found := _SERIAL.fullmatch(text):
        return _in_range(_EXCEL_DAY_0 + timedelta(days=int(found[1])))
    raise Unreadable("not a date")


def _month(text: str) -> int:
    number = int(text) if text.isdigit() else MONTHS.get(text[:3].lower(), 0)
    if not 1 <= number <= 12:
        raise Unreadable("not a date: no such month")
    return number


def _date(year: int, month: int, number: int) -> date:
    try:
        return _in_range(date(year, month, number))
    except ValueError:
        raise Unreadable("not a date: no such day") from None


def _in_range(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Unreadable(f"the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    return value


def flag(text: str) -> bool:
    """Yes or no: 1/0, true/false, Y/N."""
    if text.lower() not in _FLAGS:
        raise Unreadable("neither yes nor no")
    return _FLAGS[text.lower()]


def whole(text: str) -> int:
    found = _WHOLE.fullmatch(text)
    if not found or not -32_768 <= int(found[1]) <= 32_767:
        raise Unreadable("not a whole number in range")
    return int(found[1])


LOST_DIGITS = "a spreadsheet wrote it as 1.01E+07 and its digits are lost"
LOST = re.compile(r"[0-9]+(?:\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)


def code_reader(field: Field) -> Callable[[str], str]:
    """Codes in capitals, without a number's leading zeros or '.0'.

    Where the codes are known only those are kept: another word of four letters may be a surname or half a postcode.
    Where they are not known, what is longer than a code of this field is not kept.
    """

    def code(text: str) -> str:
        value = text.upper()
        if found := _WHOLE.fullmatch(value):
            value = str(int(found[1])) if value.isdigit() is False or field.codes else value
        if value in field.codes:
            return value
        if field.or_day and not _CODE.fullmatch(value):
            return day(text).isoformat()
        if LOST.fullmatch(value):
            raise Unreadable(LOST_DIGITS)
        if field.codes and (field.module == "persons" or not _STRAY_CODE.fullmatch(value)):
            raise Unreadable("not in the code list")
        if len(value) > field.width or not (_STRAY_CODE.fullmatch(value) or _NUMBER.fullmatch(value)):
            raise Unreadable("not a code of this field")
        return value

    return code


def given(text: str) -> bool:
    return True


def reader_for(field: Field) -> CellReader:
    if field.kind is CellKind.CODE:
        return code_reader(field)
    readers: dict[CellKind, CellReader] = {
        CellKind.DAY: day,
        CellKind.FLAG: flag,
        CellKind.WHOLE: whole,
        CellKind.TEXT: given,
    }
    return readers[field.kind]


DTYPES: dict[CellKind, pl.DataType] = {
    CellKind.DAY: pl.Date(),
    CellKind.FLAG: pl.Boolean(),
    CellKind.CODE: pl.String(),
    CellKind.WHOLE: pl.Int16(),
    CellKind.TEXT: pl.Boolean(),
}


def read_cells(column: pl.Series, field: Field) -> tuple[pl.Series, dict[str, str]]:
    """The column as values, and each unreadable text with the reason.

    An empty cell is null; for free text the value is whether there is any.
    """
    distinct = column.unique().drop_nulls().to_list()
    read, values, bad = reader_for(field), {}, {}
    for text in distinct:
        plain = text.strip()
        if not plain:
            continue
        try:
            values[text] = read(plain)
        except Unreadable as reason:
            bad[text] = str(reason)
    dtype = DTYPES[field.kind]
    if not values:
        typed = pl.Series(column.name, [None] * len(column), dtype=dtype)
    else:
        typed = column.replace_strict(
            pl.Series(list(values), dtype=pl.String), pl.Series(list(values.values()), dtype=dtype), default=None
        )
    return (typed.fill_null(False) if field.kind is CellKind.TEXT else typed), bad
