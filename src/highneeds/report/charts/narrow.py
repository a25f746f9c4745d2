"""Charts drawn for a telephone: as wide as its text column, names above what they name, as small SVG by plain code.

A drawing for a desk screen shrunk to a third cannot be read, and one that scrolls hides half of what it says.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from highneeds.report.charts.scale import Scale, tick_text
from highneeds.report.charts.series import runs
from highneeds.report.charts.style import CONTEXT, FONT, RULE, SECONDARY, SMALL, TEXT, text_width
from highneeds.vocabulary.unit import Unit

WIDTH = 290  # CSS pixels: a screen of 320 less its margins
PLOT = 150
LINE = 17
ROW = 16
GAP = 10
EDGE = 4
LETTERS = 41  # of one line of words across the whole width
ROLLOVER = "New school year"
AIR = 1.2  # figures set wider than the average letter


@dataclass(frozen=True)
class NarrowLine:
    """One line over the periods; values has a None where there is no figure. words: its name with its latest figure."""

    values: Sequence[float | None]
    words: str
    colour: str
    dash: Sequence[int] = (1, 0)
    bold: bool = True


@dataclass(frozen=True)
class NarrowBand:
    """An area between two edges, as long as the periods."""

    low: Sequence[float | None]
    high: Sequence[float | None]
    colour: str


@dataclass(frozen=True)
class NarrowBar:
    """A bar from `start` to `end`. An empty colour leaves it an outline: named without a figure."""

    name: str
    text: str
    start: float
    end: float
    colour: str
    bold: bool = False


def narrow_lines(
    *,
    periods: Sequence[str],
    lines: Sequence[NarrowLine],
    scale: Scale,
    unit: Unit,
    bands: Sequence[NarrowBand] = (),
    rules: Sequence[tuple[float, str]] = (),
    rollover: int | None = None,
) -> str:
    """Lines over a plot with few ticks, each named above it with a piece of its line.

    rules      level lines with their words, such as process limits
    rollover   position of the first period after the roll-over of school years
    """
    plot = _Plot(periods, scale, unit, top=sum(LINE * len(_wrapped(line.words)) for line in lines) + GAP)
    parts = [*_key(lines), *plot.grid()]
    parts += [plot.area(band) for band in bands]
    parts += [part for value, words in rules for part in plot.level(value, words)]
    parts += plot.rollover(rollover) if rollover else []
    parts += [part for line in lines for part in plot.line(line)]
    return _drawing(parts, plot.bottom + LINE + EDGE)


def narrow_bars(bars: Sequence[NarrowBar]) -> str:
    """Bars in the order given, each under its name, its figure beside it."""
    low, high = min(0.0, *(min(one.start, one.end) for one in bars)), max(0.0, *(max(b.start, b.end) for b in bars))
    room = WIDTH - 2 * EDGE - max(text_width(one.text, SMALL) for one in bars) - 8
    scale = room / ((high - low) or 1)
    parts, y = [], 0.0
    for one in bars:
        for words in _wrapped(one.name):
            y += LINE
            parts.append(_text(EDGE, y - 4, words, bold=one.bold))
        start, end = (EDGE + (value - low) * scale for value in sorted((one.start, one.end)))
        look = f'fill="{one.colour}"' if one.colour else f'fill="white" stroke="{SECONDARY}" stroke-dasharray="3 2"'
        parts.append(f'<rect x="{start:.1f}" y="{y:.1f}" width="{max(end - start, 1):.1f}" height="{ROW - 3}" {look}/>')
        parts.append(_text(max(end, EDGE - low * scale) + 6, y + ROW - 6, one.text, bold=one.bold))
        y += ROW + 3
    zero = EDGE - low * scale
    parts.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{y:.1f}" stroke="{SECONDARY}"/>')
    return _drawing(parts, y + EDGE)


class _Plot:
    """Where periods and figures stand."""

    def __init__(self, periods: Sequence[str], scale: Scale, unit: Unit, top: float) -> None:
        self.periods, self.scale, self.unit, self.top = periods, scale, unit, top
        self.ticks = scale.ticks if len(scale.ticks) <= 4 else scale.ticks[:: -(-len(scale.ticks) // 4)]
        self.left = max(text_width(tick_text(tick, unit, scale), SMALL) for tick in scale.ticks) * AIR + 8
        self.right, self.bottom = WIDTH - 8.0, top + PLOT

    def across(self, place: float) -> float:
        return self.left + (place + 0.5) * (self.right - self.left) / len(self.periods)

    def upright(self, value: float) -> float:
        return self.top + self.scale.pixels(value, PLOT)

    def grid(self) -> Iterator[str]:
        for tick in self.ticks:
            y = self.upright(tick)
            yield f'<line x1="{self.left:.1f}" x2="{self.right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{RULE}"/>'
            yield _text(self.left - 6, y + 4, tick_text(tick, self.unit, self.scale), anchor="end")
        for place in self._named_periods():
            ends = {0: "start", len(self.periods) - 1: "end"}
            anchor = ends.get(place, "middle")
            x = {"start": self.left, "end": self.right}.get(anchor, self.across(place))
            yield _text(x, self.bottom + LINE, self.periods[place], anchor=anchor)

    def _named_periods(self) -> list[int]:
        """The first and the last, and as many between as stand clear of one another."""
        last = len(self.periods) - 1
        apart = 1.6 * AIR * max(text_width(period, SMALL) for period in self.periods)  # the first begins at its place
        step = max(1, round(apart * len(self.periods) / (self.right - self.left) + 0.5))
        between = [place for place in range(step, last, step) if last - place >= step]
        return [0, *between, last] if last else [0]

    def level(self, value: float, words: str) -> Iterator[str]:
        y = self.upright(value)
        yield f'<line x1="{self.left:.1f}" x2="{self.right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{CONTEXT}"/>'
        yield _text(self.right, y - 3, words, anchor="end", colour=SECONDARY)

    def rollover(self, place: int) -> list[str]:
        x = self.across(place - 0.5)
        rule = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{self.top}" y2="{self.bottom}" stroke="{SECONDARY}"'
        fits = x + 3 + text_width(ROLLOVER, SMALL) * AIR <= WIDTH
        at, anchor = (x + 3, "start") if fits else (x - 3, "end")
        return [
            f'{rule} stroke-dasharray="2 3"/>',
            _text(at, self.top + 8, ROLLOVER, anchor=anchor, colour=SECONDARY),
        ]

    def area(self, band: NarrowBand) -> str:
        both = [low if high is not None else None for low, high in zip(band.low, band.high, strict=True)]
        shapes = []
        for run in runs(both):
            there = [(place, band.high[place]) for place in run] + [(place, band.low[place]) for place in reversed(run)]
            points = " ".join(f"{self.across(x):.1f},{self.upright(y):.1f}" for x, y in there if y is not None)
            shapes.append(f'<polygon points="{points}" fill="{band.colour}"/>')
        return "".join(shapes)

    def line(self, line: NarrowLine) -> Iterator[str]:
        dash = f' stroke-dasharray="{" ".join(map(str, line.dash))}"' if list(line.dash) != [1, 0] else ""
        for run in runs(line.values):
            at = [(self.across(place), self.upright(v)) for place in run if (v := line.values[place]) is not None]
            if len(at) > 1:
                points = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
                yield f'<polyline points="{points}" fill="none" stroke="{line.colour}" stroke-width="2"{dash}/>'
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{line.colour}"/>' for x, y in at)


def _key(lines: Sequence[NarrowLine]) -> Iterator[str]:
    """Each line's name and latest figure above the plot, with a piece of the line before it."""
    y = 0
    for line in lines:
        dash = f' stroke-dasharray="{" ".join(map(str, line.dash))}"' if list(line.dash) != [1, 0] else ""
        yield f'<line x1="{EDGE}" x2="22" y1="{y + 9}" y2="{y + 9}" stroke="{line.colour}" stroke-width="3"{dash}/>'
        for words in _wrapped(line.words):
            y += LINE
            yield _text(28, y - 4, words, bold=line.bold)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LETTERS - 3) or [""]


def _text(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, colour: str = TEXT) -> str:
    weight = ' font-weight="bold"' if bold else ""
    look = f'font-family="{FONT}" font-size="{SMALL}" fill="{colour}" text-anchor="{anchor}"{weight}'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(words, quote=False)}</text>'


def _drawing(parts: Sequence[str], height: float) -> str:
    size = f'width="{WIDTH}" height="{height:.0f}" viewBox="0 0 {WIDTH} {height:.0f}"'
    ground = f'<rect width="{WIDTH}" height="{height:.0f}" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{"".join(parts)}</svg>'
