"""The annex of the registers."""

import re
from typing import Any

TITLE = "Registers"
NONE = "The workspace keeps no register."
REGISTER, MEASURE, PERIOD, VALUE, STATE = "Register", "Measure", "Period", "Value", "What is to be known"
FEW = "fewer than 5"
SMALL = "not shown: too few children"
FIX, QUERY = "to be fixed", "to be looked at"
PRINTED = "as printed"
NOT_KNOWN, NO_YEAR = "[not known]", "the year"
LINE = "{title}: {headline} ({exceptions})."
BOARD = "Registers with something to settle"
FURTHER = "Annex D has {more} further registers with something to settle."

_VERBS = {"are": "is", "were": "was", "have": "has"}
_ONE: tuple[tuple[re.Pattern[str], Any], ...] = (
    (re.compile(r"\b1 (\w+)ies\b"), r"1 \1y"),
    (re.compile(r"\b1 (\w+[^su])s\b"), r"1 \1"),
    (re.compile(r"\b1 (\w+ )?(are|were|have)\b"), lambda found: f"1 {found[1] or ''}{_VERBS[found[2]]}"),
)


def of_one(text: str) -> str:
    """The sentence with what there is only one of in the singular: '1 reports were' -> '1 report was'."""
    for plural, singular in _ONE:
        text = plural.sub(singular, text)
    return text


def caption(title: str, rows: int) -> str:
    """'Fee uplift requests: 12 rows'."""
    return f"{title}: {rows} {'row' if rows == 1 else 'rows'}"


def exceptions(fix: int, look: int) -> str:
    """'2 to be fixed, 5 to be looked at'."""
    parts = [f"{count} {words}" for count, words in ((fix, FIX), (look, QUERY)) if count]
    return ", ".join(parts)


def measure(name: str, unit: str = "") -> str:
    """'lost_saving' -> 'Lost saving'."""
    text = name.replace("_", " ")
    return f"{text[:1].upper()}{text[1:]}{unit}"
