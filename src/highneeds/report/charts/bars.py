"""Bars sorted by length, the council's own in colour and the rest in grey, each with its figure at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import Align, ChartBlock, Column, DataTable, Picture, Row
from highneeds.report.cells import Cell
from highneeds.report.charts.series import as_number
from highneeds.report.charts.spec import layer, name, picture_of, pixels
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
    rows = sorted(bars, key=lambda bar: -(as_number(bar.cell) or 0)) if ordered else list(bars)
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
    most = max((abs(as_number(bar.cell) or 0) for bar in bars), default=0) or 1
    x, y = pixels("x", 0, most), pixels("y", len(bars), 0)
    rows = [
        {"x": abs(as_number(bar.cell) or 0), "y": place + 0.5, "t": bar.cell.text, "n": bar.name, "own": bar.own}
        for place, bar in enumerate(bars)
    ]
    anyone_own = any(bar.own for bar in bars)
    colour = {
        "condition": {"test": "datum.own", "value": COLOURS[0]},
        "value": CONTEXT if anyone_own else COLOURS[0],
    }
    layers = [
        layer("bar", rows, {"x": x, "y": y, "color": colour}, size=ROW - 7, orient="horizontal"),
        layer("rule", [{"x": 0}], {"x": x}, color=SECONDARY),
    ]
    for own, weight in ((True, "bold"), (False, "normal")):
        some = [row for row in rows if row["own"] is own]
        text = {"baseline": "middle", "font": FONT, "fontSize": SIZE, "color": TEXT, "fontWeight": weight}
        foot = {"x": {"datum": 0, "type": "quantitative", "axis": None}, "y": y}
        layers.append(layer("text", some, {"x": x, "y": y, "text": name("t")}, align="left", dx=6, **text))
        layers.append(layer("text", some, foot | {"text": name("n")}, align="right", dx=-8, limit=left - 10, **text))
    return picture_of(layers, width=width, height=height, padding={"left": left, "right": right, "top": 4, "bottom": 4})
