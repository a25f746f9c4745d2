"""Charts of odd data, each kind in the ways that the plain drawings do not show: one period, nothing but gaps, no
change, figures below nought, names that need two lines, more lines than colours. Beside tests/golden/drawings."""

from collections.abc import Iterator
from decimal import Decimal

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
    fan_chart,
    line_chart,
    small_multiples,
    waterfall_chart,
)
from highneeds.report.charts.flows import Flow, flow_chart
from highneeds.report.charts.funnel import Stage, funnel_chart
from highneeds.report.charts.gantt import GanttBar, gantt_chart
from highneeds.report.charts.narrow import NarrowBar, NarrowLine, narrow_bars, narrow_lines
from highneeds.report.charts.pyramid import PyramidBand, pyramid_chart
from highneeds.report.charts.scale import scale_for
from highneeds.report.charts.sparkline import spark_svg
from highneeds.report.charts.symbols import SHAPES, symbol_svg
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

WINTER = Month(2024, 11).through(Month(2025, 2))
YEARS = ("2023-24", "2024-25", "2025-26", "2026-27")
LONG = "Independent and non-maintained special schools and colleges, their number & average cost together"
GAP, WORDS = Cell.gap(State.NOT_REPORTED), Cell.words("none possible")


def cells(unit: Unit, *values: str) -> tuple[Cell, ...]:
    """'-' is a gap."""
    return tuple(GAP if value == "-" else Cell.figure(Decimal(value), unit) for value in values)


def pounds(*values: str) -> tuple[Cell, ...]:
    """In millions; '-' is a gap."""
    return tuple(GAP if value == "-" else Cell.millions(int(Decimal(value) * 1_000_000)) for value in values)


def _lines() -> Iterator[ChartBlock]:
    share, count, cost = Unit.PERCENT, Unit.COUNT, Unit.GBP
    four = [Series(f"Line {n}", cells(share, f"4{n}.5", f"4{n}", "-", f"4{n}.25")) for n in range(4)]
    beside = [
        Series("England", cells(share, "-", "-", "44", "-"), context=True),
        Series("Plan", cells(share, "41", "41", "42", "42"), dashed=True),
        Series("Nothing", cells(share, "-", "-", "-", "-")[:4], context=True),
    ]
    yield line_chart(
        ChartWords("line-seven", "t", "MI."),
        periods=WINTER,
        series=[*four, *beside],
        unit=share,
        rollover=1,
        height=180,
    )
    yield line_chart(
        ChartWords("line-one-month", "t", alt_text="One month."),
        periods=WINTER[:1],
        series=[Series("A", cells(count, "7"))],
        unit=count,
    )
    fees = Series("Fees", cells(cost, "38000", "38000", "38000", "38000"))
    quiet = Limits(cells(cost, "38000")[0], WORDS, cells(cost, "39000")[0])
    yield line_chart(
        ChartWords("line-flat", "t", period_name="Year"), periods=YEARS, series=[fees], unit=cost, limits=quiet
    )
    below = [Series("A", pounds("-3.5", "-3", "-", "-2.75")), Series("B", pounds("-3", "-3", "-3", "-3"), dashed=True)]
    yield line_chart(ChartWords("line-below", "t", "Ledger"), periods=YEARS, series=below, unit=cost)


def _fans() -> Iterator[ChartBlock]:
    bands = [
        Band(percent, pounds("-", "12", low, low), pounds("-", "12.5", high, high))
        for percent, low, high in ((50, "11", "13"), (95, "8", "16"), (80, "10", "14"))
    ]
    lines = [
        Series("Agreed", pounds("10", "12", "11.5", "11"), dashed=True, labelled=True),
        Series("Achieved", pounds("9", "11.5", "-", "-"), labelled=True),
        Series("Late", pounds("9", "9.5", "10", "-")),
        Series("None", pounds("-", "-", "-", "-"), context=True),
    ]
    yield fan_chart(
        ChartWords("fan-three", "t", "Forecast"),
        periods=YEARS,
        lines=lines,
        bands=bands,
        unit=Unit.GBP,
        zero=False,
        chance="about 1 in 8",
        height=160,
    )
    small = [Series("A", pounds("0.1", "-0.4", "0.3", "0.2"), labelled=True), Series("B", pounds("0.2", "-", "-", "-"))]
    yield fan_chart(ChartWords("fan-without-bands", "t", period_name="Year"), periods=YEARS, lines=small, unit=Unit.GBP)


def _bars() -> Iterator[ChartBlock]:
    ages = [Bar(f"Age {n}", cell) for n, cell in enumerate(cells(Unit.COUNT, "5", "-", "9"))]
    yield bar_chart(
        ChartWords("bars-in-order", "t", "SEN2", alt_text="Ages."),
        bars=ages,
        name_head="Age",
        value_head="Plans",
        ordered=False,
        height=20,
    )
    none = [Bar(LONG, pounds("0")[0], own=True), Bar("B", Cell.words(""))]
    yield bar_chart(ChartWords("bars-nought", "t"), bars=none, name_head="Council", value_head="£m")
    panels = [
        Panel(Series(LONG + LONG, cells(Unit.PERCENT, "-", "7", "-", "8"))),
        Panel(Series("Empty", cells(Unit.COUNT, "-", "-", "-", "-"))),
        Panel(Series("Cost", cells(Unit.GBP, "1200", "1300", "1250", "1250")), "in words"),
        Panel(Series("Fourth", cells(Unit.COUNT, "1", "2", "3", "4"))),
    ]
    yield small_multiples(ChartWords("multiples-of-three", "t", "MI"), periods=WINTER, panels=panels, rollover=2)
    one = [Panel(Series("One", cells(Unit.COUNT, "1")))]
    yield small_multiples(
        ChartWords("multiples-of-one", "t", alt_text="One."), periods=WINTER[:1], panels=one, across=1
    )


def _steps() -> Iterator[ChartBlock]:
    start, up, down, end = (Cell.millions(value, plus=True) for value in (5_000_000, 2_000_000, -9_000_000, -2_000_000))
    steps = [Step(LONG, up), Step("Down", down)]
    yield waterfall_chart(
        ChartWords("waterfall-below", "t", "Ledger"),
        start=Step("Start", start),
        steps=steps,
        end=Step("End", end),
        worse_when_up=False,
        unknown=("Prices",),
        unknown_text="not known",
    )
    rest = Step("Rest", Cell.millions(-9_000_000))
    yield waterfall_chart(
        ChartWords("waterfall-hatched", "t", alt_text="Steps."),
        start=Step("Start", start),
        steps=[Step("Up", up)],
        end=Step("End", end),
        remainder=rest,
        unknown=("A", LONG),
    )


def _others() -> Iterator[ChartBlock]:
    [many, few, none, some] = cells(Unit.COUNT, "960", "1", "0", "44")
    four = [Flow("Mainstream", "Special", many), Flow("Mainstream", "Home", few), Flow("None", "Special", none)]
    yield flow_chart(
        id="flows-four", title="t", flows=[*four, Flow("Home", "Special", some)], count_head="Children", source="SEN2"
    )
    yield flow_chart(id="flows-none", title="t", flows=[Flow("A", "B", none)], count_head="Children")
    stages = [Stage(LONG, many, "all"), Stage("Nobody", none)]
    yield funnel_chart(id="funnel-to-nought", title="t", stages=stages, count_head="Number", source="SEN2")
    early = [GanttBar(LONG, Month(2025, 12), Month(2025, 9), "Early", is_open=True)]
    yield gantt_chart(id="gantt-early", title="t", bars=early, today=Month(2027, 1), source="Register")
    bands = [PyramidBand("Under 5 years of age", none, GAP), PyramidBand("6", none, none)]
    yield pyramid_chart(
        id="pyramid-nought", title="t", left="2019", right="2024", bands=bands, band_head="Age", source="S"
    )


ODD_CHARTS = {"lines": _lines, "fans": _fans, "bars": _bars, "steps": _steps, "others": _others}


def plain_drawings() -> dict[str, str]:
    """Those that are no chart of a report: on a telephone, the size of a word, beside a sentence."""
    points = {"gaps": "7 - 4 - - 5", "flat": "5 5", "none": "- -", "one": "3"}
    drawn = {
        f"spark {name}": spark_svg(Sparkline(tuple(None if one == "-" else Decimal(one) for one in row.split())), '<"&')
        for name, row in points.items()
    }
    drawn["spark without words"] = spark_svg(Sparkline((Decimal(1), Decimal(2), Decimal(3)), 1))
    bars = [NarrowBar(LONG, "−£2m", -2.0, 0.0, "#123456", True), NarrowBar("B", "no figure", 1.0, 3.5, "")]
    drawn["narrow bars"] = narrow_bars(bars)
    values = [None, 12.0, 55.0, 57.0, 90.0, 40.0, None, 1.0]
    periods = tuple(month.label for month in Month(2024, 6).through(Month(2025, 1)))
    line = NarrowLine(values, LONG, "#123456", (6, 4), bold=False)
    drawn["narrow line"] = narrow_lines(
        periods=periods,
        lines=[line],
        scale=scale_for([1.0, 90.0]),
        unit=Unit.PERCENT,
        rules=[(50.0, "Mean <50>")],
        rollover=7,
    )
    return drawn | {f"symbol {name}": symbol_svg(name) for name in SHAPES}
