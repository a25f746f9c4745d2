"""Charts: gaps stay gaps, ticks are round, labels stay apart, a waterfall adds up, and the table says it all."""

import json
import re
from decimal import Decimal
from itertools import pairwise

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from highneeds.report.blocks import ChartBlock
from highneeds.report.cells import Cell, Sparkline
from highneeds.report.charts import (
    Band,
    Bar,
    ChartWords,
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
from highneeds.report.charts.draw import svg
from highneeds.report.charts.scale import Scale, apart, period_ticks, scale_for, tick_text
from highneeds.report.charts.series import runs
from highneeds.report.charts.sparkline import spark_svg
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

MONTHS = Month(2024, 11).through(Month(2025, 1))


def percent(*values: str | None) -> tuple[Cell, ...]:
    return tuple(
        Cell.gap(State.NOT_REPORTED) if value is None else Cell.figure(Decimal(value), Unit.PERCENT) for value in values
    )


def pounds(*values: int | None) -> tuple[Cell, ...]:
    return tuple(Cell.gap(State.NOT_REPORTED) if value is None else Cell.millions(value) for value in values)


def words_in(chart: ChartBlock) -> list[str]:
    return [
        "".join(node.itertext()) for node in lxml.etree.fromstring(draw.svg(chart.picture).encode()).iter("{*}text")
    ]


def test_a_gap_breaks_the_line():
    assert runs([1.0, None, 3.0, 4.0]) == [[0], [2, 3]]


def test_a_gap_is_not_drawn_and_is_named_in_the_table_and_in_words():
    chart = line_chart(
        ChartWords("share", "t"),
        periods=MONTHS,
        series=[Series("Kent", percent("41.0", None, "40.6"))],
        unit=Unit.PERCENT,
    )
    drawn = [
        row for layer in json.loads(chart.picture.spec)["layer"] for row in layer["data"]["values"] if "run" in row
    ]
    assert {row["x"] for row in drawn} == {0, 2}
    assert {row["run"] for row in drawn} == {0, 1}
    assert [row.cells[1].text for row in chart.table.rows] == ["41.0%", "-", "40.6%"]
    assert chart.alt == "Line chart. Kent: 41.0% in Nov 2024 to 40.6% in Jan 2025; no figure for 1 of 3."


def test_lines_are_named_at_their_ends_in_pounds_that_a_reader_knows():
    chart = fan_chart(
        ChartWords("deficit", "t"),
        periods=("2023-24", "2024-25", "2025-26"),
        lines=[
            Series("Promised", pounds(90_000_000, 60_000_000, 0), dashed=True),
            Series("Achieved", pounds(95_000_000, None, None)),
        ],
        bands=[Band(80, pounds(None, 90_000_000, 80_000_000), pounds(None, 110_000_000, 140_000_000))],
        unit=Unit.GBP,
        chance="about 1 in 8 (12%)",
    )
    words = words_in(chart)
    assert {"£0", "£50m", "£100m", "£150m"} <= set(words)
    assert {"Promised £0", "Achieved £95m, 2023-24", "80% of outcomes"} <= set(words)
    assert not [word for word in words if re.search(r"\de[+-]?\d", word)]
    assert "By 2025-26, 80% of outcomes lie between £80m and £140m. Chance: about 1 in 8 (12%)." in chart.alt
    assert [column.name for column in chart.table.columns][-2:] == ["80% of outcomes, from", "80% of outcomes, to"]


def test_more_than_four_lines_are_refused():
    lines = [Series(f"Line {number}", percent("1", "2", "3")) for number in range(5)]
    with pytest.raises(ValueError, match="too many for one chart"):
        line_chart(ChartWords("many", "t"), periods=MONTHS, series=lines, unit=Unit.PERCENT)


def test_a_line_needs_a_figure_for_every_period():
    with pytest.raises(ValueError, match="2 figures for 3 periods"):
        line_chart(ChartWords("x", "t"), periods=MONTHS, series=[Series("A", percent("1", "2"))], unit=Unit.PERCENT)


def waterfall(remainder: int) -> ChartBlock:
    return waterfall_chart(
        ChartWords("bridge", "t"),
        start=Step("Promised", Cell.millions(30_000_000)),
        steps=[Step("Price", Cell.millions(20_000_000, plus=True)), Step("Numbers", Cell.millions(-1_000_000))],
        remainder=Step("Not explained", Cell.millions(remainder, plus=True)),
        end=Step("Achieved", Cell.millions(53_000_000)),
    )


def test_a_waterfall_adds_up_or_is_refused():
    rows = [[cell.text for cell in row.cells] for row in waterfall(4_000_000).table.rows]
    assert rows == [
        ["Promised", "£30m"],
        ["Price", "+£20m"],
        ["Numbers", "−£1m"],
        ["Not explained", "+£4m"],
        ["Achieved", "£53m"],
    ]
    assert {"+£20m", "−£1m", "Not explained", "£53m"} <= set(words_in(waterfall(4_000_000)))
    with pytest.raises(ValueError, match="the steps lead to 52000000, not to 53000000"):
        waterfall(3_000_000)


def test_bars_are_sorted_and_carry_their_figures():
    bars = [Bar("Kent", percent("40")[0], own=True), Bar("Essex", percent("45")[0]), Bar("Surrey", percent(None)[0])]
    chart = bar_chart(ChartWords("bars", "t"), bars=bars, name_head="Council", value_head="Share")
    assert [row.cells[0].text for row in chart.table.rows] == ["Essex", "Kent", "Surrey"]
    assert {"Essex", "45.0%", "Kent", "40.0%", "Surrey", "-"} == set(words_in(chart))


def test_long_names_of_bars_take_two_lines_and_an_amount_below_nought_goes_to_the_left():
    bars = [Bar("Top-up funding (non-maintained and independent schools)", Cell.change(82, Unit.GBP))]
    bars.append(Bar("Hospital", Cell.change(-38, Unit.GBP)))
    chart = bar_chart(ChartWords("bars", "t"), bars=bars, name_head="Service", value_head="Difference")
    assert {"Top-up funding (non-maintained and", "independent schools)", "−£38"} <= set(words_in(chart))
    first = json.loads(chart.picture.spec)["layer"][0]
    assert first["encoding"]["x"]["scale"]["domain"] == [-38, 82]
    assert [row["x"] for row in first["data"]["values"]] == [82, -38]


def test_small_multiples_name_each_panel_and_its_range():
    panels = [Panel(Series("First", percent("1", "3", "2"))), Panel(Series("Second", percent(None, None, None)))]
    chart = small_multiples(ChartWords("panels", "t"), periods=MONTHS, panels=panels)
    assert {"First", "2.0%, between 1.0% and 3.0%", "Second", "No figures"} <= set(words_in(chart))


def test_a_sparkline_breaks_at_gaps_and_survives_having_no_figures():
    points = (Decimal(1), Decimal(2), None, Decimal(3))
    assert spark_svg(Sparkline(points, 2)).count("<polyline") == 1
    assert spark_svg(Sparkline(points, 2)).count("<circle") == 2
    assert "<polyline" not in spark_svg(Sparkline((None, None)))
    assert 'aria-label="up &amp; &quot;away&quot;"' in spark_svg(Sparkline(points), 'up & "away"')


def test_months_show_their_year_at_the_start_and_in_january():
    assert period_ticks(MONTHS) == ["Nov|2024", "Dec", "Jan|2025"]
    assert period_ticks(("2023-24", "2024-25")) == ["2023-24", "2024-25"]


@pytest.mark.parametrize(
    ("unit", "ticks", "texts"),
    [
        (Unit.GBP, (0, 50_000_000, 100_000_000), ["£0", "£50m", "£100m"]),
        (Unit.GBP, (40_000, 45_000), ["£40,000", "£45,000"]),
        (Unit.PERCENT, (40, 42.5), ["40.0%", "42.5%"]),
        (Unit.COUNT, (7_000, 8_000), ["7,000", "8,000"]),
        (Unit.PER_1000, (0.25, 0.5), ["0.25", "0.50"]),
    ],
)
def test_ticks_read_as_a_reader_wants_them(unit: Unit, ticks: tuple[float, ...], texts: list[str]):
    scale = Scale(ticks[0], ticks[-1], ticks)
    assert [tick_text(tick, unit, scale) for tick in ticks] == texts


@given(st.lists(st.integers(-(10**12), 10**12).map(lambda pence: pence / 100), min_size=1, max_size=20))
def test_a_scale_holds_every_value_and_its_ticks_differ(values: list[float]):
    scale = scale_for(values)
    hair = (scale.high - scale.low) * 1e-8
    assert scale.low <= min(values) + hair
    assert scale.high >= max(values) - hair
    assert len(set(scale.ticks)) == len(scale.ticks) >= 2


@given(st.lists(st.floats(0, 230), min_size=1, max_size=8))
def test_labels_stay_apart_above_the_foot_and_in_order(heights: list[float]):
    placed = apart(heights, 16, 230)
    ordered = sorted(placed)
    assert all(below - above >= 16 - 1e-6 for above, below in pairwise(ordered))
    assert max(placed) <= 230
    for first in range(len(heights)):
        for second in range(len(heights)):
            if heights[first] < heights[second]:
                assert placed[first] < placed[second]


@pytest.mark.parametrize("narrow", [False, True])
def test_words_of_a_chart_stay_words_whatever_signs_they_hold(narrow):
    series = [Series("<b>A</b> & B", percent("1", "2")), Series("C", percent("3", "4"))]
    chart = line_chart(ChartWords("signs", "t"), periods=MONTHS[:2], series=series, unit=Unit.PERCENT)
    drawn = chart.narrow if narrow else draw.svg(chart.picture)
    texts = ["".join(one.itertext()) for one in lxml.etree.fromstring(drawn.encode()).iter("{*}text")]
    assert "<b>A</b> & B" in " ".join(texts)


def test_equal_charts_give_equal_drawings_in_the_shipped_font():
    assert waterfall(4_000_000) == waterfall(4_000_000)
    drawing = draw.svg(waterfall(4_000_000).picture)
    assert "Liberation Sans" in drawing
    assert draw.png(drawing)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_picture_that_travels_alone_carries_its_finding():
    chart = bar_chart(
        ChartWords("bars", "Kent has fewer than Essex", "Published statistics"),
        bars=[Bar("Kent", percent("40")[0])],
        name_head="Council",
        value_head="Share",
    )
    drawing = draw.standalone(chart)
    assert "Kent has fewer than Essex" in drawing
    assert "Source: Published statistics" in drawing


def test_a_council_without_any_figure_has_an_empty_plot_and_no_crash():
    nothing = Series("Achieved", (Cell.words(""), Cell.words("")))
    made = fan_chart(ChartWords("c", "T"), periods=("2024-25", "2025-26"), lines=(nothing,), unit=Unit.GBP)
    assert svg(made.picture).startswith("<svg")
