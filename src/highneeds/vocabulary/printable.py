"""Any text an officer writes prints: what no shipped font can set becomes a named mark, what shows nothing is left out.

The ranges of characters that can be set stand in printable.txt, which scripts/write_printable.py writes from the fonts,
each with the letters of its fonts. A mark over a character needs one font that has both: after an Arabic letter the
typesetter refuses a page on which it has to put them together from two.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

WORD_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▫", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fb": "✗", "\uf0e0": "→"}
"""Bullets and ticks that word processors keep as private characters of the fonts Symbol and Wingdings."""
SEPARATORS = dict.fromkeys(("\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\u1680"), " ")
"""Line ends and spaces that no font shows, a word processor's soft line end and page break among them. A space stands
in their place, because a line end would end the row of a table."""
UNSEEN = ("Cc", "Cf", "Cs", "Cn")
"""Categories of characters that show nothing: controls, formats, halves of pairs, unassigned."""
KEPT = "\t\n\r"
CHOSEN_LOOK = "\ufe0e\ufe0f"
"""What word processors write behind a sign to have it plain or as a picture; shows nothing and sits on anything."""


@dataclass(frozen=True)
class Unprintable:
    """One character that does not print as it was written.

    line     1 for the first
    written  how it is called: 'GRINNING FACE', 'U+0007'
    shown    what stands in its place; '' where it is left out
    """

    line: int
    written: str
    shown: str


def printable(text: str) -> str:
    """The text as it can be printed. Equal in every format, because it is made so once, where text is read."""
    if text.isascii() and not _CONTROL.search(text):
        return text
    return _marked().sub(lambda found: found[1] + "".join(_set(found[1], found[2])), _one_by_one(text))


def printable_values(value: Any) -> Any:
    """The same for every text of a file that can name a character by its number, such as "\\u4e2d" in TOML."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_values(one) for key, one in value.items()}
    return [printable_values(one) for one in value] if isinstance(value, list) else value


def unprintable_in(text: str) -> Iterator[Unprintable]:
    """Every character that `printable` changes, save a word processor's bullets and line ends, which lose nothing."""
    if text.isascii() and not _CONTROL.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _unprintable().finditer(line):
            if found[0] not in WORD_SYMBOLS and found[0] not in SEPARATORS and found[0] != "\ufeff":
                yield Unprintable(number, name_of(found[0]) or number_of(found[0]), shown_as(found[0]))
        for found in _marked().finditer(_one_by_one(line)):
            for mark, shown in zip(found[2], _set(found[1], found[2]), strict=True):
                if mark != shown:
                    yield Unprintable(number, name_of(mark), shown)


def shown_as(character: str) -> str:
    """What stands for a character that cannot be set: '(character U+4E2D)'; nothing for a control."""
    instead = WORD_SYMBOLS.get(character, SEPARATORS.get(character))
    if instead is not None:
        return instead
    if unicodedata.category(character) in UNSEEN:
        return ""
    name = name_of(character)
    return f"({name.lower()})" if name else f"(character {number_of(character)})"


def name_of(character: str) -> str:
    """'GRINNING FACE'; nothing where the name only repeats the number, or there is none."""
    name = unicodedata.name(character, "")
    return "" if name.rpartition("-")[2] == f"{ord(character):X}" else name


def number_of(character: str) -> str:
    """'U+4E2D'"""
    return f"U+{ord(character):04X}"


def _one_by_one(text: str) -> str:
    """The text with every character one that can be set by itself."""
    return _unprintable().sub(lambda found: shown_as(found[0]), text)


def _set(base: str, marks: str) -> list[str]:
    """Each mark as it can be set over the character: itself, or its name where no font has it with what it sits on."""
    fonts, shown = set(_fonts()[ord(base)]), []
    for mark in marks:
        together = fonts if mark in CHOSEN_LOOK else fonts & set(_fonts()[ord(mark)])
        shown.append(mark if together else shown_as(mark))
        fonts = together or set(_fonts()[ord(")")])
    return shown


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@cache
def _unprintable() -> re.Pattern[str]:
    """One character that is neither in the fonts nor a tab or a line end."""
    inside = "".join(f"\\U{first:08X}-\\U{last:08X}" for first, last, _ in _ranges())
    return re.compile(f"[^{KEPT}{inside}]")


@cache
def _marked() -> re.Pattern[str]:
    """One character and the marks over it."""
    marks = "".join(chr(point) for point in _fonts() if unicodedata.category(chr(point))[0] == "M")
    return re.compile(f"([^{KEPT}{marks}])([{marks}]+)")


@cache
def _fonts() -> dict[int, str]:
    """Each character with the letters of the fonts that set it."""
    return {point: fonts for first, last, fonts in _ranges() for point in range(first, last + 1)}


@cache
def _ranges() -> tuple[tuple[int, int, str], ...]:
    """(first, last, letters of the fonts)"""
    lines = files("highneeds.vocabulary").joinpath("printable.txt").read_text("ascii").splitlines()
    split = (re.split("[- ]", line) for line in lines)
    return tuple((int(first, 16), int(last, 16), fonts) for first, last, fonts in split)
