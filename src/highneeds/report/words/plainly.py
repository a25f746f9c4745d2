"""A message of a check as a person reads it on paper: days in words, the names of columns without their underscores.

The checks say what their files hold, to the letter: '2025-04-02', 'from_day'. A person who only reads the report should
not have to know the files.
"""

import re
from datetime import date

from highneeds.report.document import long_date
from highneeds.vocabulary.period import Month

DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b(?!-)")
MONTH = re.compile(r"\b(20\d\d)-(0[1-9]|1[0-2])\b(?!-)")
NAME = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")


def plainly(text: str) -> str:
    """'2025-01: from_day is after 2025-04-02' -> 'Jan 2025: from day is after 2 April 2025'.

    A financial year stays: of '2024-25' the last two figures are no month, and those of 2012 and later never are.
    """
    text = DAY.sub(lambda found: _day(*map(int, found.groups())) or found[0], text)
    text = MONTH.sub(lambda found: _month(int(found[1]), int(found[2])) or found[0], text)
    text = NAME.sub(lambda found: found[0].replace("_", " "), text)
    return f"{text[:1].upper()}{text[1:]}"


def _day(year: int, month: int, day: int) -> str:
    try:
        return long_date(date(year, month, day))
    except ValueError:
        return ""


def _month(year: int, month: int) -> str:
    """'' for a financial year: that of 2011 ends in 12."""
    return "" if month == year % 100 + 1 else Month(year, month).label
