"""What a report may know: what stood on its day, or all that became known since."""

from datetime import date
from enum import StrEnum
from functools import lru_cache

from highneeds.report.evidence import Evidence


class Knowing(StrEnum):
    """ON_ITS_DAY: the day that was asked for, else the report's day of submission. NOW: everything until today."""

    ON_ITS_DAY = "on its day"
    NOW = "now"


@lru_cache(maxsize=2)
def up_to_now(evidence: Evidence) -> Evidence:
    """All that is known, or what was known on the day that was asked for."""
    return evidence if evidence.asked_day is not None else evidence.up_to(date.max)
