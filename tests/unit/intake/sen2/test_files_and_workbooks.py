"""Which files of a folder or a zip are looked at, and what the cells of a workbook say."""

import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.sen2.sources import files_in
from highneeds.intake.sen2.workbook import text_of
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY

KEPT = ("a.csv", "b/c.XML", "b/d.xlsx", "e.xlsm")
PASSED_OVER = ("~$d.xlsx", ".hidden.csv", "b/.e.xml", "notes.txt", "b/~$c.csv")


def test_a_folder_and_a_zip_give_the_same_files(tmp_path):
    folder = tmp_path / "folder"
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name in (*KEPT, *PASSED_OVER):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("x")
            archive.writestr(name, "x")
    for given in (folder, tmp_path / "all.zip"):
        assert sorted(one.name for one in files_in([given])) == sorted(name.rpartition("/")[2] for name in KEPT)
    twice = files_in([folder / "a.csv", folder])
    assert [one.name for one in twice].count("a.csv") == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.csv", "none.csv: The file is missing. Check its name and folder."),
        (
            "notes.txt",
            "notes.txt: This kind of file is not read. Save it as CSV, XML or .xlsx, or give a zip of those.",
        ),
        ("empty", "There is no SEN2 file to read. Give the Blade CSV files, an XML return or a workbook."),
    ],
)
def test_what_is_no_file_of_a_return_is_refused(tmp_path, name, says):
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as refused:
        files_in([tmp_path / name])
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("", ""), (" x ", " x "), (True, "1"), (False, "0"), (3.0, "3"), (3.5, "3.5"), (-0.25, "-0.25"),
        (999999999999999.0, "999999999999999"), (1e15, "1000000000000000.0"), (4, "4"),
        (datetime(2025, 1, 31, 12, 30), "2025-01-31"), (date(2025, 1, 31), "2025-01-31"), (time(12, 30), "12:30:00"),
        (timedelta(days=1), ""),
    ],
)  # fmt: skip
def test_a_cell_as_text(value, text):
    assert text_of(value) == text


def test_a_workbook_with_two_columns_of_one_name_is_refused_with_its_sheet(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "w.xlsx")) as book:
        for sheet, heads in (("Person", ("persontableid", "upn", "upn")), ("Requests", ("requeststableid",))):
            book.add_worksheet(sheet).write_row(0, 0, heads)
    with pytest.raises(InputError, match=r"w\.xlsx sheet Person line 1: Two columns have the same name"):
        read_sen2(tmp_path / "w.xlsx", key=KEY)
