"""From one total to another, step by step, read from top to bottom as a sum; every bar says its pounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from highneeds.report.blocks import Align, ChartBlock, Column, DataTable, Picture, Row
from highneeds.report.cells import Cell
from highneeds.report.charts.names import name_rows, room_for_names, row_height
from highneeds.report.charts.series import as_number
from highneeds.report.charts.spec import Channel, Layer, as_given, layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, DARK, FONT, SECONDARY, SIZE, TEXT, WIDTH, text_width

ROW = 30


@dataclass(frozen=True)
class Step:
    """One change on the way: its name and its amount, with sign."""

    name: str
    cell: Cell


def waterfall_chart(
    *,
    id: str,
    title: str,
    start: Step,
    steps: Sequence[Step],
    end: Step,
    remainder: Step | None = None,
    worse_when_up: bool = True,
    source: str = "",
    alt_text: str = "",
) -> ChartBlock:
    """start and end are totals; the steps and the named remainder, which comes last, add up to their difference.

    Raises ValueError where they do not add up: a waterfall that misses its end is a wrong sum.
    """
    every = [*steps, *([remainder] if remainder else [])]
    _must_add_up(id, start, every, end)
    columns = (Column("Step", width=4), Column("Amount", align=Align.RIGHT))
    rows = (Row.of(start.name, start.cell), *(Row.of(step.name, step.cell) for step in every))
    total = Row.total(end.name, end.cell)
    table = DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, (*rows, total), source=source)
    words = alt_text or _words(start, every, end)
    return ChartBlock(id, title, words, _picture(start, every, end, worse_when_up), table, source)


def _must_add_up(id: str, start: Step, steps: Sequence[Step], end: Step) -> None:
    total = _exact(start) + sum((_exact(step) for step in steps), Decimal(0))
    if total != _exact(end):
        raise ValueError(f"Waterfall {id}: the steps lead to {total}, not to {_exact(end)}")


def _exact(step: Step) -> Decimal:
    if not step.cell.is_number or step.cell.value is None:
        raise ValueError(f"Waterfall step '{step.name}' has no amount")
    return Decimal(step.cell.value)


def _words(start: Step, steps: Sequence[Step], end: Step) -> str:
    parts = "; ".join(f"{step.name} {step.cell.text}" for step in steps)
    return f"Waterfall from {start.name} {start.cell.text} to {end.name} {end.cell.text}: {parts}."


def _picture(start: Step, steps: Sequence[Step], end: Step, worse_when_up: bool) -> Picture:
    rows = _bars(start, steps, end, worse_when_up)
    names = [str(row["n"]) for row in rows]
    left, high_row = room_for_names(names), row_height(names, ROW)
    right = round(max(text_width(str(row["t"])) for row in rows)) + 16
    low = min(0.0, *(min(float(row["x"]), float(row["x2"])) for row in rows))
    high = max(0.0, *(max(float(row["x"]), float(row["x2"])) for row in rows))
    x, y = pixels("x", low, high), pixels("y", len(rows), 0)
    layers = [
        layer("bar", rows, {"x": x, "x2": {"field": "x2"}, "y": y, "color": as_given("c")}, size=ROW - 10),
        _joins(rows, x, y, high_row),
        layer("rule", [{"x": 0}], {"x": x}, color=SECONDARY),
    ]
    for total, weight in ((True, "bold"), (False, "normal")):
        some = [row for row in rows if row["total"] is total]
        text = {"baseline": "middle", "font": FONT, "fontSize": SIZE, "color": TEXT, "fontWeight": weight}
        foot = {"x": {"datum": low, "type": "quantitative", "axis": None}, "y": y, "text": name("n")}
        words = [part for row in some for part in name_rows(str(row["n"]), float(row["y"]), high_row)]
        ends = {"x": pixels("e", low, high), "y": y, "text": name("t")}
        layers.append(layer("text", some, ends, align="left", dx=6, **text))
        layers.append(layer("text", words, foot, align="right", dx=-8, **text))
    size = {"left": left, "right": right, "top": 4, "bottom": 4}
    return picture_of(layers, width=WIDTH - left - right, height=high_row * len(rows), padding=size)


def _bars(start: Step, steps: Sequence[Step], end: Step, worse_when_up: bool) -> list[dict[str, float | str | bool]]:
    """Each bar from where the sum stood to where it stands; its colour repeats its sign."""
    bars = [_bar(0, start, 0.0, float(_exact(start)), DARK, True)]
    at = float(_exact(start))
    for place, step in enumerate(steps, start=1):
        amount = as_number(step.cell) or 0.0
        worse = (amount > 0) == worse_when_up
        bars.append(_bar(place, step, at, at + amount, COLOURS[2] if worse else COLOURS[1], False))
        at += amount
    bars.append(_bar(len(bars), end, 0.0, float(_exact(end)), DARK, True))
    return bars


def _bar(place: int, step: Step, x: float, x2: float, colour: str, total: bool) -> dict[str, float | str | bool]:
    row: dict[str, float | str | bool] = {"y": place + 0.5, "x": x, "x2": x2, "e": max(x, x2)}
    return row | {"n": step.name, "t": step.cell.text, "c": colour, "total": total}


def _joins(rows: Sequence[dict[str, float | str | bool]], x: Channel, y: Channel, high_row: int) -> Layer:
    """Hair lines from the end of one bar to the start of the next."""
    half = (ROW - 10) / high_row / 2
    lines = [{"x": row["x2"], "y": float(row["y"]) + half, "y2": float(row["y"]) + 1 - half} for row in rows[:-1]]
    return layer("rule", lines, {"x": x, "y": y, "y2": {"field": "y2"}}, color=SECONDARY, strokeWidth=1)
