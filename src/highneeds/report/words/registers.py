"""The annex of the registers."""

import re
from typing import Any

from highneeds.vocabulary.counted import counted

TITLE = "Registers"
REVIEW_TITLE = "Registers before signature"
ANNEX = "Each gives its headline, its measures in the latest period, and the checks that found something."
REVIEW = "Each gives its headline and the rows that want attention, with what to do."
EXCEPTIONS = "{title}: what wants attention"
SETTLED = "Nothing wants attention."
ROW, WHOLE, NOT_CHECKED = "Row", "The whole register", "Could not check"
NONE = "The workspace keeps no register."
REGISTER, MEASURE, PERIOD, VALUE, STATE = "Register", "Measure", "Period", "Value", "What is to be known"
FEW = "fewer than 5"
SMALL = "not shown: too few children"
FIX, QUERY = "to be fixed", "to be looked at"
PRINTED = "as printed"
COUNTED = "As last counted on {day}: {sentence}"
NOT_KNOWN, NO_YEAR = "[not known]", "the year"
NO_HEADLINE = "The figures for a summary are not on record yet."
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


def known_part(sentence: str) -> str:
    """The sentence without the parts whose figure is not known.

    '7 decisions are open, [not known] days in the middle.' -> '7 decisions are open.'
    """
    kept = []
    for clause in sentence.removesuffix(".").split("; "):
        known = clause.replace(SMALL, NOT_KNOWN).split(NOT_KNOWN)[0]
        kept += [clause if known == clause else known.rpartition(", ")[0]]
    found = "; ".join(one for one in kept if one)
    return f"{found}." if found else NO_HEADLINE


def caption(title: str, rows: int) -> str:
    """'Fee uplift requests: 12 rows'."""
    return f"{title}: {rows} {'row' if rows == 1 else 'rows'}"


def with_exceptions(caption: str, said: str) -> str:
    return f"{caption}; {said}" if said else caption


def opening(kept: int, unsettled: int) -> str:
    """'34 registers are kept; 6 have something to settle.'"""
    are = f"{counted(kept, 'register')} {'is' if kept == 1 else 'are'} kept"
    return f"{are}; {unsettled or 'none'} {'has' if unsettled == 1 else 'have'} something to settle."


def row(key: str, line: int | None) -> str:
    """'fee-12, line 14': where the row stands in its file."""
    place = f"line {line}" if line else ""
    return ", ".join(part for part in (key, place) if part) or WHOLE


def places(rows: list[str], most: int) -> str:
    """'fee-12, line 14; fee-13, line 15; and 3 more rows'."""
    more = len(rows) - most
    return "; ".join(rows[:most] + ([f"and {counted(more, 'more row')}"] if more > 0 else []))


def exceptions(fix: int, look: int, fewest: int = 0) -> str:
    """'2 to be fixed, 5 to be looked at'; numbers under `fewest` are not told."""
    parts = [f"{FEW if count < fewest else count} {words}" for count, words in ((fix, FIX), (look, QUERY)) if count]
    return ", ".join(parts)
