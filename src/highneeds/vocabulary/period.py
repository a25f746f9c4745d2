"""Months, financial years, school years and terms. A period that is not one is refused with a sentence."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEARS = range(1900, 2200)
"""Years that a council's figures can speak of; others are slips."""


def parse_day(text: str, where: str | Source = "") -> date:
    """'2025-01-31' as a day, of a year that figures can speak of."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise InputError(f"'{text}' is not a date", where=where, remedy="Write it as 2025-01-31")
    return day


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, written 2025-01."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str, where: str | Source = "") -> Self:
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) not in YEARS:
            raise InputError(f"'{text}' is not a month", where=where, remedy="Write it as 2025-01")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.plus(1).first_day - timedelta(days=1)

    def plus(self, months: int) -> "Month":
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def months_until(self, other: "Month") -> int:
        return (other.year - self.year) * 12 + other.number - self.number

    def through(self, last: "Month") -> tuple["Month", ...]:
        """Every month from this one to `last`, both included."""
        return tuple(self.plus(step) for step in range(self.months_until(last) + 1))

    @property
    def label(self) -> str:
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, order=True)
class FinancialYear:
    """1 April to 31 March, written 2024-25."""

    start: int

    @classmethod
    def parse(cls, text: str, where: str | Source = "") -> Self:
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]) or int(found[1]) not in YEARS:
            raise InputError(f"'{text}' is not a financial year", where=where, remedy="Write it as 2024-25")
        return cls(int(found[1]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 3, 31)

    def plus(self, years: int) -> "FinancialYear":
        return FinancialYear(self.start + years)

    def through(self, last: "FinancialYear") -> tuple["FinancialYear", ...]:
        return tuple(FinancialYear(start) for start in range(self.start, last.start + 1))

    @property
    def label(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"


@dataclass(frozen=True, order=True)
class SchoolYear:
    """The academic year, 1 September to 31 August, known by the year in which it begins."""

    start: int

    @classmethod
    def parse(cls, text: str, where: str | Source = "") -> Self:
        found = re.fullmatch(r"(\d{4})/(\d{2})", text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]) or int(found[1]) not in YEARS:
            raise InputError(f"'{text}' is not a school year", where=where, remedy="Write it as 2024/25")
        return cls(int(found[1]))

    @classmethod
    def of(cls, day: date, rollover_month: int = 9) -> Self:
        """The school year of a day. `rollover_month` 8 puts the snapshot of 31 August in the new year."""
        rolls = date(day.year, 9, 1) if rollover_month == 9 else date(day.year, rollover_month, 31)
        return cls(day.year if day >= rolls else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 8, 31)

    def plus(self, years: int) -> "SchoolYear":
        return SchoolYear(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"


def is_month(text: str) -> bool:
    """True for a month as files write it, '2025-01'; a financial year and a calendar year are none."""
    return bool(re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", text))


Period = Month | FinancialYear
"""What a figure of a council is of: a month or a financial year."""


def parse_period(text: str, where: str | Source = "") -> Period:
    """A month (2025-01) or a financial year (2024-25). 2024-12 is a month: a financial year's parts follow on."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if found and (int(found[1]) + 1) % 100 == int(found[2]) and int(found[2]) > 12:
        return FinancialYear.parse(text, where)
    if found and 1 <= int(found[2]) <= 12:
        return Month.parse(text, where)
    raise InputError(
        f"'{text}' is no period", where=where, remedy="Write a month as 2025-01 or a financial year as 2024-25"
    )
