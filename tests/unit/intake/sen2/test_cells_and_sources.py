"""Cells of every kind, and files that only look like returns."""

import io
import zipfile
from datetime import date

import polars as pl
import pytest

from highneeds.checks.sen2.check import check
from highneeds.intake.cells_said import form
from highneeds.intake.establishments import classify, read_establishments
from highneeds.intake.sen2 import cells
from highneeds.intake.sen2.fields import CellKind, Field
from highneeds.intake.sen2.header import census_day
from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.sen2.rows import from_people
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY


@pytest.mark.parametrize(
    "text",
    ["2022-Sep-28 00:00:00", "2022-09-28", "28/09/2022", "28-Sep-2022", "28 September 2022", "20220928", "44832",
     "44832.0", "2022-09-28T10:11:12Z", "28/09/2022 00:00"],
)  # fmt: skip
def test_a_date_in_every_form_in_use(text: str) -> None:
    assert cells.day(text) == date(2022, 9, 28)


@pytest.mark.parametrize("text", ["2022-02-30", "2022-13-01", "28/09/22", "yesterday", "1822-01-01", "123", "0", "-1"])
def test_what_is_no_date_is_unreadable(text: str) -> None:
    with pytest.raises(cells.Unreadable):
        cells.day(text)


def read(texts: list[str | None], **field: object) -> tuple[list[object], dict[str, str]]:
    about = Field(**{"module": "requests", "column": "x", "name": "x", "kind": CellKind.CODE, **field})  # type: ignore[arg-type]
    values, bad = cells.read_cells(pl.Series("x", texts, dtype=pl.String), about)
    return values.to_list(), bad


def test_codes_are_in_capitals_without_what_excel_adds() -> None:
    assert read([" y ", "4.0", "04", None, ""], codes=frozenset("Y4")) == (["Y", "4", "4", None, None], {})


def test_an_unknown_code_is_kept_where_it_can_be_nobodys_name_and_nobodys_postcode() -> None:
    values, bad = read(["X", "17", "KHAN", "NG", "ME4", "123", "N/A"], codes=frozenset("YN"))
    assert values == ["X", "17", None, None, None, None, None]
    assert set(bad) == {"KHAN", "NG", "ME4", "123", "N/A"}
    assert read(["886"])[0] == ["886"], "where no codes are known, a code of the right length is one"
    assert read(["LEE"], module="persons", codes=frozenset("MF"))[0] == [None]


def test_the_shape_of_a_cell_tells_nothing_of_it() -> None:
    assert form("Zoë 31/02/2010") == "aaa 99/99/9999"
    assert form("x" * 50) == "a" * 21 + "..."


@pytest.mark.parametrize(("year", "day"), [(2023, 19), (2024, 18), (2025, 16), (2026, 15), (2027, 21)])
def test_census_day_is_the_third_thursday(year: int, day: int) -> None:
    assert census_day(year) == date(year, 1, day)


def classed(**row: object) -> tuple[object, object]:
    columns = {"urn": None, "ukprn": None, "sensetting": None, "sen_unit": None, "resourced_provision": None} | row
    dtypes = {name: pl.Boolean if name in ("sen_unit", "resourced_provision") else pl.String for name in columns}
    return classify(pl.DataFrame([columns], schema=dtypes), SCHOOLS).row(0)


SCHOOLS = None


@pytest.fixture
def schools(tmp_path, monkeypatch):
    lines = [
        "URN,UKPRN,EstablishmentName,TypeOfEstablishment (name),FurtherEducationType (name),CloseDate",
        "1,,A,Academy converter,,",
        "2,10,B,Community special school,,",
        "3,11,C,Further education,Sixth Form College (General),",
        "4,11,D,Special post 16 institution,,01-09-2010",
        "5,12,E,Castle school,,",
    ]
    path = tmp_path / "gias.csv"
    path.write_text("\n".join(lines))
    found = read_establishments(path)
    monkeypatch.setitem(globals(), "SCHOOLS", found)
    return found


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"urn": "1"}, ("MsMdA", True)),
        ({"urn": "1", "sen_unit": True}, ("SENU", True)),
        ({"urn": "1", "resourced_provision": True}, ("RP", True)),
        ({"urn": "2", "resourced_provision": True}, ("SpMdA", True)),
        ({"urn": "9", "ukprn": "10"}, ("unclassed", False)),
        ({"ukprn": "10"}, ("SpMdA", True)),
        ({"ukprn": "11"}, ("6FC", True)),
        ({"urn": "4"}, ("SP16", True)),
        ({"urn": "5"}, ("unclassed", True)),
        ({"sensetting": "EHE"}, ("EHE", None)),
        ({"sensetting": "XXX"}, ("unclassed", None)),
        ({}, (None, None)),
    ],
)
def test_class_of_setting_by_urn_else_ukprn_else_code(row: dict[str, object], expected: tuple[object, object]) -> None:
    assert classed(**row) == expected


def test_a_day_and_a_number_of_places_that_are_none_are_found_not_lost(tmp_path):
    head = "URN,TypeOfEstablishment (name),SchoolCapacity,OpenDate,CloseDate"
    rows = ["1,Free schools,400,01-09-2001,", "2,Free schools,inf,soon,", "3,Free schools,-1,,31-02-2020"]
    (tmp_path / "gias.csv").write_text("\n".join([head, *rows]))
    schools = read_establishments(tmp_path / "gias.csv")
    lost = [[], ["SchoolCapacity", "OpenDate"], ["SchoolCapacity", "CloseDate"]]
    assert schools.frame["unreadable"].to_list() == lost
    found = check(from_people([], reference_date=date(2025, 1, 16)), schools).all
    assert [(one.file, one.line, one.message) for one in found if one.rule == "EST-06"] == [
        ("the list of establishments", 3, "2 cells of SchoolCapacity are no whole number; the first is on line 3"),
        ("the list of establishments", 3, "1 cells of OpenDate are no date; the first is on line 3"),
        ("the list of establishments", 4, "1 cells of CloseDate are no date; the first is on line 4"),
    ]


HEADER = (
    "<Header><CollectionDetails><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails></Header>"
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><M>&x;</M>', "carries a DOCTYPE"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><M/>', "carries a DOCTYPE"),
        ("<a>" * 40, "nested too deeply"),
        (f"<M>{HEADER}<Persons><Person><UPN>{'9' * 20_000}</UPN></Person></Persons></M>", "too much text"),
        (f"<M>{HEADER}<Persons><Person>{'<Requests></Requests>' * 10_001}</Person></Persons></M>", "too many records"),
        ("<M>", "not readable as XML"),
        ("<M><x/></M>", "not a SEN2 return"),
        ('<?xml version="1.0" encoding="klingon"?><M/>', "not readable as XML"),
        ("", "not readable as XML"),
    ],
)
def test_xml_that_is_no_honest_return_is_refused_in_a_sentence(tmp_path, text: str, words: str) -> None:
    (tmp_path / "r.xml").write_text(text)
    with pytest.raises(InputError, match=words):
        read_sen2(tmp_path / "r.xml", key=KEY)


def test_xml_tags_match_without_case_and_variants_are_counted(tmp_path) -> None:
    text = (
        f"<M>{HEADER}<Persons><PERSON><personBIRTHdate>2012-09-01</personBIRTHdate><REQUESTS><receiveddate>2025-01-01"
        "</receiveddate><ActivePlans><WPB>A</WPB><RES>B</RES></ActivePlans></REQUESTS></PERSON></Persons></M>"
    )
    (tmp_path / "r.xml").write_text(text)
    found = read_sen2(tmp_path / "r.xml", key=KEY)
    assert found.active_plans.select("work_based", "residential").rows() == [("A", "B")]
    assert [(note.kind, note.field, note.count) for note in found.notes] == [("spelling", "wbp", 1)]
    assert not found.carries("active_plans", "phase_transfer_due")


def zip_with(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.csv", b"0" * size)
    return out.getvalue()


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path) -> None:
    (tmp_path / "r.zip").write_bytes(zip_with(50_000_000))
    with pytest.raises(InputError, match=r"unpacks to 50,000,000 bytes"):
        read_sen2(tmp_path / "r.zip", key=KEY)


def workbook(sheet: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Person").write(0, 0, "x")
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = sheet.encode() if info.filename.endswith("sheet1.xml") else old.read(info)
            new.writestr(info.filename, data)
    return again.getvalue()


FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


def test_a_workbook_whose_cells_would_fill_the_memory_is_refused_unopened(tmp_path) -> None:
    (tmp_path / "w.xlsx").write_bytes(workbook(FAR))
    with pytest.raises(InputError, match="A sheet reaches to row 1,048,576 and column 16,384"):
        read_sen2(tmp_path / "w.xlsx", key=KEY)


@pytest.mark.parametrize(
    "place",
    [
        pytest.param('r="A99999999"', id="a row of eight digits"),
        pytest.param("r='XFD1048576'", id="single quotes"),
        pytest.param('r = "XFD1048576"', id="spaces"),
        pytest.param('x=">" r="XFD1048576"', id="behind another attribute"),
        pytest.param('r="A&#57;9999999"', id="written as an entity"),
        pytest.param('r="ZZZZ1"', id="a column that Excel has not"),
        pytest.param('r="XFD1048576" x="' + "y" * 2_000_000 + '"', id="longer than a piece"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_far_cell_is_seen_however_it_is_written(tmp_path, place, encoding) -> None:
    """One of these made the reader ask for 45 gigabytes and the process end."""
    text = FAR.replace('r="XFD1048576"', place)
    data = workbook(text)
    if encoding != "utf-8":
        data = with_sheet(data, text.encode(encoding))
    (tmp_path / "w.xlsx").write_bytes(data)
    with pytest.raises(InputError, match=r"reaches to row|unusual encoding|damaged"):
        read_sen2(tmp_path / "w.xlsx", key=KEY)


def with_sheet(data: bytes, sheet: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, sheet if info.filename.endswith("sheet1.xml") else old.read(info))
    return out.getvalue()


def test_a_workbook_that_lies_about_its_size_is_refused_unopened(tmp_path) -> None:
    data = bytearray(workbook("<x>" + "0" * 5_000_000 + "</x>"))
    for place in (data.find(b"xl/worksheets/sheet1.xml"), data.rfind(b"xl/worksheets/sheet1.xml")):
        head = place - 30 if data[place - 30 : place - 26] == b"PK\x03\x04" else place - 46
        at = head + (22 if data[head : head + 4] == b"PK\x03\x04" else 24)
        data[at : at + 4] = (1000).to_bytes(4, "little")
    (tmp_path / "w.xlsx").write_bytes(bytes(data))
    with pytest.raises(InputError, match="larger than it says"):
        read_sen2(tmp_path / "w.xlsx", key=KEY)


@pytest.mark.parametrize("name", ["r.xlsx", "r.zip"])
def test_what_is_no_zip_is_refused(tmp_path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not a zip")
    with pytest.raises(InputError, match="not a readable zip or Excel file"):
        read_sen2(tmp_path / name, key=KEY)


def test_other_files_and_empty_folders_are_refused(tmp_path) -> None:
    with pytest.raises(InputError, match="no SEN2 file to read"):
        read_sen2(tmp_path, key=KEY)
    (tmp_path / "old.xls").write_bytes(b"x")
    with pytest.raises(InputError, match="This kind of file is not read"):
        read_sen2(tmp_path / "old.xls", key=KEY)
    (tmp_path / "gias.csv").write_text("URN,EstablishmentName\n1,x\n")
    with pytest.raises(InputError, match="None of the 1 files is one of a SEN2 return"):
        read_sen2(tmp_path, key=KEY)
