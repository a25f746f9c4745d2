"""Text that a spreadsheet would run as a formula, made harmless in files for people.

A cell of text that begins with =, +, -, @, a tab or a line end gets an apostrophe in front, the mark by which
spreadsheets know text. What a spreadsheet reads as a number stays as it is: '-12.5' and '+3.1%'. A figure of ours that
is told otherwise ('+0.4 points') is known by its cell, in `report.render.csv`. What programs read (`--format csv`) is
left raw, and says so in docs/reference/commands.md.
"""

import re
from functools import lru_cache

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[-+]?[£]?[0-9][0-9,]*(?:\.[0-9]+)?%?|-")
"""What begins with a sign and is a number to a spreadsheet: -12.5, +3.1%, -£4; and '-', a month not reported."""


@lru_cache(maxsize=10_000)
def harmless(text: str) -> str:
    """The same text, which no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(STARTS) and not NUMBER.fullmatch(text) else text


def as_written(text: str) -> str:
    """The text that `harmless` made this from: a file for people that comes back says what it said."""
    return text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text
