"""Drawings as SVG and PNG. Equal drawings give equal bytes, and a drawing is made once however many formats show it.

Pictures are set in the shipped fonts alone: the SVG by vl-convert, the PNG from the SVG by typst.
"""

import json
from functools import lru_cache
from xml.sax.saxutils import escape

import vl_convert

from highneeds.report import typesetting
from highneeds.report.blocks import ChartBlock, Picture
from highneeds.report.charts.style import FONT, SECONDARY, SMALL, TEXT
from highneeds.report.fonts import FOLDER
from highneeds.report.typesetting import quoted

vl_convert.register_font_directory(str(FOLDER))


@lru_cache(maxsize=256)
def svg(picture: Picture) -> str:
    """The drawing as SVG; its words stay words."""
    return str(vl_convert.vegalite_to_svg(json.loads(picture.spec)))


@lru_cache(maxsize=256)
def png(drawing: str, scale: int = 2) -> bytes:
    """An SVG as PNG, `scale` picture elements to each CSS pixel."""
    page = (
        f"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes({quoted(drawing)}), format: {quoted('svg')})"
    )
    return typesetting.png(page, scale)


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
    return f'<text x="{EDGE}" y="{y:.1f}" {look}>{escape(text)}</text>'


def _wrapped(text: str, most: int = 80) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
