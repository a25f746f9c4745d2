"""Flows: from where to where, each a band as thick as its number, between names on the left and on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from highneeds.report.blocks import Align, ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.charts.narrow import NarrowBar, narrow_bars
from highneeds.report.charts.series import as_number
from highneeds.report.charts.spec import layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, SIZE, TEXT, WIDTH, text_width

BAND = 96  # pixels that all flows together are thick
LEAST = 3  # pixels: a flow of a few children is still to be seen
GAP = 34  # pixels between two places of one side, room for the words of a thin one
STEPS = 24  # points on a curve
MOST = 4  # colours


@dataclass(frozen=True)
class Flow:
    """How many went from one place to another."""

    start: str
    end: str
    cell: Cell


def flow_chart(*, id: str, title: str, flows: Sequence[Flow], count_head: str, source: str = "") -> ChartBlock:
    """Up to four flows, the first at the top. A flow without a figure stands in the table only."""
    if len(flows) > MOST:
        raise ValueError(f"Flows {id}: {len(flows)} are too many for one chart")
    columns = (TableColumn("From", width=3), TableColumn("To", width=3), TableColumn(count_head, align=Align.RIGHT))
    rows = tuple(Row.of(flow.start, flow.end, flow.cell) for flow in flows)
    table = DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, rows, source=source)
    alt = "Flows. " + "; ".join(f"from {one.start} to {one.end}: {one.cell.text}" for one in flows) + "."
    return ChartBlock(id, title, alt, _picture(flows), table, source, _narrow(flows))


def _narrow(flows: Sequence[Flow]) -> str:
    """On a telephone each flow is a bar under its two places."""
    return narrow_bars(
        [
            NarrowBar(f"From {one.start.lower()} to {one.end.lower()}", one.cell.text, 0.0, number, colour)
            for one, colour in zip(flows, COLOURS, strict=False)
            if (number := as_number(one.cell)) is not None
        ]
    )


def _picture(flows: Sequence[Flow]) -> Picture:
    drawn = [flow for flow in flows if as_number(flow.cell)]
    whole = sum(as_number(flow.cell) or 0.0 for flow in drawn) or 1.0
    thick = [max(LEAST, BAND * (as_number(flow.cell) or 0.0) / whole) for flow in drawn]
    places = list(dict.fromkeys([flow.start for flow in drawn] + [flow.end for flow in drawn]))
    left_at, left_words = _side([flow.start for flow in drawn], thick, places)
    right_at, right_words = _side([flow.end for flow in drawn], thick, places)
    height = round(max(end for _, end in [*left_words.values(), *right_words.values(), ("", 1.0)])) + 8
    left, right = _room(left_words), _room(right_words) + 40
    x, y = pixels("x", 0, 1), pixels("y", height, 0)
    layers = [
        layer(
            "area",
            _band(left_at[place], right_at[place], thick[place]),
            {"x": x, "y": y, "y2": {"field": "y2"}},
            color=COLOURS[place],
            opacity=0.75,
        )
        for place in range(len(drawn))
    ]
    text = {"baseline": "middle", "fontSize": SIZE, "color": TEXT}
    ends = [
        {"x": 1, "y": right_at[place] + thick[place] / 2, "t": f"{flow.cell.text} to {_small(flow.end)}"}
        for place, flow in enumerate(drawn)
    ]
    starts = [
        {"x": 0, "y": left_at[place] + thick[place] / 2, "t": f"From {_small(flow.start)}"}
        for place, flow in enumerate(drawn)
    ]
    layers.append(layer("text", ends, {"x": x, "y": y, "text": name("t")}, align="left", dx=8, **text))
    layers.append(layer("text", starts, {"x": x, "y": y, "text": name("t")}, align="right", dx=-8, **text))
    padding = {"left": left, "right": right, "top": 4, "bottom": 4}
    return picture_of(layers, width=WIDTH - left - right, height=height, padding=padding)


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _side(
    names: Sequence[str], thick: Sequence[float], places: Sequence[str]
) -> tuple[list[float], dict[str, tuple[str, float]]]:
    """Where each flow begins on one side, places from the top in the same order on both; and where each ends."""
    at, tops = 4.0, [0.0] * len(names)
    ends: dict[str, tuple[str, float]] = {}
    for place in (one for one in places if one in names):
        for order, one in enumerate(names):
            if one == place:
                tops[order] = at
                at += thick[order]
        ends[place] = (place, at)
        at += GAP
    return tops, ends


def _room(words: dict[str, tuple[str, float]]) -> int:
    return round(max((text_width(f"From {name}") for name in words), default=0)) + 16


def _band(start: float, end: float, thick: float) -> list[dict[str, Any]]:
    """An S-shaped band: level where it leaves and where it arrives."""
    rows = []
    for step in range(STEPS + 1):
        part = step / STEPS
        top = start + (end - start) * (3 * part**2 - 2 * part**3)
        rows.append({"x": part, "y": top, "y2": top + thick})
    return rows
