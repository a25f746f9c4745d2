"""What a return says of itself, what of it is refused, and which day it gets where it says none."""

from datetime import date

import polars as pl
import pytest

from highneeds.intake.sen2.header import read_header, two_headers
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import ReadingNote, ReturnHeader
from highneeds.vocabulary.errors import InputError


def module(file, columns, *rows):
    """A module as text, its rows from line 2 on."""

    def load():
        frame = pl.DataFrame(rows, schema=dict.fromkeys(columns.split(), pl.String), orient="row")
        return frame.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("line"))

    return RawModule(file, tuple(columns.split()), load)


def headed(columns, *rows):
    return RawReturn("csv", "folder", {"header": module("sen2.csv", columns, *rows)})


WHOLE = "Collection YEAR ReferenceDate Lea SoftwareCode Release SerialNo DateTime"
SAID = ("Special Educational Needs", "SEN2 of 2024", " 18/01/2024 ", "886.0", "Ours", "3", "7", "2024-02-01T10:00:00")


def test_everything_that_a_header_says_is_kept():
    assert read_header(headed(WHOLE, (None,) * 8, SAID)) == (
        ReturnHeader(
            reference_date=date(2024, 1, 18),
            year=2024,
            council="886",
            collection="Special Educational Needs",
            software="Ours",
            release="3",
            serial_no="7",
            created="2024-02-01T10:00:00",
            file="sen2.csv",
            line=3,
        ),
        (),
    )


def test_a_header_that_says_its_day_alone_has_nothing_else():
    found, notes = read_header(headed("referencedate", ("2025-01-16",)), date(2025, 1, 16))
    assert found == ReturnHeader(reference_date=date(2025, 1, 16), year=2025, collection="", file="sen2.csv", line=2)
    assert notes == ()


def test_the_same_header_several_times_is_said():
    _, notes = read_header(headed("referencedate lea release", *[("2025-01-16", "886", str(n)) for n in range(3)]))
    assert notes == (ReadingNote("header", "header", "", "sen2.csv holds its header 3 times", 2),)


REMEDY = "Write the census day or the day of the extract there, such as 2025-01-16."
OF_SEN2 = "Give the SEN2 return of the council."
ONE_RETURN = "Give the files of one return, as they were exported."


@pytest.mark.parametrize(
    ("columns", "rows", "says"),
    [
        ("lea", [("886",)], f"sen2.csv line 2: The header has no reference date. {REMEDY}"),
        ("referencedate", [("soon",)], f"sen2.csv line 2: The reference date is not a date. {REMEDY}"),
        (
            "referencedate",
            [("2025-01-15",)],
            "sen2.csv line 2: The header says 2025-01-15, and --as-at 2025-01-16. Leave --as-at out, or correct it.",
        ),
        (
            "referencedate collection",
            [("2025-01-16", "School Census")],
            f"sen2.csv line 2: This is a return of 'School Census' and not of SEN2. {OF_SEN2}",
        ),
        (
            "referencedate collection",
            [("2025-01-16", "Khan")],
            f"sen2.csv line 2: This is a return of another collection and not of SEN2. {OF_SEN2}",
        ),
        (
            "referencedate collection",
            [("2025-01-16", "school census " * 2 + "school census")],
            f"sen2.csv line 2: This is a return of another collection and not of SEN2. {OF_SEN2}",
        ),
        (
            "referencedate lea",
            [("2025-01-16", "886"), ("2025-01-16", "886"), ("2025-01-16", "887")],
            f"sen2.csv line 4: There are two headers, one of 886 and one of 887. {ONE_RETURN}",
        ),
        (
            "referencedate collection year",
            [("2025-01-16", "SEN2", "2025"), ("2025-01-16", "Khan SEN2", "2025")],
            f"sen2.csv line 3: There are two headers, one of SEN2 and one of something else. {ONE_RETURN}",
        ),
    ],
)
def test_what_of_a_header_is_refused(columns, rows, says):
    with pytest.raises(InputError) as refused:
        read_header(headed(columns, *rows), date(2025, 1, 16))
    assert refused.value.sentence == says


FORTY = "school census " * 2 + "all schools"


@pytest.mark.parametrize(("said", "shown"), [(f"{FORTY}2", f"{FORTY}2"), (f"{FORTY}21", "something else")])
def test_of_two_headers_forty_signs_are_said(said, shown):
    assert two_headers(said, "2025", "f line 1").what == f"There are two headers, one of {shown} and one of 2025"
    collection = shown if shown != said else f"'{said}'"
    with pytest.raises(InputError, match=f"a return of {collection.replace('something else', 'another collection')} "):
        read_header(headed("referencedate collection", ("2025-01-16", said)))


def without(form, header=None, **columns):
    """A return of one request, assessment and placement with these days, in a form of its own."""
    found = {name: module(f"{name}.csv", "id " + column, ("1", text)) for name, (column, text) in columns.items()}
    return RawReturn(form, "given.xlsx", found | ({"header": header} if header else {}))


@pytest.mark.parametrize(
    ("columns", "day"),
    [
        ({"requests": ("receiveddate", " 2025-01-16 ")}, date(2025, 1, 16)),
        ({"requests": ("receiveddate", "2025-01-17")}, date(2026, 1, 15)),
        ({"requests": ("requestoutcomedate", "2024-12-01")}, date(2025, 1, 16)),
        ({"requests": ("receiveddate", "2023-05-01"), "placements": ("entrydate", "2024-05-01")}, date(2025, 1, 16)),
        ({"requests": ("receiveddate", "x"), "assessments": ("assessmentoutcomedate", "2022-5-1")}, date(2023, 1, 19)),
    ],
)  # fmt: skip
def test_a_form_without_header_is_of_the_census_day_after_its_last_event(columns, day):
    for form, begins in (("workbook", "The workbook has"), ("ssd", "The Standard Safeguarding Dataset has")):
        words = f"{begins} no header: {day} is taken, the census day after its last event"
        expected = ReturnHeader(reference_date=day, year=day.year, file="given.xlsx")
        assert read_header(without(form, **columns)) == (expected, (ReadingNote("header", "header", "", words, 1),))


def test_a_form_without_header_is_of_the_day_that_is_asked_for():
    found = read_header(without("workbook", requests=("receiveddate", "2025-01-16")), date(2024, 11, 30))
    words = "The workbook has no header: 2024-11-30 is taken, as asked"
    expected = ReturnHeader(reference_date=date(2024, 11, 30), year=2024, file="given.xlsx")
    assert found == (expected, (ReadingNote("header", "header", "", words, 1),))


MISSING = (
    "given.xlsx: The header (module sen2) with the reference date is missing. "
    "Give the file whose name ends in _sen2.csv with the others."
)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (without("csv", requests=("receiveddate", "2025-01-16")), MISSING),
        (without("workbook", requests=("receiveddate", "x"), needs=("sentype", "ASD")), MISSING),
        (without("workbook"), MISSING),
        (
            without("csv", module("sen2.csv", "referencedate", (" ",)), requests=("receiveddate", "2025-01-16")),
            "sen2.csv: The header has no row, so nothing says of which day the return is. "
            "Export it again; its one row holds the reference date.",
        ),
    ],
)
def test_where_nothing_says_of_which_day_a_return_is_it_is_refused(raw, says):
    with pytest.raises(InputError) as refused:
        read_header(raw)
    assert refused.value.sentence == says


def test_a_workbook_whose_header_has_no_row_is_of_its_last_event():
    header = module("w.xlsx sheet Header", "referencedate", (None,))
    found, _ = read_header(without("workbook", header, requests=("receiveddate", "2025-01-16")))
    assert found.reference_date == date(2025, 1, 16)
