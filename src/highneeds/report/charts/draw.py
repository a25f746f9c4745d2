"""Drawings as SVG and PNG. Equal drawings give equal bytes, and a drawing is made once however many formats show it.

The PNG is made from the SVG by the typesetter, in the shipped fonts alone.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from html import escape

from highneeds.report import typesetting
from highneeds.report.blocks import ChartBlock, Picture
from highneeds.report.charts.as_svg import svg_of
from highneeds.report.charts.style import FONT, SECONDARY, SMALL, TEXT
from highneeds.report.typesetting import quoted
from highneeds.store.cache import NO_CACHE, Cache, fingerprint_of, kept_or_made

_drawings: ContextVar[Cache] = ContextVar("_drawings", default=NO_CACHE)
ROOMS = (
    "vocabulary",
    "report/charts",
    "report/blocks.py",
    "report/cells.py",
    "report/shown_number.py",
    "report/typesetting.py",
    "report/fonts",
)
LIBRARIES = ("typst",)


@contextmanager
def drawings_kept(kept: Cache) -> Iterator[None]:
    """Within it a drawing that is kept is not made again, and a new one is kept."""
    before = _drawings.set(kept)
    try:
        yield
    finally:
        _drawings.reset(before)


@lru_cache(maxsize=256)
def svg(picture: Picture) -> str:
    """The drawing as SVG; its words stay words."""
    return svg_of(json.loads(picture.spec))


@lru_cache(maxsize=256)
def png(drawing: str, scale: int = 2) -> bytes:
    """An SVG as PNG, `scale` picture elements to each CSS pixel."""
    name = hashlib.sha256(f"{_program()}\n{scale} {drawing}".encode()).hexdigest()
    return kept_or_made(_drawings.get(), "png", name, lambda: _painted(drawing, scale))


def _painted(drawing: str, scale: int) -> bytes:
    page = (
        f"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes({quoted(drawing)}), format: {quoted('svg')})"
    )
    return typesetting.png(page, scale)


@cache
def _program() -> str:
    """The rooms that draw, and the libraries."""
    return fingerprint_of("drawings", (), ROOMS, LIBRARIES)


def standalone(chart: ChartBlock) -> str:
    """The chart as SVG with its title above and its source below, for a picture that travels alone."""
    titles = _wrapped(chart.title)
    sources = _wrapped(f"Source: {chart.source}") if chart.source else []
    head, foot = EDGE + LINE * len(titles) + GAP, GAP + LINE * len(sources)
    width, height = chart.picture.width + 2 * EDGE, head + chart.picture.height + foot + EDGE
    words = [_words(line, EDGE + LINE * (row + 0.8), 16, TEXT, "bold") for row, line in enumerate(titles)]
    below = head + chart.picture.height + GAP
    words += [_words(line, below + LINE * (row + 0.8), SMALL, SECONDARY) for row, line in enumerate(sources)]
    inner = f'<g transform="translate({EDGE},{head})">{svg(chart.picture)}</g>'
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    ground = f'<rect width="{width}" height="{height}" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{"".join(words)}{inner}</svg>'


EDGE, GAP, LINE = 14, 10, 20  # pixels around the picture, between its parts, and from line to line


def _words(text: str, y: float, size: int, colour: str, weight: str = "normal") -> str:
    look = f'font-family="{FONT}" font-size="{size}" font-weight="{weight}" fill="{colour}"'
    return f'<text x="{EDGE}" y="{y:.1f}" {look}>{escape(text, quote=False)}</text>'


def _wrapped(text: str, most: int = 80) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
