"""One small drawing of every kind of chart, as SVG with an element a line: python tests/golden/drawings.py writes them.

A line that moved shows in review as a changed line; the file opens in any browser.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from highneeds.report.blocks import ChartBlock
from highneeds.report.cells import Cell, Sparkline
from highneeds.report.charts import (
    Band,
    Bar,
    ChartWords,
    Limits,
    Panel,
    Series,
    Step,
    bar_chart,
    draw,
    fan_chart,
    line_chart,
    small_multiples,
    waterfall_chart,
)
from highneeds.report.charts.flows import Flow, flow_chart
from highneeds.report.charts.funnel import Stage, funnel_chart
from highneeds.report.charts.gantt import GanttBar, gantt_chart
from highneeds.report.charts.pyramid import PyramidBand, pyramid_chart
from highneeds.report.charts.sparkline import spark_svg
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

FOLDER = Path(__file__).parent / "drawings"
MONTHS = Month(2024, 7).through(Month(2024, 12))
YEARS = ("2023-24", "2024-25", "2025-26", "2026-27")
GAP = Cell.gap(State.NOT_REPORTED)


def counts(*values: int | None) -> tuple[Cell, ...]:
    return tuple(GAP if value is None else Cell.figure(Decimal(value), Unit.COUNT) for value in values)


def pounds(*values: int | None) -> tuple[Cell, ...]:
    return tuple(GAP if value is None else Cell.millions(value * 1_000_000) for value in values)


def charts() -> Iterator[ChartBlock]:
    """Each with a gap, two looks, and figures on both sides of nought where its kind can have them."""
    late = Series("Overdue reviews", counts(720, 735, None, 690, 655, 610))
    others = Series("Other councils", counts(700, 705, 710, 705, 700, 695), context=True)
    limits = Limits(*counts(700, 600, 800), signals=(5,), first=1)
    yield line_chart(ChartWords("line", "t"), periods=MONTHS, series=[late], unit=Unit.COUNT, rollover=2, limits=limits)
    yield line_chart(ChartWords("two-lines", "t"), periods=MONTHS, series=[late, others], unit=Unit.COUNT, zero=True)
    plan = Series("Promised", pounds(40, 20, 0, -5), dashed=True)
    came = Series("Achieved", pounds(45, 38, None, None), labelled=True)
    band = Band(80, pounds(None, 30, 20, 10), pounds(None, 50, 60, 80))
    yield fan_chart(ChartWords("fan", "t"), periods=YEARS, lines=[plan, came], bands=[band], unit=Unit.GBP)
    [own, less, more] = pounds(30, -4, 12)
    bars = [
        Bar("Eastmoor", own, own=True),
        Bar("A council with a name of many words in it", less),
        Bar("B", more),
    ]
    yield bar_chart(ChartWords("bars", "t"), bars=bars, name_head="Council", value_head="£m")
    panels = [Panel(late, "610, fewer than in July"), Panel(others), Panel(Series("Plans", counts(5, 5, 5, 5, 5, 5)))]
    yield small_multiples(ChartWords("multiples", "t"), periods=MONTHS, panels=panels, across=2, rollover=2)
    steps = [Step("Top-ups", more), Step("Savings", less)]
    start, end, rest = pounds(20, 31, 3)
    yield waterfall_chart(
        ChartWords("waterfall", "t"),
        start=Step("2024-25", start),
        steps=steps,
        end=Step("2025-26", end),
        remainder=Step("Other", rest),
        unknown=("Grants",),
    )
    flows = [Flow("Mainstream", "Special", counts(96)[0]), Flow("Special", "Mainstream", counts(20)[0])]
    yield flow_chart(id="flows", title="t", flows=flows, count_head="Children")
    stages = [Stage("Requests", counts(400)[0]), Stage("Agreed", counts(260)[0], "65%"), Stage("Plans", counts(190)[0])]
    yield funnel_chart(id="funnel", title="t", stages=stages, count_head="Number")
    schools = [
        GanttBar("Elm", Month(2025, 9), Month(2025, 9), "open", is_open=True),
        GanttBar("Oak", Month(2026, 1), Month(2026, 9), "8 months late"),
        GanttBar("Ash", Month(2026, 9), None, "no date"),
    ]
    yield gantt_chart(id="gantt", title="t", bars=schools, today=Month(2026, 3))
    ages = [PyramidBand("Under 5", *counts(5, 9)), PyramidBand("Age 5 to 10", *counts(40, None))]
    yield pyramid_chart(id="pyramid", title="t", left="2019", right="2024", bands=ages, band_head="Age")


def drawings() -> dict[str, str]:
    """File -> an SVG with one element a line; a narrow one for each chart that has it, and two sparklines."""
    found = {}
    for chart in charts():
        found[f"{chart.id}.svg"] = draw.svg(chart.picture)
        if chart.narrow:
            found[f"{chart.id}-narrow.svg"] = chart.narrow
    points = tuple(Decimal(value) if value else None for value in (7, 9, None, 4, 5, 5))
    found["spark.svg"] = spark_svg(Sparkline(points, rollover=2), "from 7 to 5")
    return {name: text.replace("><", ">\n<") + "\n" for name, text in found.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in drawings().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
