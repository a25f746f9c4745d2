"""What a cell of a council's spreadsheet says, mark by mark, and which period a head speaks of."""

from datetime import date
from decimal import Decimal

import pytest

from highneeds.intake.spreadsheet.figures import read_figure
from highneeds.intake.spreadsheet.grid import GridCell
from highneeds.intake.spreadsheet.heads import period_number, read_head
from highneeds.vocabulary.state import State


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("1,234", "1234", State.REPORTED),
        ("1 234", "1234", State.REPORTED),
        ("48.2%", "48.2", State.REPORTED),
        ("48.2 per cent", "48.2", State.REPORTED),
        ("£1,234.50", "1234.50", State.REPORTED),
        ("-£5", "-5", State.REPORTED),
        ("£1.2m", "1200000", State.REPORTED),
        ("(10)", "-10", State.REPORTED),
        ("−5", "-5", State.REPORTED),
        ("0", "0", State.REPORTED),
        (".51", "0.51", State.REPORTED),
        ("48.2% (p)", "48.2", State.PROVISIONAL),
        ("48.2p", "48.2", State.PROVISIONAL),
        ("51 prov", "51", State.PROVISIONAL),
        ("51 (r)", "51", State.RESTATED),
        ("51*", "51", State.REPORTED),
        ("51[2]", "51", State.REPORTED),
        ("-", None, State.NOT_REPORTED),
        ("–", None, State.NOT_REPORTED),
        ("tbc", None, State.NOT_REPORTED),
        ("n/a", None, State.UNAVAILABLE),
        ("x", None, State.UNAVAILABLE),
        ("#DIV/0!", None, State.UNAVAILABLE),
        ("<5", None, State.SUPPRESSED),
        ("Fewer than 5", None, State.SUPPRESSED),
        ("c", None, State.SUPPRESSED),
        ("*", None, State.SUPPRESSED),
        ("", None, State.BLANK),
    ],
)
def test_a_cell_of_figures(text, value, state):
    found = read_figure(GridCell(text))
    assert found.readable and found.state is state
    assert found.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["48,2", "1,23", "about 50", "12/345", "(10", "-(5)", "5 to 7", "12 34", "£", "10%%"])
def test_what_is_no_figure_is_not_guessed_at(text):
    found = read_figure(GridCell(text))
    assert not found.readable and found.value is None and found.note


@pytest.mark.parametrize(
    "cell",
    [
        GridCell("1", Decimal(10) ** 12),
        GridCell("1", -(Decimal(10) ** 12)),
        *(GridCell("1", Decimal(word)) for word in ("Infinity", "NaN")),
        *(GridCell(text) for text in ("1000000000000", "£1,000bn", "(1000bn)", "9" * 400)),
    ],
)
def test_what_is_larger_than_any_figure_of_a_council_is_not_read(cell):
    """A cell of a workbook may hold 1E999; every reader of the workspace would refuse it afterwards."""
    found = read_figure(cell)
    assert (found.value, found.note, found.readable) == (None, "too large for a figure of a council", False)
    assert read_figure(GridCell("999,999,999,999")).value == Decimal("999999999999")


def test_a_date_among_figures_and_a_formula_without_result_are_told():
    assert not read_figure(GridCell("2025-01-04", day=date(2025, 1, 4))).readable
    assert "formula" in read_figure(GridCell(problem="a formula without a stored result")).note


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Apr-24", "2024-04"),
        ("Apr 24", "2024-04"),
        ("April 2024", "2024-04"),
        ("Sept-24", "2024-09"),
        ("30 June 2024", "2024-06"),
        ("2024-04", "2024-04"),
        ("04/2024", "2024-04"),
        ("01/04/2024", "2024-04"),
        ("Apr-24 (p)", "2024-04"),
        ("As at Apr-24", "2024-04"),
        ("2024-25", "2024-25"),
        ("2024/25", "2024-25"),
        ("FY 2024–2025", "2024-25"),
        ("24/25", "2024-25"),
        ("30/04/24", "2024-04"),
        ("2024-04-30 00:00:00", "2024-04"),
        ("Q1 2024/25", "2024-06"),
        ("2024-25 Q4 (p)", "2025-03"),
        ("Qtr 2 24/25", "2024-09"),
        ("Jan to Mar 25", "2025-03"),
    ],
)
def test_a_head_that_says_its_period(text, period):
    assert str(read_head([GridCell(text)]).period) == period


@pytest.mark.parametrize(
    "text", ["2024-26", "13/2024", "Total", "YTD", "April", "2024", "Maya 24", "Q1", "Q1 2024", "11/12", "Jan-Apr 24"]
)
def test_a_head_that_says_none(text):
    assert read_head([GridCell(text)]).period is None


@pytest.mark.parametrize(
    ("above", "month", "period"),
    [
        ("2024/25", "Apr", "2024-04"),
        ("2024/25", "March", "2025-03"),
        ("2024", "Mar", "2024-03"),
        ("2024-25", "Dec", "2024-12"),
        ("Outturn 24/25", "Jan", "2025-01"),
        ("2023/24", "Q3", "2023-12"),
    ],
)
def test_a_month_under_its_year(above, month, period):
    assert str(read_head([GridCell(above), GridCell(month)]).period) == period


def test_a_target_is_no_actual_figure_and_a_mark_makes_a_column_provisional():
    assert not read_head([GridCell("Target"), GridCell("Apr-24")]).is_actual
    assert read_head([GridCell("Mar-25 (p)")]).provisional and not read_head([GridCell("Mar-25")]).provisional


def test_a_date_is_its_month_and_the_24th_of_april_may_be_april_24():
    assert str(read_head([GridCell("2024-04-01", day=date(2024, 4, 1), form="mmm-yy")]).period) == "2024-04"
    slipped = read_head([GridCell("2026-04-24", day=date(2026, 4, 24), form="d-mmm")])
    assert str(slipped.period) == "2024-04" and "read as Apr 2024" in slipped.note
    assert str(read_head([GridCell("2026-04-24", day=date(2026, 4, 24), form="dd/mm/yyyy")]).period) == "2026-04"


@pytest.mark.parametrize(
    ("text", "number"), [("P1", 1), ("Period 12", 12), ("P13", None), ("Apr", 1), ("March", 12), ("x", None)]
)
def test_a_period_of_the_year(text, number):
    assert period_number(text) == number
