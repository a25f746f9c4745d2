"""Which published figures came after the report: read from the date that stands in the name of their source."""

import re
from datetime import date

from highneeds.account.stated import Stated
from highneeds.vocabulary.period import MONTH_NAMES

LATER = "published after this report"
_DATED = re.compile(rf"(?:(\d{{1,2}}) )?\b({'|'.join(MONTH_NAMES)})[a-z]* (\d{{4}})\b")


def published_on(source: str) -> date | None:
    """'Kent Cabinet 22 Jul 2025' -> that day; 'papers of Jan 2026' -> the first of the month; else None."""
    found = _DATED.findall(source)
    if not found:
        return None
    day, month, year = found[-1]
    return date(int(year), MONTH_NAMES.index(month) + 1, int(day or 1))


def is_later(source: str, report: date) -> bool:
    """True where the source is dated after the report. A source without a date is taken to stand before it."""
    day = published_on(source)
    return day is not None and day > report


def placed(one: Stated, report: date) -> str:
    """'£97.5m (Kent Cabinet 22 Jul 2025, published after this report)'."""
    return f"{one.words} ({one.source}, {LATER})" if is_later(one.source, report) else one.evidence
