"""Charts for a telephone: nothing leaves the 290 pixels, lines and bars say their figures, gaps stay gaps."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from highneeds.report.cells import Cell
from highneeds.report.charts import Bar, ChartWords, Series, bar_chart, line_chart
from highneeds.report.charts.flows import Flow, flow_chart
from highneeds.report.charts.funnel import Stage, funnel_chart
from highneeds.report.charts.gantt import GanttBar, gantt_chart
from highneeds.report.charts.narrow import WIDTH, NarrowBar, narrow_bars
from highneeds.report.charts.over_time import drawn_over_time, over_time_in_words
from highneeds.report.charts.pyramid import PyramidBand, pyramid_chart
from highneeds.report.charts.style import COLOURS, SMALL, text_width
from highneeds.report.pages.results.comparisons import ComparedArea, PublishedComparison
from highneeds.report.words.dashboard import standing
from highneeds.report.words.plainly import plain_names
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

MONTHS = Month(2024, 1).through(Month(2025, 1))
GAP = Cell.gap(State.NOT_REPORTED, "printed as a dash")


def cells(*values: int | None) -> tuple[Cell, ...]:
    return tuple(GAP if value is None else Cell.figure(Decimal(value), Unit.COUNT) for value in values)


def line(*series: Series):
    return line_chart(ChartWords("a", "t"), periods=MONTHS, series=series, unit=Unit.COUNT, rollover=8)


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter() if text.tag.endswith("text")]


def ends(svg: str) -> list[tuple[float, float]]:
    """Left and right end of every text, as wide as letters set on average."""
    found = []
    for one in ElementTree.fromstring(svg).iter():
        if one.tag.endswith("text"):
            x, wide = float(one.get("x", "0")), text_width(one.text or "", SMALL)
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[one.get("text-anchor", "start")]
            found.append((left, left + wide))
    return found


LONG = "Special post-16 institutions, Years 12 to 14, and everything else that is long"
CHARTS = {
    "one line": line(Series("Overdue", cells(*range(7000, 7013)))).narrow,
    "two lines with long names": line(Series(LONG, cells(*range(13))), Series("Short", cells(*range(13)))).narrow,
    "bars": bar_chart(
        ChartWords("b", "t"),
        bars=[Bar(LONG, cells(30)[0], own=True), Bar("E", cells(4)[0])],
        name_head="A",
        value_head="B",
    ).narrow,
    "ages": pyramid_chart(
        id="c",
        title="t",
        left="Jan 2019",
        right="Jan 2024",
        bands=[PyramidBand(LONG, *cells(3, None))],
        band_head="Age",
    ).narrow,
    "way": funnel_chart(id="d", title="t", stages=[Stage(LONG, cells(3)[0], "67% of requests")], count_head="N").narrow,
    "moves": flow_chart(id="e", title="t", flows=[Flow("Mainstream", LONG, cells(3)[0])], count_head="N").narrow,
    "openings": gantt_chart(
        id="f",
        title="t",
        bars=[
            GanttBar(LONG, Month(2024, 9), Month(2027, 9), "36 months late"),
            GanttBar("Elm", Month(2025, 9), None, ""),
        ],
        today=Month(2025, 4),
    ).narrow,
}


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_leaves_the_screen(name):
    assert f'width="{WIDTH}"' in CHARTS[name]
    assert all(left >= -1 and right <= WIDTH + 1 for left, right in ends(CHARTS[name]))


def test_a_line_alone_says_its_latest_figure_and_several_say_their_names():
    assert "7,012 in Jan 2025" in words(CHARTS["one line"])
    assert "Short 12" in words(CHARTS["two lines with long names"])


def test_a_month_without_a_figure_is_a_gap_in_the_line():
    drawn = line(Series("x", cells(1, 2, 3, None, None, 6, 7, 8, 9, 10, 11, 12, 13))).narrow
    assert len(re.findall("<polyline", drawn)) == 2 and len(re.findall("<circle", drawn)) == 11


def test_bars_go_both_ways_from_nought_and_one_without_a_figure_is_an_outline():
    drawn = narrow_bars([NarrowBar("up", "+2", 0, 2, "#12436D"), NarrowBar("down", "−2", 0, -2, "")])
    widths = [float(one) for one in re.findall(r'<rect x="[^"]+" y="[^"]+" width="([^"]+)" height="13"', drawn)]
    assert widths[0] == widths[1] > 50 and "stroke-dasharray" in drawn
    assert words(drawn) == ["up", "+2", "down", "−2"]


def test_a_picture_of_its_own_kind_becomes_bars_on_a_telephone():
    """Both sides of a band, 3 and none; the share behind its step; 36 months late, and an opening without a date."""
    assert words(CHARTS["ages"])[-1] == "no figure" and "3" in words(CHARTS["ages"])
    assert "67% of requests" in " ".join(words(CHARTS["way"]))
    assert {"Sep 2027", "no date"} < set(words(CHARTS["openings"])) and "stroke-dasharray" in CHARTS["openings"]


def test_a_comparison_over_time_is_of_the_areas_that_were_chosen():
    """A line for each of up to four, in the order in which they were given; England keeps its colour in any place."""
    areas = [
        ComparedArea(id=kind, name=name, kind=kind, values=("30", "32"), texts=("30.0%", "32.0%"))
        for kind, name in (("own", "Elm"), ("neighbour", "Oak"), ("england", "England"), ("middle", "Middle"))
    ]
    empty = dict.fromkeys(("id", "title", "sentence", "subject", "part", "whole", "source", "rank", "csv"), "x")
    found = PublishedComparison(
        **empty, per="plan", unit="percent", periods=("2023", "2024"), areas=tuple(areas), others=(), drawn="", alt=""
    )
    fifth = replace(areas[1], id="ash", name="Ash")
    drawn = drawn_over_time(found, [*areas, fifth])
    assert words(drawn)[:4] == ["Elm 32.0%", "Oak 32.0%", "England 32.0%", "Middle 32.0%"] and "Ash" not in drawn
    assert re.findall(r'fill="none" stroke="(#\w+)"', drawn) == [COLOURS[place] for place in (0, 2, 1, 3)]
    assert words(drawn_over_time(found, areas[:1]))[:1] == ["Elm 32.0%"]
    assert over_time_in_words(found, areas[2:3]) == "Line chart. England: 30.0% in 2023, 32.0% in 2024."


def test_names_of_files_become_words():
    assert plain_names("dfe_payment_received_gbp is empty at years.csv line 2") == (
        "DfE payment received is empty at years.csv line 2"
    )
    assert plain_names("2 rows have no gbp_per_place") == "2 rows have no pounds per place"
    assert plain_names("a plain sentence, 7,765") == "a plain sentence, 7,765"


def test_the_dashboard_says_what_can_be_judged():
    assert standing(44, 14, 6, 5, 11)[:2] == (
        "Of 44 indicators, 14 can be judged: 6 are better and 5 worse than a year before.",
        "11 have never had a figure.",
    )
    assert standing(6, 0, 0, 0, 0)[0] == "None of 6 indicators can be judged better or worse."
    one = " ".join(standing(3, 1, 1, 0, 0))
    assert "1 is better and none worse" in one and "never" not in one
