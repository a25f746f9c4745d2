"""What an officer has written as the right value of a cell, as a spreadsheet holds it."""

from datetime import date

import pytest

from highneeds.actions.keep_corrections import _SheetReading, _value
from highneeds.intake.spreadsheet.grid import GridCell


@pytest.mark.parametrize(
    ("item", "cell", "taken", "why"),
    [
        ("ceasedate", GridCell("2025-01-31", day=date(2025, 1, 31)), "2025-01-31", ""),
        ("ceasedate", GridCell("2025-01-31"), "2025-01-31", ""),
        ("ceasedate", GridCell("45688", number=45688.0), None, "a number and no date"),
        ("ceasereason", GridCell("1", number=1.0), "1", ""),
        ("ceasedate", GridCell("(empty)"), "", ""),
    ],
)
def test_a_number_where_a_day_belongs_is_no_date_and_elsewhere_a_code(item, cell, taken, why):
    reading = _SheetReading("given.xlsx", "")
    found = _value("named_plans", item, cell, "Rows!C2", "7", reading)
    assert found == (None if taken is None else (item, taken))
    said = [f"The right value of {item} is {why}"] if why else []
    assert [one.message for one in reading.found] == said
