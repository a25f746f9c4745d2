"""The checks that DfE's validator makes of a quarterly return of a local SEND reform plan, made before it is sent."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import digits

from highneeds.report.words import returns as words

PREFIX, ENDING = "lsrp-quarterly-return-", ".xlsx"
COVER, TEMPLATE = "Cover", "Quarterly Return Template"
COUNCIL_CELL, YEAR_CELL = "B13", "B5"
QUARTERS = ("March", "June", "September", "December")
"""The months that a version of the return is named after."""
YEAR_WORDS = re.compile(r"(\d{4})-(\d{2}) Quarterly Data")


class CheckOutcome(StrEnum):
    ACCEPTED = "yes"
    REFUSED = "no"
    WARNED = "warn"


@dataclass(frozen=True)
class FileCheck:
    """What DfE's check would say of a name or a cell, and why."""

    outcome: CheckOutcome
    why: str


def _yes(why: str = words.AS_ASKED) -> FileCheck:
    return FileCheck(CheckOutcome.ACCEPTED, why)


def _no(why: str) -> FileCheck:
    return FileCheck(CheckOutcome.REFUSED, why)


def check_file_name(name: str, council_code: str, version: str) -> FileCheck:
    """'lsrp-quarterly-return-September-2026-886-kent.xlsx': prefix, version, council code and council name.

    Capitals do not matter. A name that ends twice is let through by DfE and is a warning here.
    """
    low = name.lower()
    if not low.endswith(ENDING):
        return _no(words.NO_WORKBOOK)
    if not low.startswith(PREFIX):
        return _no(words.must_begin(PREFIX))
    rest = low.removeprefix(PREFIX).removesuffix(ENDING)
    if not rest.startswith(f"{version.lower()}-"):
        return _no(words.not_of_version(version))
    code, _, council = rest.removeprefix(f"{version.lower()}-").partition("-")
    if code != council_code:
        return _no(words.not_code(council_code))
    if not council:
        return _no(words.NO_COUNCIL_NAME)
    if council.endswith(ENDING):
        return FileCheck(CheckOutcome.WARNED, words.ENDS_TWICE)
    return _yes()


def check_sheet_name(name: str) -> FileCheck:
    """To the letter: no other capitals, no space at an end."""
    return _yes() if name in (COVER, TEMPLATE) else _no(words.neither_sheet(COVER, TEMPLATE))


def check_cell(sheet: str, cell: str, value: str, council_code: str) -> FileCheck:
    """One cell of one sheet, as far as DfE has a rule for it."""
    named = check_sheet_name(sheet)
    if named.outcome is CheckOutcome.REFUSED:
        return named
    if sheet == COVER and cell == COUNCIL_CELL:
        return _council_cell(value, council_code)
    if sheet == TEMPLATE and cell == YEAR_CELL:
        return _year_cell(value)
    if sheet == TEMPLATE and cell.rstrip(digits) == "A" and value:
        return _no(words.COLUMN_NOT_EMPTY)
    return _yes(words.NO_RULE)


def _council_cell(value: str, council_code: str) -> FileCheck:
    """'886 Kent' or '886' alone: the code first, a space after it."""
    if value == council_code or value.startswith(f"{council_code} "):
        return _yes()
    return _no(words.council_cell(COUNCIL_CELL, council_code))


def _year_cell(value: str) -> FileCheck:
    """'2026-27 Quarterly Data': two years that follow one another; DfE's own rule refuses 2099-00."""
    found = YEAR_WORDS.fullmatch(value)
    if found is None:
        return _no(words.year_cell(YEAR_CELL))
    if int(found[2]) != int(found[1][2:]) + 1:
        return _no(words.NOT_FOLLOWING)
    return _yes()


def version_of(day: date) -> str:
    """The quarter that a return of this day belongs to: 'September-2026' from July to September."""
    return f"{QUARTERS[(day.month - 1) // 3]}-{day.year}"


def year_words(day: date) -> str:
    """'2026-27 Quarterly Data' for a day of that financial year."""
    first = day.year if day.month > 3 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d} Quarterly Data"


def file_name(council_code: str, council: str, version: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", council.lower()).strip("-")
    return f"{PREFIX}{version}-{council_code}-{name}{ENDING}"
