"""A drawing as SVG by plain code: the marks of each layer in their order, over the axes.

It knows the marks, shapes and looks that the charts use, and refuses any other by name: a slip in a chart is an error
and no picture. The places of marks are those that Vega gives to the same drawing.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from highneeds.report.charts.spec import Channel, ChartLayer, Drawing
from highneeds.report.charts.style import FONT, SMALL, TEXT

DrawnRow = Mapping[str, Any]
LOOKS = {
    "rule": {"color", "strokeWidth", "strokeDash"},
    "line": {"color", "strokeWidth", "strokeDash"},
    "area": {"color", "opacity"},
    "bar": {"color", "size"},
    "circle": {"size", "opacity"},
    "point": {"color", "fill", "filled", "stroke", "strokeWidth", "shape", "size", "opacity"},
    "text": {"color", "align", "baseline", "dx", "dy", "fontSize", "fontWeight"},
}
BASELINES = {"middle": 0.30, "bottom": -0.21}  # of the size of the letters, below where the words are placed
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
TICK, LABEL, LINE = 4, 15, 14  # pixels: how long a tick is, how far its words stand below, from line to line
FAINT = 0.7  # how much of a mark is seen where its layer does not say


def svg_of(drawing: Drawing) -> str:
    """Equal drawings give equal text, which holds nothing but shapes and words."""
    plot, padding = _PlotArea.of(drawing), drawing["padding"]
    width = plot.width + padding["left"] + padding["right"]
    height = plot.height + padding["top"] + padding["bottom"]
    marks = [part for layer in drawing["layer"] for part in _marks(plot, layer)]
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="{width}" height="{height}" fill="white"/>'
        f'<g fill="none" font-family="{FONT}" stroke-miterlimit="10"'
        f' transform="translate({padding["left"]},{padding["top"]})">{"".join([*_axes(plot), *marks])}</g></svg>'
    )


EMPTY: Channel = {"scale": {"domain": (0, 1)}, "axis": None}
"""Of a council without any figure yet: a plot with nothing in it."""


@dataclass(frozen=True)
class _PlotArea:
    """Where figures stand: the channels of the first layer that has an axis or a scale hold for all of them."""

    width: int
    height: int
    x: Channel
    y: Channel

    @classmethod
    def of(cls, drawing: Drawing) -> "_PlotArea":
        channels = [layer["encoding"] for layer in drawing["layer"]]
        x, y = (next((one[way] for one in channels if "scale" in one.get(way, {})), EMPTY) for way in ("x", "y"))
        return cls(drawing["width"], drawing["height"], x, y)

    def across(self, value: float) -> float:
        return _part(self.x, value) * self.width

    def upright(self, value: float) -> float:
        return self.height - _part(self.y, value) * self.height

    def at(self, way: str, channels: Mapping[str, Channel], row: DrawnRow) -> float | None:
        """Where a row stands in pixels from the left ('x', 'x2') or the top; None where it has no figure."""
        channel = channels[way]
        value = channel["datum"] if "datum" in channel else row[channel["field"]]
        return None if value is None else (self.across if way[0] == "x" else self.upright)(value)


def _part(channel: Channel, value: float) -> float:
    """How far a figure lies along its axis: 0 at the start, 1 at the end."""
    low, high = channel["scale"]["domain"]
    return float((value - low) / (high - low))


def _axes(plot: _PlotArea) -> Iterator[str]:
    """Hair lines at the figures first, then the foot with a tick and a name for each period."""
    across, upright = plot.x["axis"], plot.y["axis"]
    if upright:
        for value in upright["values"]:
            yield _line(0.5, y := _pixel(plot.upright(value)), plot.width + 0.5, y, upright["color"])
        for value, label in zip(upright["values"], upright["labels"], strict=True):
            yield _text(-7.5, plot.upright(value) + 4.5, label, anchor="end")
    if across:
        foot = plot.height + 0.5
        for value, label in zip(across["values"], across["labels"], strict=True):
            yield _line(x := _pixel(plot.across(value)), foot, x, foot + TICK, across["color"])
            for row, words in enumerate(label.split("|")):
                yield _text(plot.across(value) + 0.5, foot + LABEL + LINE * row, words, anchor="middle")
        yield _line(0.5, foot, plot.width + 0.5, foot, across["color"])


def _marks(plot: _PlotArea, layer: ChartLayer) -> Iterator[str]:
    kind, look = layer["mark"]["type"], {name: value for name, value in layer["mark"].items() if name != "type"}
    if kind not in LOOKS or not look.keys() <= LOOKS[kind]:
        raise ValueError(f"A chart asks for a mark that is not drawn: {layer['mark']}")
    channels = layer["encoding"]
    ways = [way for way in ("x", "y", "x2", "y2") if way in channels]
    rows = [row for row in layer["data"]["values"] if all(plot.at(way, channels, row) is not None for way in ways)]
    return _DRAWN[kind](plot, channels, look, rows)


def _rules(plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]) -> Iterator[str]:
    """From one place to another; across or down the whole plot where only one of the two is said."""
    for row in rows:
        place = {way: plot.at(way, channels, row) or 0.0 for way in channels if way != "color"}
        x, y = place.get("x", 0.0), place.get("y", 0.0)
        x2, y2 = place.get("x2", x if "x" in place else plot.width), place.get("y2", y if "y" in place else plot.height)
        yield _line(x, y, x2, y2, _colour(channels, look, row), look)


def _lines(plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]) -> Iterator[str]:
    """One for each stretch; a stretch of one point is left to its mark."""
    for stretch in _stretches(channels, rows):
        if len(stretch) > 1:
            points = [_point(plot, channels, row) for row in stretch]
            yield f'<polyline points="{_points(points)}"{_stroke(look["color"], look)}/>'


def _areas(plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]) -> Iterator[str]:
    for stretch in _stretches(channels, rows):
        over = [_point(plot, channels, row) for row in stretch]
        under = [(plot.at("x", channels, row) or 0.0, plot.at("y2", channels, row) or 0.0) for row in stretch]
        yield f'<polygon points="{_points([*over, *reversed(under)])}" fill="{look["color"]}"{_opacity(look)}/>'


def _bars(plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]) -> Iterator[str]:
    """As thick as the look says, around the middle of their row."""
    for row in rows:
        x, y = _point(plot, channels, row)
        ends = sorted((x, plot.at("x2", channels, row) or 0.0))
        place = f'x="{_short(ends[0])}" y="{_short(y - look["size"] / 2)}"'
        size = f'width="{_short(ends[1] - ends[0])}" height="{_short(look["size"])}"'
        yield f'<rect {place} {size} fill="{_colour(channels, look, row)}"/>'


def _dots(plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]) -> Iterator[str]:
    for row in rows:
        x, y = _point(plot, channels, row)
        radius = f'r="{_short(math.sqrt(look["size"]) / 2)}"'
        yield f'<circle cx="{_short(x)}" cy="{_short(y)}" {radius} fill="{_colour(channels, look, row)}"/>'


def _shapes(
    plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]
) -> Iterator[str]:
    """Marks of an area of so many square pixels; not filled, its outline alone is drawn."""
    half, outline = math.sqrt(look["size"]) / 2, _OUTLINES[look.get("shape", "circle")]
    colour = look.get("color")
    fill = colour if look.get("filled") else look.get("fill")
    stroke = None if look.get("filled") else look.get("stroke", colour)
    paint = f' fill="{fill}"' if fill else ""
    paint += _stroke(stroke, {"strokeWidth": look.get("strokeWidth", 2)}) if stroke else ""
    for row in rows:
        x, y = _point(plot, channels, row)
        yield f"{outline(x, y, half)}{paint}{_opacity(look)}/>"


def _circle(x: float, y: float, half: float) -> str:
    return f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(half)}"'


def _square(x: float, y: float, half: float) -> str:
    side = _short(2 * half)
    return f'<rect x="{_short(x - half)}" y="{_short(y - half)}" width="{side}" height="{side}"'


def _diamond(x: float, y: float, half: float) -> str:
    return f'<polygon points="{_points([(x - half, y), (x, y - half), (x + half, y), (x, y + half)])}"'


def _triangle(x: float, y: float, half: float) -> str:
    high = half * math.sqrt(3) / 2
    return f'<polygon points="{_points([(x, y - high), (x - half, y + high), (x + half, y + high)])}"'


def _words(plot: _PlotArea, channels: Mapping[str, Channel], look: DrawnRow, rows: Sequence[DrawnRow]) -> Iterator[str]:
    size = look["fontSize"]
    below = math.floor(BASELINES[look.get("baseline", "middle")] * size + 0.5) + look.get("dy", 0)
    anchor, bold = ANCHORS[look["align"]], look.get("fontWeight") == "bold"
    for row in rows:
        x, y = _point(plot, channels, row)
        words = str(row[channels["text"]["field"]])
        yield _text(x + look.get("dx", 0), y + below, words, anchor, size, look.get("color", TEXT), bold)


Draw = Callable[[_PlotArea, Mapping[str, Channel], DrawnRow, Sequence[DrawnRow]], Iterator[str]]
_DRAWN: dict[str, Draw] = {
    "rule": _rules,
    "line": _lines,
    "area": _areas,
    "bar": _bars,
    "circle": _dots,
    "point": _shapes,
    "text": _words,
}
_OUTLINES = {"circle": _circle, "square": _square, "diamond": _diamond, "triangle-up": _triangle}


def _point(plot: _PlotArea, channels: Mapping[str, Channel], row: DrawnRow) -> tuple[float, float]:
    return plot.at("x", channels, row) or 0.0, plot.at("y", channels, row) or 0.0


def _stretches(channels: Mapping[str, Channel], rows: Sequence[DrawnRow]) -> list[list[DrawnRow]]:
    """Rows by the stretch that they say they belong to, each in the order given."""
    found: dict[Any, list[DrawnRow]] = {}
    for row in rows:
        found.setdefault(row[channels["detail"]["field"]] if "detail" in channels else None, []).append(row)
    return list(found.values())


def _colour(channels: Mapping[str, Channel], look: DrawnRow, row: DrawnRow) -> str:
    """Of the row where it names its own, by the row's own mark where the channel asks for it, else of the layer."""
    channel = channels.get("color")
    if channel is None:
        return str(look["color"])
    if "field" in channel:
        return str(row[channel["field"]])
    return str(channel["condition"]["value"] if row[channel["condition"]["field"]] else channel["value"])


def _line(x: float, y: float, x2: float, y2: float, colour: str, look: DrawnRow | None = None) -> str:
    ends = f'x1="{_short(x)}" y1="{_short(y)}" x2="{_short(x2)}" y2="{_short(y2)}"'
    return f"<line {ends}{_stroke(colour, look or {})}/>"


def _stroke(colour: str, look: DrawnRow) -> str:
    dash = look.get("strokeDash", [1, 0])
    dashed = "" if dash == [1, 0] else f' stroke-dasharray="{",".join(map(str, dash))}"'
    return f' stroke="{colour}" stroke-width="{look.get("strokeWidth", 1)}"{dashed}'


def _opacity(look: DrawnRow) -> str:
    seen = look.get("opacity", FAINT)
    return "" if seen == 1 else f' opacity="{seen}"'


def _text(
    x: float, y: float, words: str, anchor: str, size: int = SMALL, colour: str = TEXT, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    look = f'text-anchor="{anchor}" font-size="{size}"{weight} fill="{colour}"'
    return f'<text x="{_short(x)}" y="{_short(y)}" {look}>{escape(words, quote=False)}</text>'


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_short(x)},{_short(y)}" for x, y in points)


def _pixel(place: float) -> float:
    """The middle of a pixel, where a hair line is sharp."""
    return math.floor(place + 0.5) + 0.5


def _short(value: float) -> str:
    """To the hundredth of a pixel, without needless noughts."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
