"""The headings of a narrative that a report knows, and how one that is written otherwise is matched to them."""

import re
from collections.abc import Collection
from difflib import get_close_matches

ON_TRACK = ("On track: in year", "On track: end of the agreement", "On track: capital")
HEADLINES = ("Headlines: drivers of change", "Headlines: barriers", "Headlines: stakeholder engagement")
ALSO = {
    "on track: end of the plan": ON_TRACK[1],
    "on track: by the end": ON_TRACK[1],
    "headlines: positive change": HEADLINES[0],
    "headlines: engagement": HEADLINES[2],
}
"""What councils without an agreement, and the template itself, call the same part."""
NEAR = 0.8
"""From here on a heading is taken for the nearest known one: a slip of the pen, not another subject."""


def known_headings(conditions: Collection[int]) -> tuple[str, ...]:
    """Every heading whose text has a place in the report."""
    return (*ON_TRACK, *HEADLINES, *(f"Condition {number}" for number in sorted(conditions)))


def condition_of(written: str) -> int | None:
    """The number of the condition that a heading is of: 3 of 'CONDITION 3: reviews'."""
    found = re.match(r"condition\s+(\d+)\b", " ".join(written.lower().split()))
    return int(found[1]) if found else None


def heading_of(written: str, conditions: Collection[int]) -> str:
    """The known heading that is meant, without regard to case: 'CONDITION 3: reviews' is 'Condition 3'.

    One that is near no known heading stays as it is written.
    """
    plain = " ".join(written.lower().split()).rstrip(".:")
    number = condition_of(written)
    if number is not None:
        return f"Condition {number}" if number in conditions else written
    known = {**{one.lower(): one for one in known_headings(()) if not one.startswith("Condition")}, **ALSO}
    near = get_close_matches(plain, known, 1, NEAR)
    return known[near[0]] if near else written
