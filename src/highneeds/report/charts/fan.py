"""A forecast as a fan: three tints of one colour, what was promised as a dark dashed line, what happened as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from highneeds.report.blocks import ChartBlock
from highneeds.report.cells import Cell
from highneeds.report.charts.chart_words import ChartWords
from highneeds.report.charts.frame import ChartFrame, EndLabel, room_for
from highneeds.report.charts.line import Look, line_layers, looks_of, narrow_of
from highneeds.report.charts.narrow import NarrowBand, narrow_lines
from highneeds.report.charts.scale import labels_of, scale_for, with_break
from highneeds.report.charts.series import Series, as_number, in_words, runs, series_table
from highneeds.report.charts.spec import ChartLayer, layer, name
from highneeds.report.charts.style import SECONDARY, SMALL, TINTS
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@dataclass(frozen=True)
class Band:
    """Where that share of the forecast's outcomes lies. percent: 50, 80 or 95; gaps before the forecast begins."""

    percent: int
    low: tuple[Cell, ...]
    high: tuple[Cell, ...]


def fan_chart(
    about: ChartWords,
    *,
    periods: Sequence[Month | str],
    lines: Sequence[Series],
    bands: Sequence[Band] = (),
    unit: Unit,
    chance: str = "",
    zero: bool = True,
    height: int = 230,
) -> ChartBlock:
    """Lines (promised dashed, achieved, forecast) over the fan of the forecast.

    bands    widest first or last, as given; drawn widest first
    chance   the chance of meeting the target, in words: 'about 1 in 8 (12%)'; said in the alternative text
    """
    wide_first = sorted(bands, key=lambda band: -band.percent)
    frame, names = _frame(periods, lines, wide_first, unit, zero, height), labels_of(periods)
    looks = looks_of(lines)
    layers = [_band_layer(frame, band) for band in wide_first]
    layers += _zero_line(frame)
    for line, look in zip(lines, looks, strict=True):
        layers += line_layers(frame, line, look)
        layers += point_labels(frame, line, look) if line.labelled else []
    layers += frame.end_labels([*_line_labels(lines, looks, names, bool(bands)), *_band_labels(wide_first)])
    words = about.alt_text or " ".join([*_words(lines, wide_first, names), *([f"Chance: {chance}."] if chance else [])])
    period_name = about.period_name or "Financial year"
    table = series_table(about.id, about.title, period_name, names, [*lines, *_band_series(wide_first)], about.source)
    narrow = narrow_lines(
        periods=names,
        lines=narrow_of(lines, looks, names),
        scale=frame.scale,
        unit=unit,
        bands=[
            NarrowBand(Series("", band.low).values, Series("", band.high).values, TINTS[band.percent])
            for band in wide_first
        ],
    )
    under = with_break(about.source, frame.scale, unit)
    return ChartBlock(about.id, about.title, words, frame.picture(layers), table, under, narrow)


def point_labels(frame: ChartFrame, line: Series, look: Look) -> list[ChartLayer]:
    """The figure above every point but the last, which the name at the end of the line already says."""
    words = {"fontSize": SMALL}
    return [
        layer("text", rows, frame.both | {"text": name("t")}, color=look.label, align=align, **where, **words)
        for align, where in SIDES.items()
        if (rows := [row for row in _point_words(line) if row["align"] == align])
    ]


ABOVE = {"baseline": "bottom", "dy": -6}
SIDES: dict[str, dict[str, Any]] = {
    "center": ABOVE,
    "right": ABOVE,
    "left": {"baseline": "middle", "dx": 14, "dy": 2},
}
"""Where the words of a point stand, by how they are aligned to it."""


def _point_words(line: Series) -> list[dict[str, Any]]:
    """What stands above each point but the last, on the side that the line leaves free."""
    return [
        {"x": place, "y": value, "t": line.cells[place].text, "align": _free_side(line.values, place)}
        for place, value in enumerate(line.values)
        if value is not None and place != line.last
    ]


def _free_side(values: Sequence[float | None], place: int) -> str:
    """Words end above a point if the line rises from it, and stand below it at the axis; else they are centred."""
    here, following = values[place], values[place + 1]
    rises = here is not None and following is not None and following > here
    return ("right" if place else "left") if rises else "center"


def _frame(
    periods: Sequence[Month | str],
    lines: Sequence[Series],
    bands: Sequence[Band],
    unit: Unit,
    zero: bool,
    height: int,
) -> ChartFrame:
    every = [*lines, *_band_series(bands)]
    values = [value for line in every for value in line.values if value is not None]
    labels = [*_line_labels(lines, looks_of(lines), labels_of(periods), bool(bands)), *_band_labels(bands)]
    room = room_for([label.words for label in labels if not label.before])
    return ChartFrame(tuple(periods), scale_for(values, zero=zero), unit, height, room)


def _band_layer(frame: ChartFrame, band: Band) -> ChartLayer:
    lows, highs = Series("", band.low).values, Series("", band.high).values
    both = [low if high is not None else None for low, high in zip(lows, highs, strict=True)]
    rows = [
        {"x": place, "y": lows[place], "y2": highs[place], "run": order}
        for order, run in enumerate(runs(both))
        for place in run
    ]
    channels = frame.both | {"y2": {"field": "y2"}, "detail": name("run")}
    return layer("area", rows, channels, color=TINTS[band.percent], opacity=1)


def _zero_line(frame: ChartFrame) -> list[ChartLayer]:
    if not frame.scale.low < 0 < frame.scale.high:
        return []
    return [layer("rule", [{"y": 0}], {"y": frame.upright()}, color=SECONDARY)]


def _line_labels(
    lines: Sequence[Series], looks: Sequence[Look], periods: Sequence[str], over_fan: bool
) -> list[EndLabel]:
    """The name of each line at its end. Where a fan lies behind, a line that stops early is named beside the plot."""
    labels = []
    for line, look in zip(lines, looks, strict=True):
        if line.last is None or (value := line.values[line.last]) is None:
            continue
        label, early = f"{line.name} {line.cells[line.last].text}", line.last < len(periods) - 1
        if over_fan and early and not _ends_early(line):
            labels.append(EndLabel(len(periods) - 1, value, f"{label}, {periods[line.last]}", look.label))
        else:
            labels.append(EndLabel(line.last, value, label, look.label, before=_ends_early(line)))
    return labels


def _ends_early(line: Series) -> bool:
    """The name stands before the end of a line that stops early, unless there is no room to its left."""
    return line.last is not None and 2 <= line.last < len(line.cells) - 1


def _band_labels(bands: Sequence[Band]) -> list[EndLabel]:
    """The upper edge of each band says how many outcomes in a hundred lie inside it."""
    labels = []
    for band in bands:
        last = Series("", band.high).last
        value = as_number(band.high[last]) if last is not None else None
        if last is not None and value is not None:
            labels.append(EndLabel(last, value, f"{band.percent}% of outcomes", SECONDARY, False))
    return labels


def _band_series(bands: Sequence[Band]) -> list[Series]:
    series = []
    for band in bands:
        series.append(Series(f"{band.percent}% of outcomes, from", band.low))
        series.append(Series(f"{band.percent}% of outcomes, to", band.high))
    return series


def _words(lines: Sequence[Series], bands: Sequence[Band], periods: Sequence[str]) -> list[str]:
    words = ["Fan chart." if bands else "Line chart.", *(in_words(line, periods) for line in lines)]
    for band in bands:
        last = Series("", band.high).last
        if last is not None:
            low, high = band.low[last].text, band.high[last].text
            words.append(f"By {periods[last]}, {band.percent}% of outcomes lie between {low} and {high}.")
    return words
