"""What the text of a cell means: yes and no, whole numbers, days; what is allowed last and refused first."""

import pytest

from highneeds.intake.sen2.cells import Unreadable, day, flag, whole
from highneeds.vocabulary.period import MONTH_NAMES


@pytest.mark.parametrize("text", ["1", "true", "T", "y", "Yes", "1.0"])
def test_what_is_a_yes(text: str) -> None:
    assert flag(text) is True


@pytest.mark.parametrize("text", ["0", "False", "f", "N", "no", "0.0"])
def test_what_is_a_no(text: str) -> None:
    assert flag(text) is False


@pytest.mark.parametrize(
    ("text", "value"),
    [("32767", 32767), ("32768", None), ("-32768", -32768), ("-32769", None), ("7.00", 7), ("7.5", None), ("x", None)],
)
def test_a_whole_number_and_its_range(text: str, value: int | None) -> None:
    try:
        found = whole(text)
    except Unreadable as reason:
        found, value = str(reason), value or "not a whole number in range"
    assert found == value


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1900-01-01", "1900-01-01"),
        ("1899-12-31", "the year is not between 1900 and 2100"),
        ("2100-12-31", "2100-12-31"),
        ("2101-01-01", "the year is not between 1900 and 2100"),
        ("2025-13-01", "not a date: no such month"),
        ("2025-00-01", "not a date: no such month"),
        ("2025-02-29", "not a date: no such day"),
        ("01-foo-2025", "not a date: no such month"),
        ("soon", "not a date"),
        ("20250228", "2025-02-28"),
        ("45658", "2025-01-01"),
        ("45658.75", "2025-01-01"),
        *((f"1-{name}-2025", f"2025-{number:02d}-01") for number, name in enumerate(MONTH_NAMES, 1)),
    ],
)
def test_the_first_and_last_days_that_can_be_meant(text: str, read: str) -> None:
    try:
        found = day(text).isoformat()
    except Unreadable as reason:
        found = str(reason)
    assert found == read
