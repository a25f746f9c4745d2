"""A funnel: from the first step to the last, how many come through, each bar with its number and its share."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import Align, ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.charts.names import name_rows, room_for_names, row_height
from highneeds.report.charts.narrow import NarrowBar, narrow_bars
from highneeds.report.charts.series import as_number
from highneeds.report.charts.spec import layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, SIZE, TEXT, WIDTH, text_width

ROW = 30


@dataclass(frozen=True)
class Stage:
    """One step of the way: its name, how many reached it, and that in words of the step before ('67% of requests')."""

    name: str
    cell: Cell
    words: str = ""


def funnel_chart(*, id: str, title: str, stages: Sequence[Stage], count_head: str, source: str = "") -> ChartBlock:
    """Bars around one middle, in the order given. A stage without a figure is no stage: it must have one."""
    if any(as_number(stage.cell) is None for stage in stages):
        raise ValueError(f"Funnel {id}: every stage needs a figure")
    columns = (TableColumn("Step", width=3), TableColumn(count_head, align=Align.RIGHT), TableColumn("Share", width=2))
    rows = tuple(Row.of(stage.name, stage.cell, stage.words) for stage in stages)
    table = DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, rows, source=source)
    alt = "Funnel. " + "; ".join(f"{stage.name} {_end(stage)}" for stage in stages) + "."
    narrow = [NarrowBar(_named(one), one.cell.text, 0.0, as_number(one.cell) or 0.0, COLOURS[0]) for one in stages]
    return ChartBlock(id, title, alt, _picture(stages), table, source, narrow_bars(narrow))


def _named(stage: Stage) -> str:
    """'Agreed to assess, 67% of requests'."""
    return f"{stage.name}, {stage.words}" if stage.words else stage.name


def _end(stage: Stage) -> str:
    """'6,412', '4,300, 67% of requests'."""
    return f"{stage.cell.text}, {stage.words}" if stage.words else stage.cell.text


def _picture(stages: Sequence[Stage]) -> Picture:
    names = [stage.name for stage in stages]
    left, high = room_for_names(names), row_height(names, ROW)
    right = round(max(text_width(_end(stage)) for stage in stages)) + 16
    values = [as_number(stage.cell) or 0.0 for stage in stages]
    most = max([*values, 1.0])
    x, y = pixels("x", 0, most), pixels("y", len(stages), 0)
    bars = [{"x": (most - value) / 2, "x2": (most + value) / 2, "y": place + 0.5} for place, value in enumerate(values)]
    ends = [{"x": most, "y": place + 0.5, "t": _end(stage)} for place, stage in enumerate(stages)]
    words = [row | {"x": 0} for place, stage in enumerate(stages) for row in name_rows(stage.name, place + 0.5, high)]
    text = {"baseline": "middle", "fontSize": SIZE, "color": TEXT}
    layers = [
        layer("bar", bars, {"x": x, "x2": {"field": "x2"}, "y": y}, color=COLOURS[0], size=ROW - 8),
        layer("text", ends, {"x": x, "y": y, "text": name("t")}, align="left", dx=8, **text),
        layer("text", words, {"x": x, "y": y, "text": name("n")}, align="right", dx=-8, **text),
    ]
    padding = {"left": left, "right": right, "top": 4, "bottom": 4}
    return picture_of(layers, width=WIDTH - left - right, height=high * len(stages), padding=padding)
