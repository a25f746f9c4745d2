"""Write down which characters the shipped fonts can set: src/highneeds/vocabulary/printable.txt.

    .venv/bin/python scripts/write_printable.py

Run it after a font in src/highneeds/report/fonts/ was changed; a house test says when it is due.
"""

import struct
import sys
import unicodedata
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "highneeds"
FONTS = PACKAGE / "report" / "fonts"
KEPT = PACKAGE / "vocabulary" / "printable.txt"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Categories of characters that show nothing: controls, formats, unassigned, private, halves of pairs, line ends."""
OGHAM_SPACE = 0x1680
"""In the font's table, and yet the typesetter cannot set it."""
FALLBACK = {"D": "DejaVuSans.ttf", "E": "NotoEmoji-Regular.ttf"}
TEXT = "L"
"""The letter of the text font; a character has the letters of all fonts that can set it."""


def main() -> None:
    KEPT.write_text(as_text(covered(FONTS)), encoding="ascii")
    sys.stdout.write(f"{KEPT}: {len(covered(FONTS)):,} characters\n")


def covered(folder: Path) -> dict[int, str]:
    """Every character that can be set, with the letters of the fonts that set it: the text font in every face first."""
    text = set.intersection(*(characters((folder / f"LiberationSans-{face}.ttf").read_bytes()) for face in FACES))
    sets = {TEXT: text} | {letter: characters((folder / name).read_bytes()) for letter, name in FALLBACK.items()}
    seen = {
        point
        for point in set.union(*sets.values())
        if unicodedata.category(chr(point)) not in UNSEEN and point != OGHAM_SPACE
    }
    return {point: "".join(letter for letter, own in sets.items() if point in own) for point in seen}


def as_text(found: dict[int, str]) -> str:
    """Ranges in hexadecimal with the letters of their fonts, one a line: '0020-007E LD'."""
    firsts = sorted(point for point in found if found.get(point - 1) != found[point])
    lasts = sorted(point for point in found if found.get(point + 1) != found[point])
    return "".join(f"{first:04X}-{last:04X} {found[first]}\n" for first, last in zip(firsts, lasts, strict=True))


def characters(font: bytes) -> set[int]:
    """The characters of a TrueType font, out of its table of characters (formats 4 and 12 of OpenType's `cmap`)."""
    count = struct.unpack(">H", font[4:6])[0]
    tables = {font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 12 + 16 * count, 16)}
    start, _ = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", font[start + 8 + 8 * number : start + 12 + 8 * number])[0]
        kind = struct.unpack(">H", font[at : at + 2])[0]
        found |= {4: _segments, 12: _groups}.get(kind, lambda font, at: set())(font, at)
    return found


def _segments(font: bytes, at: int) -> set[int]:
    count = struct.unpack(">H", font[at + 6 : at + 8])[0] // 2
    ends = struct.unpack(f">{count}H", font[at + 14 : at + 14 + 2 * count])
    after = at + 16 + 2 * count
    starts, deltas, offsets = (
        struct.unpack(f">{count}H", font[after + 2 * count * part : after + 2 * count * (part + 1)])
        for part in range(3)
    )
    found = set()
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, last + 1):
            glyph = point + delta
            if offset:
                place = after + 4 * count + 2 * segment + offset + 2 * (point - first)
                glyph = struct.unpack(">H", font[place : place + 2])[0]
                glyph = glyph and glyph + delta
            if glyph % 65536 and point != 0xFFFF:
                found.add(point)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    count = struct.unpack(">I", font[at + 12 : at + 16])[0]
    found: set[int] = set()
    for group in range(count):
        first, last, glyph = struct.unpack(">III", font[at + 16 + 12 * group : at + 28 + 12 * group])
        found |= set(range(first + (glyph == 0), last + 1))
    return found


if __name__ == "__main__":
    main()
