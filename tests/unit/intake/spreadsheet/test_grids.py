"""What the cells of a file hold, in text, Excel and OpenDocument, and which sheets are read."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from highneeds.intake.spreadsheet.grid import read_grids, sheets_to_read
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

OPEN = "urn:oasis:names:tc:opendocument:xmlns"
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def grids(name, data):
    return read_grids(documents(MemoryStore({name: data})) / name)


def open_document(*rows):
    """One sheet of numbers and words."""

    def cell(value):
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{one}="{OPEN}:{one}:1.0"' for one in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="KPIs">{lines}</table:table></office:spreadsheet>'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
    files = {
        "mimetype": TYPE,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0">{entry}</manifest:manifest>',
        "content.xml": f"<office:document-content {spaces}>{body}</office:body></office:document-content>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


def test_open_document_is_read_by_its_values():
    [grid] = grids("k.ods", open_document(["KPI  of", "Apr-24"], ["A", 2.5]))
    assert [[(cell.text, cell.number, cell.where) for cell in row] for row in grid.rows] == [
        [("KPI of", None, "KPIs!A1"), ("Apr-24", None, "KPIs!B1")],
        [("A", None, "KPIs!A2"), ("2.5", Decimal("2.5"), "KPIs!B2")],
    ]
    with pytest.raises(InputError, match="not readable as a workbook"):
        grids("k.xls", b"no workbook")


def excel(change=lambda book: None):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "KPIs"
    sheet.append(["KPI", date(2025, 1, 31), True])
    sheet.append(["A", 0.482, 1e7])
    sheet["B2"].number_format = "0.0%"
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_of_excel_are_what_a_person_sees():
    [grid] = grids("k.xlsx", excel())
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["KPI", "2025-01-31", "True"],
        ["A", "48.2%", "10000000"],
    ]
    head, share, money = grid.rows[0][1], grid.rows[1][1], grid.rows[1][2]
    assert head.day == date(2025, 1, 31) and head.number is None
    assert (share.number, share.is_percent, share.where) == (Decimal("48.2"), True, "KPIs!B2")
    assert (money.number, money.is_percent) == (Decimal(10_000_000), False) and grid.width == 3


def test_a_sheet_is_found_whatever_its_capitals_and_a_hidden_one_only_by_its_name():
    def with_others(book):
        book.create_sheet("Old").append(["x"])
        book["Old"].sheet_state = "hidden"
        book.create_sheet("Empty")
        book.create_sheet("Notes").append(["y"])

    found = grids("k.xlsx", excel(with_others))
    assert [(one.name, one.hidden) for one in found] == [("KPIs", False), ("Old", True), ("Notes", False)]
    assert [one.name for one in sheets_to_read(found, "")] == ["KPIs", "Notes"]
    assert [one.name for one in sheets_to_read(found, " old ")] == ["Old"]
    assert [one.name for one in sheets_to_read(found[1:2], "")] == ["Old"], "all are hidden"
    with pytest.raises(InputError, match="There is no sheet 'New'"):
        sheets_to_read(found, "New")


@pytest.mark.parametrize("data", [b"", b"\n", b",,\n,\n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(InputError, match="The file is empty"):
        grids("k.csv", data)
