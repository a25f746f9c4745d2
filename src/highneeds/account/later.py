"""Which published figures came after the report: those whose document bears a later date."""

from datetime import date


def is_later(dated: date | None, report: date) -> bool:
    """True where a document is dated after the report. One without a date is taken to stand before it."""
    return dated is not None and dated > report
