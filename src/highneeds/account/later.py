"""Which published figures came after the report: those whose document bears a later date."""

from datetime import date

from highneeds.account.stated import Stated

LATER = "published after this report"


def is_later(dated: date | None, report: date) -> bool:
    """True where a document is dated after the report. One without a date is taken to stand before it."""
    return dated is not None and dated > report


def placed(one: Stated, report: date) -> str:
    """'£97.5m (Cabinet 22 Jul 2025, published after this report)'."""
    return f"{one.words} ({one.source}, {LATER})" if is_later(one.dated, report) else one.evidence
