"""A message of a check as a person reads it on paper: days in words, the names of columns without their underscores.

The checks say what their files hold, to the letter: '2025-04-02', 'from_day'. A person who only reads the report should
not have to know the files.
"""

import re
from datetime import date

from highneeds.report.document import long_date
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.period import Month

DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b(?!-)")
MONTH = re.compile(r"\b(20\d\d)-(0[1-9]|1[0-2])\b(?!-)")
IN_FILES = re.compile(r"\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b")


def plainly(text: str) -> str:
    """'2025-01: from_day is after 2025-04-02' -> 'Jan 2025: from day is after 2 April 2025'.

    A financial year stays: of '2024-25' the last two figures are no month, and those of 2012 and later never are.
    """
    text = plain_names(days_in_words(text))
    return f"{text[:1].upper()}{text[1:]}"


def plain_names(text: str) -> str:
    """'dfe_payment_received_gbp is empty at line 2' -> 'DfE payment received is empty at line 2'."""
    return IN_FILES.sub(lambda found: _plain(found[0]), text)


def _plain(name: str) -> str:
    words = ColumnName(name.replace("_percent", "_per_cent")).plain.replace("gbp per ", "pounds per ")
    return re.sub(r"\bdfe\b", "DfE", words)


def days_in_words(text: str) -> str:
    """'the return ends 2025-01-31' -> 'the return ends 31 January 2025'."""
    text = DAY.sub(lambda found: _day(*map(int, found.groups())) or found[0], text)
    return MONTH.sub(lambda found: _month(int(found[1]), int(found[2])) or found[0], text)


def _day(year: int, month: int, day: int) -> str:
    try:
        return long_date(date(year, month, day))
    except ValueError:
        return ""


def _month(year: int, month: int) -> str:
    """'' for a financial year: that of 2011 ends in 12."""
    return "" if month == year % 100 + 1 else Month(year, month).label
