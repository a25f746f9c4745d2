"""A workbook as sheets of cells, cell by cell: numbers as they are shown, merged cells, remarks and what is hidden."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill

from highneeds.intake.spreadsheet.grid import UNWORKED, Grid, GridCell, read_grids, sheet_of
from highneeds.intake.spreadsheet.table import find_table
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore


def grids(name, data):
    return read_grids(documents(MemoryStore({name: data})) / name)


def book(change):
    made = openpyxl.Workbook()
    made.active.title = "One"
    change(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def solid(colour):
    return PatternFill("solid", fgColor=colour)


def test_each_kind_of_cell():
    def fill(sheet):
        sheet.append(["  two  words ", 0.1 + 0.2, 0.482, 1200, datetime(2025, 1, 31, 12), True, "=1+1"])
        sheet["C1"].number_format, sheet["D1"].number_format, sheet["E1"].number_format = "0.0%", "£#,##0", "d-mmm"
        sheet["A1"].fill, sheet["B1"].fill, sheet["D1"].fill = solid("FFFF00"), solid("FFFFFF"), solid(Color(theme=4))
        sheet["C1"].fill = PatternFill("gray125")

    [grid] = grids("k.xlsx", book(fill))
    assert grid.rows == (
        (
            GridCell("two words", where="One!A1", form="General", coloured=True),
            GridCell("0.3", Decimal("0.3"), form="General", where="One!B1"),
            GridCell("48.2%", Decimal("48.2"), True, form="0.0%", where="One!C1"),
            GridCell("1200", Decimal(1200), form="£#,##0", where="One!D1", coloured=True),
            GridCell("2025-01-31", day=date(2025, 1, 31), form="d-mmm", where="One!E1"),
            GridCell("True", where="One!F1", form="General"),
            GridCell(problem=UNWORKED, where="One!G1"),
        ),
    )
    assert (grid.file, grid.name, grid.hidden, grid.remarks, grid.width) == ("k.xlsx", "One", False, (), 7)
    assert [cell.is_empty for cell in (GridCell(), GridCell("x"), GridCell(problem="x"))] == [True, False, False]
    assert Grid("f", "", ()).width == 0


def test_a_merged_cell_says_the_same_in_all_its_parts():
    def fill(sheet):
        sheet["B2"] = "over both"
        sheet.merge_cells("B2:C3")
        sheet["A1"] = "x"

    [grid] = grids("k.xlsx", book(fill))
    one = GridCell("over both", where="One!B2", form="General", merged=True)
    parts = [[cell for cell in row if cell.text == "over both"] for row in grid.rows]
    assert parts == [
        [],
        [one, replace(one, where="One!C2")],
        [replace(one, where="One!B3"), replace(one, where="One!C3")],
    ]


def test_what_the_eye_sees_and_no_cell_says():
    def fill(sheet):
        sheet.append(["KPI", "Apr-24", "May-24"])
        sheet.append(["Plans", 1, 2])
        sheet["B2"].comment = Comment("Ann says", "Ann")
        sheet["B2"].fill = sheet["C2"].fill = solid("FF0000")
        for letter in "DEFGHI":
            sheet.column_dimensions[letter].hidden = True
        sheet.row_dimensions[7].hidden = True

    [grid] = grids("k.xlsx", book(fill))
    remarks = (
        ("One!B2", "a remark hangs on this cell, and is not read"),
        ("One, rows 7", "hidden, and read like the others"),
    )
    assert (grid.remarks[0], grid.remarks[-1]) == remarks
    assert all("Ann" not in words for where, words in grid.remarks)
    asides = [(one.where, one.text) for one in find_table([grid]).asides]
    assert asides[0] == ("One!B2", "2 figures on a coloured ground") and ("One, rows 7", "") in asides


def test_of_several_sheets_the_one_with_the_most_figures_is_the_table():
    def sheet(name, *rows):
        cells = tuple(tuple(GridCell(text, where=f"{name}!{place}") for place, text in enumerate(row)) for row in rows)
        return Grid("k.xlsx", name, cells)

    head = ("KPI", "Apr-24", "May-24")
    one = sheet("One", head, ("A", "1", ""), ("B", "2", ""))
    two = sheet("Two", head, ("A", "1", "2"), ("B", "3", ""))
    assert find_table([one, two]).grid is two and find_table([two, one]).grid is two
    assert find_table([one, sheet("Words", ("x",))]).grid is one
    assert sheet_of((one, two), " TWO ") is two
    with pytest.raises(InputError) as refused:
        sheet_of((one, two), "Three")
    assert refused.value.sentence == "k.xlsx: There is no sheet 'Three'. Its sheets are One, Two."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("k.csv", b"", "k.csv: The file is empty. Give the file that holds the table."),
        ("k.xlsx", book(lambda sheet: None), "k.xlsx: The file is empty. Give the file that holds the table."),
        ("k.xls", b"x", "k.xls: The file is not readable as a workbook. Save it again as .xlsx or as CSV."),
        ("k.XLSX", b"x", "k.XLSX: This is not a readable zip or Excel file. Save it again."),
        ("k.ods", b"x", "k.ods: This is not a readable zip or Excel file. Save it again."),
    ],
)
def test_what_is_no_sheet_is_refused(name, data, says):
    with pytest.raises(InputError) as refused:
        grids(name, data)
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("text", "first"),
    [("a,b\n", ["a", "b"]), ("a;b;c,d\n", ["a", "b", "c,d"]), ("a\tb\tc,d\n", ["a", "b", "c,d"]),
     ("a|b|c,d\n", ["a", "b", "c,d"]), ("a\n", ["a"]), ("\n" * 18 + "x\na;b\n" + ",,,,\n" * 9, [])],
)  # fmt: skip
def test_the_sign_between_cells_is_the_commonest_of_the_first_twenty_lines(text, first):
    [grid] = grids("k.csv", text.encode())
    assert [cell.text for cell in grid.rows[0] if cell.text] == first
    assert grid.rows[0][0].where == "line 1, column 1" or not first
    if not first:
        assert [cell.text for cell in grid.rows[19]][:2] == ["a", "b"]
