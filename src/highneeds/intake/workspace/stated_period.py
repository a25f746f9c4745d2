"""The period a published figure speaks of, as it may stand in facts.csv: a point in time, a span, or a known word."""

import re
from datetime import date

from highneeds.intake.csvfile import CsvRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

WORDS = (
    "agreement",
    "agreement start",
    "calendar year of transfer",
    "medium-term",
    "ongoing",
    "since programme start",
    "unknown",
)
SEASONS = "spring|summer|autumn|winter"
REMEDY = (
    "Write a year as 2025, a month as 2025-01, a financial year as 2024-25, a day as 2025-01-31, a quarter as 2025-Q1, "
    f"a span as 2024-01..2025-01, or one of: {', '.join(WORDS)}"
)


def stated_period(row: CsvRow, column: str = "period") -> str:
    """The cell as it stands, once it is known to say a period; an empty cell says none."""
    text = row[column]
    if text and text not in WORDS and not _is_span(text):
        raise InputError(f"'{text}' is no period", where=row.place(column), remedy=REMEDY)
    return text


def _is_span(text: str) -> bool:
    """'2024-01..2025-01', '2026-01 vs 2025-01', 'to 2024-08', '2025-26 transfer', or one point in time."""
    if text.endswith(" transfer"):
        return _is_point(text.removesuffix(" transfer"))
    if text.startswith("to "):
        return _is_point(text.removeprefix("to "))
    if ".." in text:
        first, _, last = text.partition("..")
        return _is_point(first) and _is_point(last) and first <= last
    return all(_is_point(part) for part in text.split(" vs ", 1))


def _is_point(text: str) -> bool:
    if re.fullmatch(rf"[0-9]{{4}}(-Q[1-4]|-({SEASONS})|-(0[1-9]|1[0-2]))?", text):
        return True
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            date.fromisoformat(text)
        else:
            FinancialYear.parse(text)
    except (ValueError, InputError):
        return False
    return True
