"""Charts of ways and groups: a funnel, flows between places, age groups back to back; what is drawn is in the table."""

from decimal import Decimal

import lxml.etree
import pytest

from highneeds.report.blocks import ChartBlock
from highneeds.report.cells import Cell
from highneeds.report.charts import ChartWords, Series, draw, line_chart
from highneeds.report.charts.flows import Flow, flow_chart
from highneeds.report.charts.funnel import Stage, funnel_chart
from highneeds.report.charts.pyramid import PyramidBand, pyramid_chart
from highneeds.report.words import pictures as words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


def number(value: int) -> Cell:
    return Cell(value, f"{value:,}", unit="count")


def words_in(chart: ChartBlock) -> list[str]:
    drawn = lxml.etree.fromstring(draw.svg(chart.picture).encode())
    return ["".join(node.itertext()) for node in drawn.iter("{*}text")]


def rows_of(chart: ChartBlock) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in chart.table.rows]


def test_a_funnel_says_every_number_and_its_share():
    stages = [
        Stage("Requests received", number(400)),
        Stage("Plans issued", number(100), "25% of requests"),
    ]
    chart = funnel_chart(id="way", title="t", stages=stages, count_head="Number")
    assert rows_of(chart) == [["Requests received", "400", ""], ["Plans issued", "100", "25% of requests"]]
    assert {"Requests received", "400", "100, 25% of requests"} <= set(words_in(chart))
    assert chart.alt == "Funnel. Requests received 400; Plans issued 100, 25% of requests."


def test_a_funnel_has_no_step_without_a_figure():
    with pytest.raises(ValueError, match="every stage needs a figure"):
        funnel_chart(id="way", title="t", stages=[Stage("Requests", Cell.gap(State.BLANK))], count_head="Number")


def test_flows_are_named_on_both_sides():
    flows = [Flow("Mainstream", "Special", number(986)), Flow("Special", "Mainstream", number(201))]
    chart = flow_chart(id="moves", title="t", flows=flows, count_head="Children")
    assert rows_of(chart) == [["Mainstream", "Special", "986"], ["Special", "Mainstream", "201"]]
    assert {"From mainstream", "986 to special", "From special", "201 to mainstream"} <= set(words_in(chart))


def test_more_flows_than_colours_are_refused():
    flows = [Flow("A", str(place), number(1)) for place in range(5)]
    with pytest.raises(ValueError, match="5 are too many"):
        flow_chart(id="moves", title="t", flows=flows, count_head="Children")
    assert flow_chart(id="moves", title="t", flows=flows[:4], count_head="Children").table.rows


def test_a_flow_without_a_figure_is_not_drawn_as_nothing():
    flows = [Flow("A", "B", number(3)), Flow("B", "A", Cell.gap(State.SUPPRESSED))]
    chart = flow_chart(id="moves", title="t", flows=flows, count_head="Children")
    assert [row[2] for row in rows_of(chart)] == ["3", "c"]
    assert "From b" not in words_in(chart)


def test_age_groups_stand_back_to_back():
    bands = [
        PyramidBand("Under 5", number(431), number(673)),
        PyramidBand("Age 5 to 10", Cell.gap(State.NOT_PUBLISHED), number(8)),
    ]
    chart = pyramid_chart(id="ages", title="t", left="January 2019", right="January 2024", bands=bands, band_head="Age")
    assert rows_of(chart) == [["Under 5", "431", "673"], ["Age 5 to 10", "n.p.", "8"]]
    assert {"January 2019", "January 2024", "431", "673", "Under 5"} <= set(words_in(chart))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("40.6", "42.1"), "Our dashboard. The scale begins at 40.5%, not at 0"),
        (("0.0", "42.1"), "Our dashboard"),
    ],
)
def test_a_scale_that_leaves_nought_out_says_so(values, said):
    cells = tuple(Cell.figure(Decimal(value), Unit.PERCENT) for value in values)
    chart = line_chart(
        ChartWords("share", "t", "Our dashboard"),
        periods=(Month(2024, 1), Month(2024, 2)),
        series=[Series("Share", cells)],
        unit=Unit.PERCENT,
    )
    assert chart.source == said


def test_titles_say_the_finding():
    assert words.way_title("3,988", "Requests received", "1,804", "Plans issued", "2023") == (
        "Requests received: 3,988; plans issued: 1,804 (2023)"
    )
    assert words.moves_title("986", "201", "2024") == (
        "986 moved from mainstream to special or independent, 201 moved back (2024)"
    )
    assert words.ages_title(words.at_age(11, 15), "4,127", "7,445", 2019, 2024) == (
        "Plans grew most at ages 11 to 15: from 4,127 in January 2019 to 7,445 in January 2024"
    )
    assert words.at_age(0, 4) == "under 5"
    assert words.position_title("Accumulated deficit at 31 March", "2028", "at least £30m", "no deficit") == (
        "Accumulated deficit at 31 March 2028: at least £30m expected, no deficit agreed"
    )
    assert words.placements_title("Out of county", "Total", "136", "Feb 2025", "85", "Sep 2026") == (
        "Out of county, total: 136 in Feb 2025, 85 projected for Sep 2026"
    )
