"""The typesetter: typst with the shipped fonts alone, and no clock, no network, no file of the machine."""

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from highneeds.report.fonts import FOLDER

if TYPE_CHECKING:
    import typst

PIXELS_PER_INCH = 72  # one CSS pixel of an SVG is one point of a page


def pdf(source: str, day: date) -> bytes:
    """A page description as PDF/UA-1, dated `day`; raises ValueError where a page would not be accessible."""
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _one(_compiler(source).compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp))


def png(source: str, scale: int) -> bytes:
    """A page description of one page as a picture, `scale` picture elements to the CSS pixel."""
    return _one(_compiler(source).compile(format="png", ppi=PIXELS_PER_INCH * scale))


def _one(made: bytes | list[bytes] | None) -> bytes:
    """The typesetter gives a list where a picture has several pages; ours have one."""
    pages = made if isinstance(made, list) else [made]
    if len(pages) != 1 or pages[0] is None:
        raise ValueError(f"{len(pages)} pages were made where one was meant")
    return pages[0]


def _compiler(source: str) -> "typst.Compiler":
    import typst

    return typst.Compiler(source.encode(), font_paths=_fonts())


@cache
def _fonts() -> "typst.Fonts":
    """Read once: there are some ninety pages and pictures in a run."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def quoted(text: str) -> str:
    """A text as a string of the page description, whatever it holds: nothing in it is ever read as mark-up."""
    return f'"{text.translate(_ESCAPES)}"'
