"""A spreadsheet holds the true number and shows the report's text."""

from decimal import Decimal

import pytest

from highneeds.report.cells import Cell
from highneeds.report.render.number_format import number_format
from highneeds.vocabulary.unit import Unit
from unit.report.number_shown import shown


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell.figure(7765, Unit.COUNT), '#,##0;"−"#,##0;#,##0'),
        (Cell.figure(Decimal("37.5"), Unit.PERCENT), '0.0%;"−"0.0%;0.0%'),
        (Cell.millions(29_900_000), '"£"0.0,,"m";"−£"0.0,,"m";"£"0.0,,"m"'),
        (Cell.millions(53_000_000, prefix="about"), '"about £"0,,"m";"about −£"0,,"m";"about £"0,,"m"'),
        (Cell.change(Decimal("0.4"), Unit.PERCENT), '"+"0.0" points";"−"0.0" points";0.0" points"'),
        (Cell.words("no number"), None),
    ],
)
def test_format_of_a_cell(cell: Cell, code: str | None):
    assert number_format(cell) == code


@pytest.mark.parametrize("amount", [-53_250_000, -1, 0, 1, 29_949_999, 29_950_000, 1_234_567_890])
def test_the_number_shows_as_the_text(amount: int):
    for cell in (Cell.millions(amount), Cell.pounds(amount), Cell.figure(amount, Unit.COUNT)):
        assert shown(amount, number_format(cell) or "") == cell.text
