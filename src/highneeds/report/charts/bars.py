"""Bars sorted by length, the council's own in colour and the rest in grey, each with its figure at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from highneeds.report.blocks import Align, ChartBlock, Column, DataTable, Picture, Row
from highneeds.report.cells import Cell
from highneeds.report.charts.frame import data, picture_of
from highneeds.report.charts.series import number
from highneeds.report.charts.style import COLOURS, CONTEXT, FONT, SECONDARY, SIZE, TEXT, WIDTH, text_width

ROW = 24


@dataclass(frozen=True)
class Bar:
    """own: the council's own bar. A bar without a figure is named, with the mark of its gap in place of a bar."""

    name: str
    cell: Cell
    own: bool = False


def bar_chart(
    *,
    id: str,
    title: str,
    bars: Sequence[Bar],
    name_head: str,
    value_head: str,
    source: str = "",
    alt_text: str = "",
    ordered: bool = True,
) -> ChartBlock:
    """ordered: longest first; False keeps the order given (age bands, years)."""
    rows = sorted(bars, key=lambda bar: -(number(bar.cell) or 0)) if ordered else list(bars)
    columns = (Column(name_head, width=3), Column(value_head, align=Align.RIGHT))
    table_rows = tuple(Row.of(bar.name, bar.cell) for bar in rows)
    table = DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, table_rows, source=source)
    words = alt_text or "Bar chart. " + "; ".join(f"{bar.name} {bar.cell.text or 'no figure'}" for bar in rows) + "."
    return ChartBlock(id, title, words, _picture(rows), table, source)


def _picture(bars: Sequence[Bar]) -> Picture:
    """Everything in pixels: bars from one line, names to its left, figures at the ends."""
    left = min(280, round(max(text_width(bar.name) for bar in bars)) + 12)
    right = round(max(text_width(bar.cell.text) for bar in bars)) + 16
    width, height = WIDTH - left - right, ROW * len(bars)
    most = max((abs(number(bar.cell) or 0) for bar in bars), default=0) or 1
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(bars), 0], nice=False, zero=False))
    rows = [
        {"x": abs(number(bar.cell) or 0), "y": place + 0.5, "t": bar.cell.text, "n": bar.name, "own": bar.own}
        for place, bar in enumerate(bars)
    ]
    anyone_own = any(bar.own for bar in bars)
    colour = alt.condition("datum.own", alt.value(COLOURS[0]), alt.value(CONTEXT if anyone_own else COLOURS[0]))
    layers = [
        alt.Chart(data(rows)).mark_bar(size=ROW - 7, orient="horizontal").encode(x=x, y=y, color=colour),
        alt.Chart(data([{"x": 0}])).mark_rule(color=SECONDARY).encode(x=x),
    ]
    text = {"baseline": "middle", "font": FONT, "fontSize": SIZE, "color": TEXT}
    for own, weight in ((True, "bold"), (False, "normal")):
        some = alt.Chart(data([row for row in rows if row["own"] is own]))
        figures = some.mark_text(align="left", dx=6, fontWeight=weight, **text)
        names = some.mark_text(align="right", dx=-8, fontWeight=weight, limit=left - 10, **text)
        layers.append(figures.encode(x=x, y=y, text="t:N"))
        layers.append(names.encode(x=alt.XDatum(0, axis=None), y=y, text="n:N"))
    return picture_of(layers, width=width, height=height, padding={"left": left, "right": right, "top": 4, "bottom": 4})
