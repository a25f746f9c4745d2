"""Which published figures came after the report: read from the date that stands in the name of their source."""

from datetime import date

from highneeds.account.stated import Stated
from highneeds.intake.workspace.known_on import day_in

LATER = "published after this report"


def is_later(source: str, report: date) -> bool:
    """True where the source is dated after the report. A source without a date is taken to stand before it."""
    day = day_in(source)
    return day is not None and day > report


def placed(one: Stated, report: date) -> str:
    """'£97.5m (Cabinet 22 Jul 2025, published after this report)'."""
    return f"{one.words} ({one.source}, {LATER})" if is_later(one.source, report) else one.evidence
