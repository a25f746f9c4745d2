"""A spreadsheet holds the true number and shows the report's text."""

from decimal import Decimal

import pytest

from highneeds.account.stated import Stated, stated
from highneeds.report.cells import Cell
from highneeds.report.document import DataTable, Row, TableColumn
from highneeds.report.render.csv import tidy
from highneeds.report.render.number_format import number_format
from highneeds.report.shown_number import ShownNumber, change
from highneeds.report.stated_cells import balance_cell, money_cell, rough_cell, stated_number
from highneeds.vocabulary.unit import Unit
from unit.report.number_shown import shown


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell.figure(7765, Unit.COUNT), '#,##0;"−"#,##0;#,##0'),
        (Cell.figure(1000, Unit.COUNT), '#,##0;"−"#,##0;#,##0'),
        (Cell.figure(999, Unit.COUNT), '0;"−"0;0'),
        (Cell.figure(Decimal("37.5"), Unit.PERCENT), '0.0%;"−"0.0%;0.0%'),
        (Cell.millions(29_900_000), '"£"0.0,,"m";"−£"0.0,,"m";"£"0.0,,"m"'),
        (Cell.millions(53_000_000, prefix="about"), '"about £"0,,"m";"about −£"0,,"m";"about £"0,,"m"'),
        (Cell.change(Decimal("0.4"), Unit.PERCENT), '"+"0.0" points";"−"0.0" points";0.0" points"'),
        (Cell.words("no number"), None),
    ],
)
def test_format_of_a_cell(cell: Cell, code: str | None):
    assert number_format(cell) == code


BOTH = stated(50_000_000), stated(30_000_000)
ABOUT = stated(53_000_000, "about"), stated(30_000_000)


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        (money_cell(stated(53_000_000, "about")), "about £53m", '"about £"0,,"m";"about −£"0,,"m";"about £"0,,"m"'),
        (money_cell(stated(2_500)), "£2,500", '"£"#,##0;"−£"#,##0;"£"#,##0'),
        (money_cell(Stated(2_000_000_000, 3_000_000_000, "range")), "£20m to £30m", None),
        (money_cell(Stated(0, 3_000_000_000, "up_to")), "up to £30m", None),
        (
            balance_cell(stated(-11_200_000)),
            "£11.2m surplus",
            '"£"0.0,,"m surplus";"£"0.0,,"m surplus";"£"0.0,,"m surplus"',
        ),
        (balance_cell(stated(11_200_000)), "£11.2m", '"£"0.0,,"m";"−£"0.0,,"m";"£"0.0,,"m"'),
        (rough_cell(23_100_000, 2_310_000_000, *BOTH, sign="+"), "+£23.1m", '"+£"0.0,,"m";"−£"0.0,,"m";"£"0.0,,"m"'),
        (
            rough_cell(23_100_000, 2_310_000_000, *ABOUT),
            "about £23m",
            '"about £"0,,"m";"about −£"0,,"m";"about £"0,,"m"',
        ),
        (rough_cell(400_000, 40_000_000, *ABOUT), "less than £1m", None),
        (rough_cell(480_000, 48_000_000, stated(500_000, "about")), "about £500,000", None),
        (
            stated_number(Decimal(20_951), "at_least", "plans"),
            "at least 20,951",
            '"at least "#,##0;"at least −"#,##0;"at least "#,##0',
        ),
        (Cell.number(1_204, ShownNumber(grouped=False)), "1204", '0;"−"0;0'),
        (Cell.words("£5m"), "£5m", None),
    ],
)
def test_words_that_no_format_of_one_number_gives_are_written_as_words(cell: Cell, text: str, code: str | None):
    assert (cell.text, number_format(cell)) == (text, code)
    if code is not None:
        assert shown(cell.value, code) == text


@pytest.mark.parametrize("amount", [-53_250_000, -1, 0, 1, 29_949_999, 29_950_000, 1_234_567_890])
def test_the_number_shows_as_the_text(amount: int):
    for cell in (Cell.millions(amount), Cell.pounds(amount), Cell.figure(amount, Unit.COUNT)):
        assert shown(amount, number_format(cell) or "") == cell.text


def test_words_that_a_spreadsheet_would_run_are_marked_in_a_csv_file_and_figures_of_ours_are_not():
    columns = (TableColumn("Said"), TableColumn("March", of="month", key="2025-03"))
    said = (Cell.words("=1+1"), Cell.change(Decimal("0.4"), Unit.PERCENT), Cell.words("-4 of 9"))
    rows = tuple(Row((Cell.words("A row"), cell)) for cell in said)
    found = tidy(DataTable("t", "A table", columns, rows)).decode("utf-8-sig").splitlines()
    assert [line.split(",")[3] for line in found[1:]] == ["'=1+1", "+0.4 points", "'-4 of 9"]


@pytest.mark.parametrize(
    ("number", "value", "text"),
    [
        (ShownNumber(1, pound=True, millions=True, after=" surplus", unsigned=True), -11_200_000, "£11.2m surplus"),
        (ShownNumber(1, pound=True, millions=True), -11_200_000, "−£11.2m"),
        (ShownNumber(1, unsigned=True), Decimal("0.3"), "0.3"),
        (change(Decimal("0.4"), 1, " points"), Decimal("0.4"), "+0.4 points"),
        (change(Decimal("0.05"), 1), Decimal("0.05"), "+0.1"),
        (change(Decimal("0.04"), 1), Decimal("0.04"), "0.0"),  # a rise that is not to be seen has no plus
        (change(0, 0), 0, "0"),
        (change(Decimal("-0.04"), 1), Decimal("-0.04"), "0.0"),
        (change(Decimal("-0.05"), 1, pound=True), Decimal("-0.05"), "−£0.1"),
    ],
)
def test_the_sign_of_a_number_is_that_of_what_a_reader_sees(number, value, text):
    assert number.text(value) == text
