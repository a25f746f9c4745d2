"""What the text of a cell means: yes and no, whole numbers, days; what is allowed last and refused first."""

from datetime import date

import polars as pl
import pytest

from highneeds.intake.sen2.cells import DTYPES, Unreadable, day, flag, read_cells, reader_for, whole
from highneeds.intake.sen2.fields import CellKind, Field
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


LOST = "a spreadsheet wrote it as 1.01E+07 and its digits are lost"
LISTED = {"codes": frozenset({"Y", "4", "ASD"})}
OF_A_PERSON = {"module": "persons", "codes": frozenset("MF")}
OPEN = {"width": 4}
COUNCIL = {"width": 9, "or_day": True}


@pytest.mark.parametrize(
    ("about", "text", "found"),
    [
        (LISTED, "y", "Y"),
        (LISTED, "asd", "ASD"),
        (LISTED, "04", "4"),
        (LISTED, "4.0", "4"),
        (LISTED, "+4", "4"),
        (LISTED, "17", "17"),
        (LISTED, "007", "7"),
        (LISTED, "x", "X"),
        (LISTED, "123", "not in the code list"),
        (LISTED, "ab", "not in the code list"),
        (LISTED, "4e2", LOST),
        (LISTED, "2024-09-01", "not in the code list"),
        (OF_A_PERSON, "m", "M"),
        (OF_A_PERSON, "x", "not in the code list"),
        (OF_A_PERSON, "1", "not in the code list"),
        (OPEN, "0123", "0123"),
        (OPEN, "123.0", "123"),
        (OPEN, "1234", "1234"),
        (OPEN, "123a", "123A"),
        (OPEN, "12345", "not a code of this field"),
        (OPEN, "1234a", "not a code of this field"),
        (OPEN, "a", "A"),
        (OPEN, "ab", "not a code of this field"),
        (OPEN, "1ab", "not a code of this field"),
        (OPEN, "2024-09-01", "not a code of this field"),
        ({"width": 8}, "1.01e+07", LOST),
        ({"width": 8}, "101E7", LOST),
        (COUNCIL, "1/9/2024", "2024-09-01"),
        (COUNCIL, "20240901", "20240901"),
        (COUNCIL, "of 1 May", "not a date"),
        (COUNCIL, "123456789", "123456789"),
        (COUNCIL, "1234567890", "not a code of this field"),
    ],
)
def test_a_code_of_an_item(about: dict[str, object], text: str, found: str) -> None:
    reader = reader_for(Field(**{"module": "needs", "column": "x", "name": "x", "kind": CellKind.CODE, **about}))
    try:
        read = reader(text)
    except Unreadable as reason:
        read = str(reason)
    assert read == found


@pytest.mark.parametrize(
    ("kind", "texts", "values", "bad"),
    [
        (CellKind.DAY, ["1/2/2025", " ", None, "x"], [date(2025, 2, 1), None, None, None], {"x": "not a date"}),
        (CellKind.FLAG, ["y", "N", "maybe"], [True, False, None], {"maybe": "neither yes nor no"}),
        (CellKind.WHOLE, [" 7 ", "7", "x"], [7, 7, None], {"x": "not a whole number in range"}),
        (CellKind.TEXT, ["anything", " ", None, ""], [True, False, False, False], {}),
        (CellKind.TEXT, [None, ""], [False, False], {}),
        (CellKind.CODE, ["886", None], ["886", None], {}),
        (CellKind.WHOLE, ["", None], [None, None], {}),
        (CellKind.DAY, [], [], {}),
    ],
)
def test_a_column_is_read_by_its_kind(kind, texts, values, bad) -> None:
    column = pl.Series("from", texts, dtype=pl.String)
    read, unreadable = read_cells(column, Field("needs", "x", "x", kind))
    assert (read.name, read.to_list(), unreadable) == ("from", values, bad)
    assert read.dtype == DTYPES[kind]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2025.1.2", "2025-01-02"),
        ("2025/January/2", "2025-01-02"),
        ("2 JAN 2025 9:05 pm", "2025-01-02"),
        ("2025-01-02T09:05:06.123+00:00", "2025-01-02"),
        ("2025-01-02 09:05-0100", "2025-01-02"),
        ("2025-01-02 9", "not a date"),
        ("2025-12-31", "2025-12-31"),
        ("2025-01-31x", "not a date"),
        ("1/2/25", "not a date"),
        ("1000", "1902-09-26"),
        ("999", "not a date"),
        ("99999", "the year is not between 1900 and 2100"),
        ("100000", "not a date"),
        ("1 ja 2025", "not a date"),
    ],
)
def test_the_ways_in_which_a_day_is_written(text: str, read: str) -> None:
    try:
        found = day(text).isoformat()
    except Unreadable as reason:
        found = str(reason)
    assert found == read
