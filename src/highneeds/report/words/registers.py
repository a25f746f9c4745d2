"""The annex of the registers."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.declared import UNNAMED
from highneeds.report.words.money import plainly as plain_sum
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.words import listed

TITLE = "Registers"
REVIEW_TITLE = "Registers before signature"
ANNEX = "Each gives its headline, its measures in the latest period, and the checks that found something."
REVIEW = "They come first, with the rows and what to do."
EXCEPTIONS = "{title}: what to settle"
CHECKED = "{title}: checks that found something"
SETTLED = "Registers with nothing to settle"
NOTES = "Notes on the registers"
HEADLINE = "In one sentence"
ROW, WHOLE, NOT_CHECKED = "Row", "The whole register", "What could not be checked in the registers"
NONE = "No register is kept yet."
REGISTER, MEASURE, PERIOD, VALUE, STATE = "Register", "Measure", "Period", "Value", "What is to be known"
FEW = "fewer than 5"
SMALL = "not shown: too few children"
SOME_ROWS = "some rows"
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

_NONE_OF_THEM = re.compile(
    r"(?<![\w£.,\-])0 (?=(?:are|were|have|had|got|lack|miss|led|lose|better|worse|overdue|paid|\w+ed(?! \w+s\b))\b)"
)
_NO_THINGS = re.compile(r"(?<![\w£.,\-])0 (?=(?!days|weeks|months)[a-z]+)")


def without_number(reason: str, few: Callable[[int, int], bool]) -> str:
    """'3 of 17 rows have no cost' without how many where that is few, or all but few: in casework each is a child."""
    counted_rows = re.compile(r"(\d+) of (\d+) rows")
    return counted_rows.sub(lambda found: SOME_ROWS if few(int(found[1]), int(found[2])) else found[0], reason)


def of_one(text: str) -> str:
    """The sentence with what there is only one of in the singular: '1 reports were' -> '1 report was'."""
    for plural, singular in _ONE:
        text = plural.sub(singular, text)
    return text


def of_none(text: str) -> str:
    """The sentence with what there is none of in words: '0 got worse and 0 better' -> 'none got worse and none better'.

    >>> of_none("0 answers are overdue; 0 are late, £0 is owed, 0 days to the next")
    'no answers are overdue; none are late, £0 is owed, 0 days to the next'
    """
    return _NO_THINGS.sub("no ", _NONE_OF_THEM.sub("none ", text))


def in_a_sentence(value: Decimal, unit: str, shown: str) -> str:
    """A figure as it is said: 'none' of a share, 'nothing' of a sum, '£17.5m', '100%', '152 days'."""
    if unit == "gbp":
        return plain_sum(value) if value else "nothing"
    if unit == "percent" and not value:
        return "none"
    return re.sub(r"\.0+(?=%?$)", "", shown)


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
    return f"{title}: {rows:,} {'row' if rows == 1 else 'rows'}"


def with_exceptions(caption: str, said: str) -> str:
    return f"{caption}; {said}" if said else caption


def opening(kept: int, unsettled: int) -> str:
    """'34 registers are kept; 6 have something to settle.'"""
    are = f"{counted(kept, 'register')} {'is' if kept == 1 else 'are'} kept"
    return f"{are}; {unsettled or 'none'} {'has' if unsettled == 1 else 'have'} something to settle."


def places(rows: list[tuple[str, int | None]], most: int) -> str:
    """'Line 5 (nore)', 'Lines 2 and 4 to 11': where the rows stand in their file, and what a single one is called."""
    lines = sorted({line for _, line in rows if line})
    if not lines:
        return "; ".join(dict.fromkeys(key for key, _ in rows if key)) or WHOLE
    if len(lines) == 1:
        name = rows[0][0]
        named = name and not name.isdigit() and not name.startswith(UNNAMED)
        return f"Line {lines[0]} ({name})" if named else f"Line {lines[0]}"
    more = len(lines) - most
    tail = f" and {counted(more, 'more row')}" if more > 0 else ""
    return f"Lines {listed(runs(lines[:most]))}{tail}"


def runs(lines: Sequence[int]) -> list[str]:
    """[2, 4, 5, 6] -> ['2', '4 to 6']."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [text for run in runs for text in ([str(run[0])] if len(run) == 1 else _ends(run))]


def _ends(run: list[int]) -> list[str]:
    return [str(line) for line in run] if len(run) == 2 else [f"{run[0]} to {run[-1]}"]


def exceptions(fix: int, look: int, fewest: int = 0) -> str:
    """'2 to be fixed, 5 to be looked at'; numbers under `fewest` are not told."""
    parts = [f"{FEW if count < fewest else count} {words}" for count, words in ((fix, FIX), (look, QUERY)) if count]
    return ", ".join(parts)
