"""Charts for the pages: SVG, PNG and CSV files, and the table as shown."""

from collections.abc import Iterator, Sequence

from highneeds.report.blocks import Align, ChartBlock, DataTable, RowKind
from highneeds.report.cells import SHORTHAND
from highneeds.report.charts.draw import png, standalone, svg
from highneeds.report.pages.results.parts import Chart, ColumnResult, TableResult
from highneeds.report.pages.results.whole import INTERNAL
from highneeds.report.render.csv import tidy

FOLDER = f"{INTERNAL}/charts"


def chart_result(chart: ChartBlock) -> Chart:
    stem = f"{FOLDER}/{chart.id}"
    return Chart(
        id=chart.id,
        title=chart.title,
        alt=chart.alt,
        svg=f"{stem}.svg",
        png=f"{stem}.png",
        csv=f"{stem}.csv",
        table=table_result(chart.table),
        source=chart.source,
        narrow=f"{stem}-narrow.svg" if chart.narrow else "",
    )


def chart_files(charts: Sequence[ChartBlock]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes): the drawing for the page, the drawing with title and source for download, its figures."""
    for chart in charts:
        yield f"{FOLDER}/{chart.id}.svg", svg(chart.picture).encode("utf-8")
        if chart.narrow:
            yield f"{FOLDER}/{chart.id}-narrow.svg", chart.narrow.encode("utf-8")
        yield f"{FOLDER}/{chart.id}.png", png(standalone(chart))
        yield f"{FOLDER}/{chart.id}.csv", tidy(chart.table)


def table_result(table: DataTable) -> TableResult:
    """As shown: a mark of a spreadsheet, such as [z], stands in its words."""
    columns = tuple(ColumnResult(column.head, column.align is Align.RIGHT) for column in table.columns)
    rows = tuple(
        tuple(SHORTHAND.get(cell.text, cell.text) for cell in row.cells)
        for row in table.rows
        if row.kind is not RowKind.GROUP
    )
    return TableResult(columns, rows)
