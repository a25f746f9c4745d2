"""The two workbooks of a return, small ones by hand: what is read of each block and sheet, and what is refused."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from highneeds.intake.sen2 import workbook
from highneeds.intake.sen2.rows import ReadingNote
from highneeds.intake.sen2.workbook import read_workbook
from highneeds.vocabulary.errors import InputError

TEMPLATE = "w.xlsx sheet Data Entry Template"


def book(sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return out.getvalue()


def read(sheets):
    found = read_workbook(book(sheets), "w.xlsx")
    modules = {name: (text.file, text.load().columns, text.load().rows()) for name, text in found.modules.items()}
    return found, modules


HEADER = [["Header Record"], ["Reference Date", "LA Number"], [datetime(2025, 1, 16), 886]]
PERSONS = [
    ["person record", " "],
    [],
    [
        "Person ID (1, 2 ...)",
        "Surname",
        "Sex",
        "surname",
        "Record type",
        "My  own\n" + "column " * 6,
        "LA from header record",
    ],
    [1, "Khan", "F"],
    [],
    [2.0, " Lee ", None, "x"],
]
REQUESTS = [
    ["Requests Records"],
    ["Person ID", "Requests Record ID", "Date request was received", "RYA"],
    [1, 11, datetime(2024, 1, 1), True],
    ["2", "12", 45000],
]
OTHERS = [
    ["Assessments Records"],
    ["Requests Record ID", "Assessment Outcome Date"],
    [11, "2024-05-01"],
    ["Named Plan Records"],
    ["Requests Record ID", "EHC Plan Start Date"],
    [11, "2024-05-01"],
    ["Plan Detail Records"],
    ["Requests Record ID", "URN - Unique Reference Number"],
    [11, 100001],
    [12, 100002],
    ["Placement Detail Records"],
    ["Requests Record ID", "Placement Start Date"],
    [11, "2024-05-01"],
    ["SEN Need Records"],
    ["SEN Type of Need", "Person ID"],
    ["ASD", 1],
]


def active(*reviews):
    titles = ["Requests Record ID", "Annual Review Meeting Date", "EHC Plan Review Decisions Date"]
    return [["Active Plan Records"], titles, *([11, *days] for days in reviews)]


def test_each_block_of_the_template_under_the_names_of_the_return():
    """Ids that the template has not are the request's, or numbers; what is joined by the request has no child's id."""
    found, modules = read({"data entry template": [*HEADER, [], *PERSONS, *REQUESTS, *OTHERS], "Person": [["x"]]})
    file = "w.xlsx sheet data entry template"
    assert (found.form, found.file, found.offered) == ("template", file, None)
    assert modules == {
        "header": (file, ["referencedate", "lea", "line", "sen2tableid"], [("2025-01-16", "886", 3, "1")]),
        "persons": (file, ["persontableid", "surname", "sex", "line"], [("1", "Khan", "F", 8), ("2", "Lee", "", 10)]),
        "requests": (
            file,
            ["persontableid", "requeststableid", "receiveddate", "rya", "line"],
            [("1", "11", "2024-01-01", "1", 13), ("2", "12", "45000", "", 14)],
        ),
        "assessments": (
            file,
            ["requeststableid", "assessmentoutcomedate", "line", "assessmenttableid"],
            [("11", "2024-05-01", 17, "11")],
        ),
        "named_plans": (
            file,
            ["startdate", "line", "assessmenttableid", "namedplantableid"],
            [("2024-05-01", 20, "11", "11")],
        ),
        "plan_details": (
            file,
            ["urn", "line", "namedplantableid", "plandetailtableid"],
            [("100001", 23, "11", "1"), ("100002", 24, "12", "2")],
        ),
        "placements": (
            file,
            ["entrydate", "line", "activeplanstableid", "placementdetailtableid"],
            [("2024-05-01", 27, "11", "1")],
        ),
        "needs": (file, ["sentype", "line", "activeplanstableid", "senneedtableid"], [("ASD", 30, None, "1")]),
    }
    words = "The column {} is not known and not read"
    shown = ("surname", "My own column column column column colum")
    assert found.notes == tuple(ReadingNote("unknown column", "persons", "", words.format(one), 1) for one in shown)


ONE, OTHER = ("2024-07-01", "2024-07-02"), ("2024-07-02", "2024-07-01")
SAME, HALF = ("2024-07-01", "2024-07-01"), ("2024-07-02", "x")


@pytest.mark.parametrize(
    ("reviews", "swapped"),
    [((ONE,), False), ((OTHER,), True), ((ONE, OTHER), False), ((ONE, OTHER, OTHER), True), ((SAME,), False),
     ((SAME, OTHER, HALF), True), ((HALF,), False), ((), False)],
)  # fmt: skip
def test_review_dates_under_each_others_titles_are_exchanged_where_most_stand_the_wrong_way_round(reviews, swapped):
    found, modules = read({"Data Entry Template": [*HEADER, *PERSONS, *REQUESTS, *active(*reviews)]})
    _, columns, rows = modules["active_plans"]
    dates = ["lastreview", "reviewmeeting"] if swapped else ["reviewmeeting", "lastreview"]
    assert columns == ["requeststableid", *dates, "line", "activeplanstableid"]
    assert rows == [("11", *days, 16 + at, "11") for at, days in enumerate(reviews)]
    words = "Meeting and decision dates of reviews stand under each other's title and were exchanged"
    note = ReadingNote("swap", "active_plans", "review_meeting", words, len(reviews))
    assert [one for one in found.notes if one.module != "persons"] == ([note] if swapped else [])


def test_each_sheet_of_the_pre_submission_workbook():
    sheets = {
        "PERSON": [["", ""], ["PersonTableID", "Surname ", "", "Sex"], [1, "Khan"], ["", ""], [2, "Lee", "z", "M"]],
        "Requests": [["RequestsTableID", "personTableId"], [5, 1]],
        "Plan Detail": [["urn"], [1], [2]],
        "Header": [],
        "SEN need": [[" "]],
        "Other": [["x", "x"]],
    }
    found, modules = read(sheets)
    assert (found.form, found.file, found.notes, found.offered) == ("workbook", "w.xlsx", (), None)
    assert modules == {
        "persons": (
            "w.xlsx sheet PERSON",
            ["persontableid", "Surname", "Sex", "line"],
            [("1", "Khan", "", 3), ("2", "Lee", "M", 5)],
        ),
        "requests": ("w.xlsx sheet Requests", ["requeststableid", "persontableid", "line"], [("5", "1", 2)]),
        "plan_details": (
            "w.xlsx sheet Plan Detail",
            ["urn", "line", "namedplantableid", "plandetailtableid"],
            [("1", 2, None, "1"), ("2", 3, None, "2")],
        ),
        "header": ("w.xlsx sheet Header", ["line", "sen2tableid"], []),
        "needs": ("w.xlsx sheet SEN need", ["line", "activeplanstableid", "senneedtableid"], []),
    }


AS_IT_IS = "Use the DfE data entry template as it is."


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], f"{TEMPLATE}: The block Header Record is missing. {AS_IT_IS}"),
        (HEADER, f"{TEMPLATE}: The block Person Record is missing. {AS_IT_IS}"),
        ([*HEADER, *PERSONS], f"{TEMPLATE}: The block Requests Records is missing. {AS_IT_IS}"),
        ([*HEADER, *HEADER], f"{TEMPLATE}: The block Header Record stands there twice. Remove one of them."),
        (
            [*HEADER, PERSONS[0], [" "]],
            f"{TEMPLATE}: The block Person Record has no column titles. Use the DfE template.",
        ),
        (
            [*HEADER, PERSONS[0], [], ["Sex", "Khan", "Lee"]],
            f"{TEMPLATE} line 6: The row under Person Record does not hold its column titles. {AS_IT_IS}",
        ),
        ([*HEADER, PERSONS[0], ["Sex", "Lee"]], f"{TEMPLATE}: The block Requests Records is missing. {AS_IT_IS}"),
        ([*HEADER, ["Person Record", "x"]], f"{TEMPLATE}: The block Person Record is missing. {AS_IT_IS}"),
        (
            [*HEADER, ["Person Record"]],
            f"{TEMPLATE}: The block Person Record has no column titles. Use the DfE template.",
        ),
    ],
)
def test_what_of_a_template_is_refused(rows, says):
    with pytest.raises(InputError) as refused:
        read({"Data Entry Template": rows})
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        (
            {"Requests": [["requeststableid"]]},
            "w.xlsx: There is neither a sheet 'Data Entry Template' nor one called Person. "
            "Give the data entry template or the pre-submission workbook.",
        ),
        (
            {"Person": [["persontableid"]], "Requests": [["upn", "", "a", "upn"]]},
            "w.xlsx sheet Requests line 1: Two columns have the same name. Remove one of them.",
        ),
    ],
)
def test_what_of_a_workbook_is_refused(sheets, says):
    with pytest.raises(InputError) as refused:
        read(sheets)
    assert refused.value.sentence == says


UNREADABLE = "w.xlsx: The workbook cannot be read. Save it again in Excel."


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(InputError) as refused:
        read_workbook(out.getvalue(), "w.xlsx")
    assert refused.value.sentence == UNREADABLE


class PanicException(BaseException):
    """As the reader's Rust side raises it."""


@pytest.mark.parametrize(
    ("problem", "raised"),
    [(PanicException, InputError), (ValueError, InputError), (OSError, InputError), (MemoryError, MemoryError),
     (KeyboardInterrupt, KeyboardInterrupt)],
)  # fmt: skip
def test_what_the_reader_of_workbooks_gives_up_on_is_refused_and_a_stop_is_none(monkeypatch, problem, raised):
    class Reader:
        @staticmethod
        def from_filelike(_):
            raise problem

    monkeypatch.setattr(workbook, "CalamineWorkbook", Reader)
    with pytest.raises(raised) as refused:
        read({"Person": []})
    assert raised is not InputError or refused.value.sentence == UNREADABLE
