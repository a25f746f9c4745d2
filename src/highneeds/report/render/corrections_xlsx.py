"""The corrections sheet as a workbook: what is known is locked in grey, what is to be filled is white and text."""

import io

import xlsxwriter

from highneeds.checks.sen2.corrections_sheet import (
    COLUMNS,
    OTHER_ITEM,
    OTHER_RIGHT,
    RIGHT,
    STANDS,
    TO_FILL,
)
from highneeds.report.render.findings_xlsx import MADE, SHEET_ROWS
from highneeds.vocabulary.table import Table

WIDTHS = {
    "return": 24, "row": 18, "record": 10, "case": 14, "rule": 10, "severity": 10, "where": 34, "item": 20, "now": 16,
    "what is wrong": 60, "what to do": 50, RIGHT: 18, OTHER_ITEM: 18, OTHER_RIGHT: 18, STANDS: 12,
}  # fmt: skip
HOW = {
    RIGHT: "What the item has to be, as the return writes it: a day as 2025-01-31, a code as the guide has it. Write "
    "(empty) where it has to be empty. Leave it empty where you have nothing to say.",
    OTHER_ITEM: "If another item of the same row is wrong: its name, such as startdate.",
    OTHER_RIGHT: "What that other item has to be.",
    STANDS: "yes, where what is there is right.",
}


def corrections_workbook(sheet: Table) -> bytes:
    """One sheet, the columns to fill at the right. The same sheet gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "SEN2 corrections", "created": MADE})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    known = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F3F2F1"})
    to_fill = book.add_format({"num_format": "@", "valign": "top", "border": 1, "border_color": "#B1B4B6"})
    page = book.add_worksheet("Corrections")
    page.write_row(0, 0, sheet.columns, head)
    page.freeze_panes(1, 4)
    for across, column in enumerate(COLUMNS):
        page.set_column(across, across, WIDTHS[column], to_fill if column in TO_FILL else None)
        if column in HOW:
            page.write_comment(0, across, HOW[column], {"x_scale": 2.5})
    rows = sheet.rows[:SHEET_ROWS]
    for down, row in enumerate(rows, start=1):
        for across, cell in enumerate(row):
            page.write(down, across, cell or None, to_fill if COLUMNS[across] in TO_FILL else known)
    page.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    book.close()
    return out.getvalue()
