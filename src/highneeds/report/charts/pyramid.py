"""Two groups back to back, band by band: the earlier one in grey to the left, the later one in colour to the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import Align, ChartBlock, DataTable, Picture, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.charts.names import room_for_names
from highneeds.report.charts.narrow import NarrowBar, narrow_bars
from highneeds.report.charts.series import as_number, figure_words
from highneeds.report.charts.spec import layer, name, picture_of, pixels
from highneeds.report.charts.style import COLOURS, CONTEXT, SECONDARY, SIZE, TEXT, WIDTH, text_width

ROW = 26
HEAD = 22


@dataclass(frozen=True)
class PyramidBand:
    """One band, such as an age group, with its figure on either side."""

    name: str
    left: Cell
    right: Cell


def pyramid_chart(
    *, id: str, title: str, left: str, right: str, bands: Sequence[PyramidBand], band_head: str, source: str = ""
) -> ChartBlock:
    """Bands from the top in the order given; one scale from nought for both sides. A gap is named, never drawn."""
    columns = (
        TableColumn(band_head, width=2),
        TableColumn(left, align=Align.RIGHT),
        TableColumn(right, align=Align.RIGHT),
    )
    rows = tuple(Row.of(band.name, band.left, band.right) for band in bands)
    table = DataTable(f"{id}-data", f"Figures of the chart: {title}", columns, rows, source=source)
    parts = (f"{band.name}: {figure_words(band.left)} and {figure_words(band.right)}" for band in bands)
    alt = f"Bars back to back, {left} and {right}. " + "; ".join(parts) + "."
    return ChartBlock(id, title, alt, _picture(left, right, bands), table, source, _narrow(left, right, bands))


def _narrow(left: str, right: str, bands: Sequence[PyramidBand]) -> str:
    """On a telephone the two sides of a band stand one under the other."""
    sides = ((left, CONTEXT, False), (right, COLOURS[0], True))
    return narrow_bars(
        [
            NarrowBar(f"{band.name}, {side}", figure_words(cell), 0.0, as_number(cell) or 0.0, colour, bold)
            for band in bands
            for (side, colour, bold), cell in zip(sides, (band.left, band.right), strict=True)
        ]
    )


def _picture(left: str, right: str, bands: Sequence[PyramidBand]) -> Picture:
    names = room_for_names([band.name for band in bands])
    room = round(max(text_width(cell.text) for band in bands for cell in (band.left, band.right))) + 14
    sides = [[as_number(cell) or 0.0 for cell in cells] for cells in _columns(bands)]
    most = max([*sides[0], *sides[1], 1.0])
    height = HEAD + ROW * len(bands)
    x, y = pixels("x", -most, most), pixels("y", height, 0)
    layers = []
    text = {"baseline": "middle", "fontSize": SIZE, "color": TEXT}
    for side, colour, values, cells, align, head in (
        (-1, CONTEXT, sides[0], [band.left for band in bands], "right", left),
        (1, COLOURS[0], sides[1], [band.right for band in bands], "left", right),
    ):
        rows = [
            {"x": side * value, "z": 0, "y": HEAD + ROW * (place + 0.5), "t": cell.text}
            for place, (value, cell) in enumerate(zip(values, cells, strict=True))
        ]
        at = {"x": x, "y": y}
        layers.append(layer("bar", rows, at | {"x2": {"field": "z"}}, color=colour, size=ROW - 8))
        layers.append(layer("text", rows, at | {"text": name("t")}, align=align, dx=6 * side, **text))
        heads = [{"x": 0, "y": HEAD / 2, "t": head}]
        layers.append(
            layer("text", heads, at | {"text": name("t")}, align=align, dx=8 * side, **text | {"fontWeight": "bold"})
        )
    middle = [{"x": 0, "y": HEAD, "y2": height}]
    layers.append(layer("rule", middle, {"x": x, "y": y, "y2": {"field": "y2"}}, color=SECONDARY))
    words = [{"x": -most, "y": HEAD + ROW * (place + 0.5), "t": band.name} for place, band in enumerate(bands)]
    layers.append(layer("text", words, {"x": x, "y": y, "text": name("t")}, align="right", dx=-room, **text))
    padding = {"left": names + room, "right": room, "top": 4, "bottom": 4}
    return picture_of(layers, width=WIDTH - names - 2 * room, height=height, padding=padding)


def _columns(bands: Sequence[PyramidBand]) -> tuple[list[Cell], list[Cell]]:
    return [band.left for band in bands], [band.right for band in bands]
