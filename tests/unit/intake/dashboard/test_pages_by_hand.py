"""Cells and lines of a printed dashboard, each by itself, and which title is which indicator."""

from dataclasses import replace
from decimal import Decimal

import pytest

from highneeds.intake.dashboard.cells import (
    figures_in,
    is_dash,
    is_fragment,
    month_in,
    number,
    runs_without_figures,
    year_in,
)
from highneeds.intake.dashboard.fused import added_titles, chain_from, shared_start, unfold
from highneeds.intake.dashboard.lines import (
    begins_like_a_title,
    header_of,
    heading_of,
    is_empty_beside_title,
    page_lines,
)
from highneeds.intake.dashboard.match import likeness, matched
from highneeds.intake.dashboard.read import DashboardRow, ReadDashboard
from highneeds.intake.workspace.dashboard import DashboardIndicator, Direction
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.unit import Unit


@pytest.mark.parametrize(
    ("text", "month", "year", "figures"),
    [
        ("Jan-24", "2024-01", None, None),
        (" December 2024 ", "2024-12", None, None),
        ("Sep'99", "2099-09", None, None),
        ("2023-24", None, "2023-24", None),
        ("2023/2024", None, "2023-24", None),
        ("1999 – 00", None, "1999-00", None),
        ("2023-25", None, None, None),
        ("−3", None, None, ["−3"]),
        ("-£1,234.5%", None, None, ["-£1,234.5%"]),
        ("1 2", None, None, ["1", "2"]),
        ("Jan-24 5", None, None, ["5"]),
        ("5 of 6", None, None, None),
        ("", None, None, None),
        ("-", None, None, None),
        ("5.", None, None, None),
    ],
)
def test_a_cell(text, month, year, figures):
    assert [str(found) if found else None for found in (month_in(text), year_in(text))] == [month, year]
    assert figures_in(text) == figures


def test_figures_dashes_and_pieces_of_a_message():
    assert [number(text) for text in ("−3", "-£1,234.5%", "7")] == [Decimal("-3"), Decimal("-1234.5"), Decimal(7)]
    assert [is_dash(text) for text in ("-", " – ", "—", "−", "", "--", "5")] == [True] * 4 + [False] * 3
    assert [is_fragment(text) for text in ("Data", "5", "-", " ", "5 of")] == [True, False, False, False, True]
    cells = ["", "5", "not", "", "-", "yet"]
    assert runs_without_figures(cells) == [range(1), range(2, 4), range(5, 6)]
    assert runs_without_figures(["5"]) == [] and runs_without_figures([]) == []


def test_the_lines_of_a_page():
    text = "Title\tSource\tJan-24\tFeb-24\n Condition 3: Plans\t \n2023-24\t2024-25\tx\nJan-24\t2024-25\nPlans\t5"
    lines = page_lines(text)
    assert [line.number for line in lines] == [1, 2, 3, 4, 5] and lines[1].title == "Condition 3: Plans"
    headers = [header_of(line) for line in lines]
    assert [str(month) for month in headers[0].periods.values()] == ["2024-01", "2024-02"]
    assert (list(headers[0].periods), headers[0].width, headers[2].width) == ([2, 3], 4, 2)
    assert [headers[at] for at in (1, 3, 4)] == [None] * 3
    assert [heading_of(line) for line in lines] == [None, 3, None, None, None]
    assert [is_empty_beside_title(line) for line in lines] == [False, True, False, False, False]


@pytest.mark.parametrize(
    ("text", "title"),
    [("Number of plans", True), ("The Percentage", True), ("Average cost", True), ("Mean number", True),
     ("Plans", False), ("of plans Number", False), ("Numbers", False), ("Overall Rate", True), ("", False)],
)  # fmt: skip
def test_how_a_title_begins(text, title):
    assert begins_like_a_title(text) is title


def test_what_two_lines_share():
    assert shared_start("Number of plans issued", "of plans issued Number") == "of plans issued"
    assert shared_start("Number of plans", "of plans") == "of plans"
    assert shared_start("Number of plans", "plans and") == "" and shared_start("a b", "a bc") == ""
    assert shared_start("", "a b") == ""
    lines = page_lines(
        "Number of plans\t1\nof plans Number of moves\t1 2\nof moves Rate\t1 2 3\nNumber of moves Rate\t4\n\t5"
    )
    assert [chain_from(lines, at) for at in range(5)] == [2, 1, 0, 0, 0]


def test_rows_that_were_run_together_are_taken_apart():
    lines = page_lines(
        "Number of plans\tMI\t1\t2\n"
        "of plans Number of moves\tMI\t1 3\t2 4\n"
        "of plans Number of moves Condition 7: Costs Average cost of places\tMI\t1 3 5\t2\n"
    )
    parts = unfold(lines[0], lines[1:3], 2)
    assert [(one.condition, one.title, one.figures, one.line) for one in parts] == [
        (2, "Number of moves", {2: "3"}, 2),
        (7, "Average cost of places", {2: "5"}, 3),
    ]
    assert parts[0].raw == dict(enumerate(lines[2].cells))
    assert added_titles("Number of plans", ["of plans and more"], None) == [(None, "and more")]


def indicator(name, title):
    where = Source("indicators.csv", 2)
    return DashboardIndicator(name, None, title, title, Unit.COUNT, "", "", Direction.NONE, where, "", where)


def test_a_title_takes_the_indicator_that_it_is_most_like_and_nobody_has_taken():
    catalogue = [indicator("plans", "Number of plans in force on the last day of it"),
                 indicator("moves", "Number of plans in force on the last day of them"),
                 indicator("other", "Something else")]  # fmt: skip
    row = DashboardRow(None, "NUMBER of plans, in force on the last day of it", "MI", (), 3)
    almost = replace(row, title="Number of plans in force on the last day of these")
    taken, unknown = matched(ReadDashboard((row, almost, row), ()), catalogue)
    assert taken == {"plans": (), "moves": ()} and unknown == (row,)
    assert likeness("A b c", "a-B, c!") == 1.0 and likeness("a b", "c d") == 0.0
    nine, ten = " ".join("abcdefghi"), " ".join("abcdefghij")
    assert likeness(ten, f"{nine} x") == 0.9
    one = ReadDashboard((replace(row, title=ten),), ())
    assert matched(one, [indicator("x", f"{nine} x")])[0] == {"x": ()}
    assert matched(one, [indicator("x", f"{nine} x y")])[0] == {} and matched(one, [])[1] == one.rows
