"""Drawings as SVG and PNG. Equal drawings give equal bytes, and a drawing is made once however many formats show it.

Pictures are set in the shipped fonts alone: the SVG by vl-convert, the PNG from the SVG by typst.
"""

import json
from functools import lru_cache

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


def standalone(chart: ChartBlock) -> Picture:
    """The chart with its title above and its source below, for a picture that travels alone."""
    spec = json.loads(chart.picture.spec)
    spec["title"] = {
        "text": _wrapped(chart.title),
        "subtitle": _wrapped(f"Source: {chart.source}") if chart.source else [],
        "anchor": "start",
        "frame": "bounds",
        "font": FONT,
        "fontSize": 16,
        "color": TEXT,
        "subtitleFont": FONT,
        "subtitleFontSize": SMALL,
        "subtitleColor": SECONDARY,
        "offset": 12,
    }
    spec["autosize"] = "pad"
    spec["padding"] = 12
    return Picture(json.dumps(spec, sort_keys=True, ensure_ascii=False), chart.picture.width, chart.picture.height)


def _wrapped(text: str, most: int = 80) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
