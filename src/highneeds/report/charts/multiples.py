"""Small multiples: one little chart for each indicator, side by side, each on its own scale and named at its top."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from highneeds.report.blocks import Align, ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.charts.chart_words import ChartWords
from highneeds.report.charts.scale import Scale, labels_of, scale_for, tick_text
from highneeds.report.charts.series import Series, in_words, runs, series_table
from highneeds.report.charts.spec import as_given, layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, CONTEXT, RULE, SECONDARY, SMALL, TEXT, WIDTH
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit

GUTTER = 28
AXIS = 44  # pixels to the left of a little chart, for the ends of its scale
TITLE_ROOM, PLOT, FOOT = 66, 64, 34
TITLE_LINES = 3


@dataclass(frozen=True)
class Panel:
    """One indicator: its line, and a line of words under its title ('37.4%, −1.4 points on Jan 2024')."""

    series: Series
    words: str = ""


def small_multiples(
    about: ChartWords,
    *,
    periods: Sequence[Month | str],
    panels: Sequence[Panel],
    across: int = 3,
    rollover: int | None = None,
) -> ChartBlock:
    """Panels in the order given; `rollover` marks the roll-over of school years in each."""
    spots = [_Spot(place % across, place // across, across) for place in range(len(panels))]
    down = (len(panels) + across - 1) // across
    names = labels_of(periods)
    parts = [_panel(panel, spot, names, rollover) for panel, spot in zip(panels, spots, strict=True)]
    picture = _picture(parts, down * (TITLE_ROOM + PLOT + FOOT))
    lines = [panel.series for panel in panels]
    table = _table(about, names, lines)
    words = about.alt_text or " ".join(
        [f"{len(panels)} small line charts.", *(in_words(line, names) for line in lines)]
    )
    return ChartBlock(about.id, about.title, words, picture, table, about.source)


def _table(about: ChartWords, periods: Sequence[str], lines: Sequence[Series]) -> DataTable:
    """A row per panel, the periods across: many lines have long names, and periods short ones."""
    period_name = about.period_name or "Month"
    upright = series_table(about.id, about.title, period_name, periods, lines, about.source)
    across = tuple(TableColumn(period, align=Align.RIGHT, of=period_name.lower(), key=period) for period in periods)
    rows = tuple(Row.of(Cell.words(line.name), *line.cells) for line in lines)
    return replace(upright, columns=(TableColumn("Indicator", width=4), *across), rows=rows)


@dataclass(frozen=True)
class _Spot:
    """Where a panel stands: its column and row, in pixels of the whole picture."""

    column: int
    row: int
    across: int

    @property
    def width(self) -> float:
        return (WIDTH - GUTTER * (self.across - 1)) / self.across

    @property
    def left(self) -> float:
        return self.column * (self.width + GUTTER)

    @property
    def top(self) -> float:
        return self.row * (TITLE_ROOM + PLOT + FOOT)


@dataclass(frozen=True)
class _Parts:
    """What one panel adds to the drawing: strokes, dots and words, all in pixels."""

    strokes: list[dict[str, Any]]
    dots: list[dict[str, Any]]
    words: list[dict[str, Any]]
    rules: list[dict[str, Any]]


def _panel(panel: Panel, spot: _Spot, periods: Sequence[str], rollover: int | None) -> _Parts:
    values = panel.series.values
    known = [value for value in values if value is not None]
    base = spot.top + TITLE_ROOM + PLOT
    rules = [{"x": spot.left + AXIS, "x2": spot.left + spot.width, "y": base, "y2": base, "c": RULE}]
    if not known:
        return _Parts([], [], [*_titles(panel, spot), *_ends(spot, periods)], rules)
    scale = scale_for(known, steps=2)

    def at(place: int) -> tuple[float, float]:
        return _across(spot, place, periods), spot.top + TITLE_ROOM + scale.pixels(values[place] or 0.0, PLOT)

    strokes, dots = [], []
    for order, run in enumerate(runs(values)):
        strokes += [{"x": at(place)[0], "y": at(place)[1], "run": f"{spot.row}-{spot.column}-{order}"} for place in run]
        dots += [{"x": at(run[0])[0], "y": at(run[0])[1], "c": COLOURS[0]}] if len(run) == 1 else []
    last = panel.series.last or 0
    dots.append({"x": at(last)[0], "y": at(last)[1], "c": COLOURS[0]})
    if rollover:
        x = _across(spot, rollover - 0.5, periods)
        rules.append({"x": x, "x2": x, "y": spot.top + TITLE_ROOM, "y2": base, "c": CONTEXT})
    words = [*_titles(panel, spot), *_ends(spot, periods), *_scale_words(panel.series, scale, spot)]
    return _Parts(strokes, dots, words, rules)


def _scale_words(line: Series, scale: Scale, spot: _Spot) -> list[dict[str, Any]]:
    """The ends of the scale to the left of the line: every little chart has its own."""
    unit = next((Unit(cell.unit) for cell in line.cells if cell.unit in set(Unit)), Unit.COUNT)
    return [
        {
            "x": spot.left + AXIS - 4,
            "y": spot.top + TITLE_ROOM + scale.pixels(value, PLOT) + 4,
            "t": tick_text(value, unit, scale),
            "kind": "scale",
        }
        for value in (scale.low, scale.high)
    ]


def _across(spot: _Spot, place: float, periods: Sequence[str]) -> float:
    return spot.left + AXIS + 4 + place * (spot.width - AXIS - 8) / max(1, len(periods) - 1)


def _titles(panel: Panel, spot: _Spot) -> list[dict[str, Any]]:
    """The name in bold on up to three lines, and the words under it, close above the line."""
    wide = int(spot.width / (SMALL * 0.53))
    lines = textwrap.wrap(panel.series.name, wide)
    lines = lines if len(lines) <= TITLE_LINES else [*lines[: TITLE_LINES - 1], _cut(lines[TITLE_LINES - 1 :], wide)]
    words = [
        {"x": spot.left, "y": spot.top + 12 + 14 * row, "t": line, "kind": "title"} for row, line in enumerate(lines)
    ]
    under = panel.words or _latest(panel.series)
    return [*words, {"x": spot.left, "y": spot.top + 13 + 14 * len(lines), "t": under, "kind": "words"}]


def _latest(line: Series) -> str:
    """'37.4%, between 34.6% and 38.8%': what the scale beside the line shows, in words."""
    known = sorted((value, cell.text) for value, cell in zip(line.values, line.cells, strict=True) if value is not None)
    if line.last is None:
        return "No figures"
    return f"{line.cells[line.last].text}, between {known[0][1]} and {known[-1][1]}"


def _cut(lines: Sequence[str], wide: int) -> str:
    return textwrap.shorten(" ".join(lines), wide, placeholder=" …")


def _ends(spot: _Spot, periods: Sequence[str]) -> list[dict[str, Any]]:
    """The first and last period under the line."""
    y = spot.top + TITLE_ROOM + PLOT + 15
    return [
        {"x": spot.left + AXIS, "y": y, "t": periods[0], "kind": "first"},
        {"x": spot.left + spot.width, "y": y, "t": periods[-1], "kind": "last"},
    ]


def _picture(parts: Sequence[_Parts], height: int) -> Picture:
    at = {"x": pixels("x", 0, WIDTH), "y": pixels("y", height, 0)}
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "color": as_given("c")}
    layers = [
        layer("rule", [row for part in parts for row in part.rules], at | ends, strokeWidth=1),
        layer(
            "line",
            [row for part in parts for row in part.strokes],
            at | {"detail": name("run")},
            color=COLOURS[0],
            strokeWidth=2,
        ),
        layer(
            "circle", [row for part in parts for row in part.dots], at | {"color": as_given("c")}, size=36, opacity=1
        ),
    ]
    words = [row for part in parts for row in part.words]
    for kind, look in _LOOKS.items():
        some = [row for row in words if row["kind"] == kind]
        layers.append(layer("text", some, at | {"text": name("t")}, fontSize=SMALL, **look))
    padding = {"left": 4, "right": 4, "top": 2, "bottom": 2}
    return picture_of(layers, width=WIDTH, height=height, padding=padding)


_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"align": "left", "fontWeight": "bold", "color": TEXT},
    "words": {"align": "left", "color": TEXT},
    "first": {"align": "left", "color": SECONDARY},
    "last": {"align": "right", "color": SECONDARY},
    "scale": {"align": "right", "color": SECONDARY},
}
