"""From one total to another, step by step, read from top to bottom as a sum; every bar says its pounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from highneeds.report.blocks import Align, ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.charts.chart_words import ChartWords
from highneeds.report.charts.names import name_rows, room_for_names, row_height
from highneeds.report.charts.narrow import NarrowBar, narrow_bars
from highneeds.report.charts.series import as_number
from highneeds.report.charts.spec import Channel, ChartLayer, as_given, layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, DARK, SECONDARY, SIZE, TEXT, WIDTH, text_width

ROW = 30


@dataclass(frozen=True)
class Step:
    """One change on the way: its name and its amount, with sign."""

    name: str
    cell: Cell


def waterfall_chart(
    about: ChartWords,
    *,
    start: Step,
    steps: Sequence[Step],
    end: Step,
    remainder: Step | None = None,
    unknown: Sequence[str] = (),
    unknown_text: str = "no figure",
    worse_when_up: bool = True,
) -> ChartBlock:
    """start and end are totals; the steps and the named remainder, which comes last, add up to their difference.

    unknown   causes that are named and have no figure: hatched over the remainder, of which each is some part

    Raises ValueError where they do not add up: a waterfall that misses its end is a wrong sum.
    """
    every = [*steps, *([remainder] if remainder else [])]
    _must_add_up(about.id, start, every, end)
    columns = (TableColumn("Step", width=4), TableColumn("Amount", align=Align.RIGHT))
    without = [Row.of(name, unknown_text) for name in unknown]
    known = [Row.of(step.name, step.cell) for step in steps]
    left = [Row.of(remainder.name, remainder.cell)] if remainder else []
    rows = (Row.of(start.name, start.cell), *known, *without, *left)
    total = Row.total(end.name, end.cell)
    table = DataTable(
        f"{about.id}-data", f"Figures of the chart: {about.title}", columns, (*rows, total), source=about.source
    )
    words = about.alt_text or _words(start, every, end, unknown)
    hatched = [(name, unknown_text) for name in unknown] if remainder else []
    picture = _picture(start, every, end, worse_when_up, hatched)
    bars = [
        NarrowBar(str(row["n"]), str(row["t"]), float(row["x"]), float(row["x2"]), str(row["c"]), bool(row["total"]))
        for row in _with_hatched(_bars(start, every, end, worse_when_up), hatched)
    ]
    return ChartBlock(about.id, about.title, words, picture, table, about.source, narrow_bars(bars))


def _must_add_up(id: str, start: Step, steps: Sequence[Step], end: Step) -> None:
    total = _exact(start) + sum((_exact(step) for step in steps), Decimal(0))
    if total != _exact(end):
        raise ValueError(f"Waterfall {id}: the steps lead to {total}, not to {_exact(end)}")


def _exact(step: Step) -> Decimal:
    if not step.cell.is_number or step.cell.value is None:
        raise ValueError(f"Waterfall step '{step.name}' has no amount")
    return Decimal(step.cell.value)


def _words(start: Step, steps: Sequence[Step], end: Step, unknown: Sequence[str]) -> str:
    parts = "; ".join(f"{step.name} {step.cell.text}" for step in steps)
    parts += f". Named without a figure: {'; '.join(unknown)}" if unknown else ""
    return f"Waterfall from {start.name} {start.cell.text} to {end.name} {end.cell.text}: {parts}."


Hatched = Sequence[tuple[str, str]]


def _picture(start: Step, steps: Sequence[Step], end: Step, worse_when_up: bool, hatched: Hatched = ()) -> Picture:
    rows = _with_hatched(_bars(start, steps, end, worse_when_up), hatched)
    names = [str(row["n"]) for row in rows]
    left, high_row = room_for_names(names), row_height(names, ROW)
    right = round(max(text_width(str(row["t"])) for row in rows)) + 16
    low = min(0.0, *(min(float(row["x"]), float(row["x2"])) for row in rows))
    high = max(0.0, *(max(float(row["x"]), float(row["x2"])) for row in rows))
    x, y = pixels("x", low, high), pixels("y", len(rows), 0)
    layers = [
        layer(
            "bar",
            [row for row in rows if row["c"]],
            {"x": x, "x2": {"field": "x2"}, "y": y, "color": as_given("c")},
            size=ROW - 10,
        ),
        *_hatching([row for row in rows if not row["c"]], x, y, high_row, high - low),
        _joins(rows, x, y, high_row),
        layer("rule", [{"x": 0}], {"x": x}, color=SECONDARY),
    ]
    for total, weight in ((True, "bold"), (False, "normal")):
        some = [row for row in rows if row["total"] is total]
        text = {"baseline": "middle", "fontSize": SIZE, "color": TEXT, "fontWeight": weight}
        foot = {"x": {"datum": low}, "y": y, "text": name("n")}
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


def _with_hatched(bars: list[dict[str, float | str | bool]], hatched: Hatched) -> list[dict[str, float | str | bool]]:
    """The causes without a figure before the remainder, each over the whole of it: nobody knows its part."""
    if not hatched:
        return bars
    *before, remainder, end = bars
    over = {"x": remainder["x"], "x2": remainder["x2"], "e": max(float(remainder["x"]), float(remainder["x2"]))}
    extra = [dict(over) | {"n": name, "t": text, "c": "", "total": False} for name, text in hatched]
    return [row | {"y": place + 0.5} for place, row in enumerate([*before, *extra, remainder, end])]


def _hatching(
    rows: Sequence[dict[str, float | str | bool]], x: Channel, y: Channel, high: int, span: float
) -> list[ChartLayer]:
    """Slanted hair lines inside a dashed outline."""
    half, step = (ROW - 14) / high / 2, span / 60
    lines, edges = [], []
    for row in rows:
        low, top, mid = (
            sorted((float(row["x"]), float(row["x2"])))[0],
            max(float(row["x"]), float(row["x2"])),
            float(row["y"]),
        )
        edges += [
            {"x": low, "x2": top, "y": mid - half, "y2": mid - half},
            {"x": low, "x2": top, "y": mid + half, "y2": mid + half},
        ]
        edges += [{"x": at, "x2": at, "y": mid - half, "y2": mid + half} for at in (low, top)]
        at = low
        while at + step <= top:
            lines.append({"x": at, "x2": at + step, "y": mid + half, "y2": mid - half})
            at += step
    channels = {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}}
    return [
        layer("rule", lines, channels, color=SECONDARY, strokeWidth=0.7),
        layer("rule", edges, channels, color=SECONDARY, strokeWidth=1, strokeDash=[3, 2]),
    ]


def _bar(place: int, step: Step, x: float, x2: float, colour: str, total: bool) -> dict[str, float | str | bool]:
    row: dict[str, float | str | bool] = {"y": place + 0.5, "x": x, "x2": x2, "e": max(x, x2)}
    return row | {"n": step.name, "t": step.cell.text, "c": colour, "total": total}


def _joins(rows: Sequence[dict[str, float | str | bool]], x: Channel, y: Channel, high_row: int) -> ChartLayer:
    """Hair lines from the end of one bar to the start of the next."""
    half = (ROW - 10) / high_row / 2
    solid = [row for row in rows if row["c"]]
    lines = [
        {"x": row["x2"], "y": float(row["y"]) + half, "y2": float(after["y"]) - half} for row, after in pairwise(solid)
    ]
    return layer("rule", lines, {"x": x, "y": y, "y2": {"field": "y2"}}, color=SECONDARY, strokeWidth=1)
