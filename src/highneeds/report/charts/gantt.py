"""Openings over time: when each was planned, when it is now expected or opened, one row each."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.charts.names import name_rows, room_for_names, row_height
from highneeds.report.charts.narrow import NarrowBar, narrow_bars
from highneeds.report.charts.spec import layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, DARK, RULE, SECONDARY, SIZE, SMALL, TEXT, WIDTH, text_width
from highneeds.vocabulary.period import Month

ROW = 34
HEAD = 22
MONTHS = 12


@dataclass(frozen=True)
class GanttBar:
    """One opening. now: None where it has no date. words: what stands at the end of its row. is_open: it has opened."""

    name: str
    planned: Month
    now: Month | None
    words: str
    is_open: bool = False


def gantt_chart(*, id: str, title: str, bars: Sequence[GanttBar], today: Month, source: str = "") -> ChartBlock:
    """A hollow mark where each was planned, a full one where it is now, a line for the delay between them."""
    columns = (
        TableColumn("Opening", width=3),
        TableColumn("Planned"),
        TableColumn("Now"),
        TableColumn("Where it stands", width=3),
    )
    rows = tuple(
        Row.of(one.name, one.planned.label, one.now.label if one.now else "no date", one.words) for one in bars
    )
    table = DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, rows, source=source)
    alt = "Timeline. " + "; ".join(
        f"{one.name}: planned {one.planned.label}, {'now ' + one.now.label if one.now else 'no date'}" for one in bars
    )
    return ChartBlock(id, title, f"{alt}.", _picture(bars, today), table, source, _narrow(bars))


def _narrow(bars: Sequence[GanttBar]) -> str:
    """On a telephone the months of delay are a bar under the name and the day planned; without a date, an outline."""
    return narrow_bars(
        [
            NarrowBar(
                f"{one.name}, planned {one.planned.label}: {one.words[:1].lower()}{one.words[1:]}",
                one.now.label if one.now else "no date",
                0.0,
                float(max(0, one.planned.months_until(one.now))) if one.now else 0.0,
                COLOURS[2] if one.now else "",
            )
            for one in bars
        ]
    )


def _picture(bars: Sequence[GanttBar], today: Month) -> Picture:
    months = [one.planned for one in bars] + [one.now for one in bars if one.now] + [today]
    first = Month(min(months).year, 1)
    last = max(months)
    end = first.months_until(Month(last.year + 1, 1))
    names = [one.name for one in bars]
    left, high = room_for_names(names), row_height(names, ROW)
    right = round(max(text_width(one.words) for one in bars)) + 16
    height = HEAD + high * len(bars)
    x, y = pixels("x", 0, end), pixels("y", height, 0)
    rows = [_row(one, place, first, high) for place, one in enumerate(bars)]
    late = [row for row in rows if row["x2"] is not None]
    years = [
        {"x": place, "y": HEAD, "y2": height, "t": str(first.year + place // MONTHS)} for place in range(0, end, 12)
    ]
    words = [
        {"n": part["n"], "y": float(row["y"] or 0) + float(part["y"])}
        for row, one in zip(rows, bars, strict=True)
        for part in name_rows(one.name, 0, 1)
    ]
    foot = {"x": {"datum": 0}, "y": y, "text": name("n")}
    text = {"baseline": "middle", "fontSize": SIZE, "color": TEXT}
    now = [{"x": first.months_until(today), "y": HEAD, "y2": height, "t": today.label}]
    layers = [
        layer("rule", years, {"x": x, "y": y, "y2": {"field": "y2"}}, color=RULE),
        layer("text", years, {"x": x, "y": y, "text": name("t")}, align="left", dx=3, dy=-10, fontSize=SMALL),
        layer("rule", now, {"x": x, "y": y, "y2": {"field": "y2"}}, color=SECONDARY, strokeDash=[2, 3]),
        layer("rule", late, {"x": x, "x2": {"field": "x2"}, "y": y}, color=COLOURS[2], strokeWidth=4),
        layer("point", rows, {"x": x, "y": y}, shape="circle", size=110, filled=False, stroke=DARK, strokeWidth=2),
    ]
    for is_open, shape in ((True, "square"), (False, "diamond")):
        some = [row | {"x": row["x2"]} for row in late if row["open"] is is_open]
        colour = COLOURS[0] if is_open else COLOURS[2]
        layers.append(layer("point", some, {"x": x, "y": y}, shape=shape, size=120, filled=True, color=colour))
    layers.append(layer("text", words, foot, align="right", dx=-8, **text))
    ends = {"x": {"datum": end}, "y": y, "text": name("t")}
    layers.append(layer("text", rows, ends, align="left", dx=8, **text))
    padding = {"left": left, "right": right, "top": 4, "bottom": 4}
    return picture_of(layers, width=WIDTH - left - right, height=height, padding=padding)


def _row(one: GanttBar, place: int, first: Month, high: int) -> dict[str, float | str | bool | None]:
    return {
        "x": first.months_until(one.planned),
        "x2": first.months_until(one.now) if one.now else None,
        "y": HEAD + high * (place + 0.5),
        "t": one.words,
        "open": one.is_open,
    }
