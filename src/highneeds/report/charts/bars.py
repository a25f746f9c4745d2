"""Bars sorted by length, the council's own in colour and the rest in grey, each with its figure at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import Align, ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.charts.chart_words import ChartWords
from highneeds.report.charts.names import name_rows, room_for_names, row_height
from highneeds.report.charts.narrow import NarrowBar, narrow_bars
from highneeds.report.charts.series import as_number, figure_words
from highneeds.report.charts.spec import Channel, layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, CONTEXT, SECONDARY, SIZE, TEXT, WIDTH, text_width

ROW = 24


@dataclass(frozen=True)
class Bar:
    """own: the council's own bar. A bar without a figure is named, with the mark of its gap in place of a bar."""

    name: str
    cell: Cell
    own: bool = False


def bar_chart(
    about: ChartWords,
    *,
    bars: Sequence[Bar],
    name_head: str,
    value_head: str,
    ordered: bool = True,
    height: int = ROW,
) -> ChartBlock:
    """ordered: longest first; False keeps the order given (age bands, years). height: pixels of a row."""
    rows = sorted(bars, key=_length, reverse=True) if ordered else list(bars)
    columns = (TableColumn(name_head, width=3), TableColumn(value_head, align=Align.RIGHT))
    table_rows = tuple(Row.of(bar.name, bar.cell) for bar in rows)
    heading = f"Figures of the chart: {about.title}"
    table = DataTable(f"{about.id}-data", heading, columns, table_rows, source=about.source)
    words = about.alt_text or "Bar chart. " + "; ".join(f"{bar.name} {figure_words(bar.cell)}" for bar in rows) + "."
    return ChartBlock(
        about.id, about.title, words, _picture(rows, height), table, about.source, narrow_bars(_narrow(rows))
    )


def _narrow(bars: Sequence[Bar]) -> list[NarrowBar]:
    marked = any(bar.own for bar in bars)
    colours = [COLOURS[0] if bar.own or not marked else CONTEXT for bar in bars]
    return [
        NarrowBar(bar.name, figure_words(bar.cell), 0.0, as_number(bar.cell) or 0.0, colour, bar.own)
        for bar, colour in zip(bars, colours, strict=True)
    ]


def _length(bar: Bar) -> float:
    """A bar without a figure goes last."""
    value = as_number(bar.cell)
    return float("-inf") if value is None else value


def _picture(bars: Sequence[Bar], single: int) -> Picture:
    """Bars from the line of nought, names to the left of them all, figures at their ends."""
    names = [bar.name for bar in bars]
    left, high = room_for_names(names), row_height(names, single)
    right = round(max(text_width(bar.cell.text) for bar in bars)) + 16
    values = [as_number(bar.cell) or 0.0 for bar in bars]
    low, most = min(0.0, *values), max(0.0, *values)
    x, y = pixels("x", low, most if most > low else 1.0), pixels("y", len(bars), 0)
    rows = [
        {"x": value, "e": max(value, 0.0), "z": 0, "y": place + 0.5, "t": bar.cell.text, "own": bar.own}
        for place, (bar, value) in enumerate(zip(bars, values, strict=True))
    ]
    layers = [
        layer("bar", rows, {"x": x, "x2": {"field": "z"}, "y": y, "color": _colour(bars)}, size=single - 7),
        layer("rule", [{"x": 0}], {"x": x}, color=SECONDARY),
    ]
    for own, weight in ((True, "bold"), (False, "normal")):
        text = {"baseline": "middle", "fontSize": SIZE, "color": TEXT, "fontWeight": weight}
        ends = x | {"field": "e"}
        foot = {"x": {"datum": low}, "y": y, "text": name("n")}
        figures = [row for row in rows if row["own"] is own]
        words = [row for at, bar in enumerate(bars) if bar.own is own for row in name_rows(bar.name, at + 0.5, high)]
        layers.append(layer("text", figures, {"x": ends, "y": y, "text": name("t")}, align="left", dx=6, **text))
        layers.append(layer("text", words, foot, align="right", dx=-8, **text))
    padding = {"left": left, "right": right, "top": 4, "bottom": 4}
    return picture_of(layers, width=WIDTH - left - right, height=high * len(bars), padding=padding)


def _colour(bars: Sequence[Bar]) -> Channel:
    """The council's own in colour and the others in grey; all in colour where none is marked as its own."""
    rest = CONTEXT if any(bar.own for bar in bars) else COLOURS[0]
    return {"condition": {"field": "own", "value": COLOURS[0]}, "value": rest}
