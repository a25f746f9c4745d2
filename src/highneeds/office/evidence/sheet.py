"""A list of a job as an Excel sheet that can be filled in and read back."""

import csv
import io
from datetime import datetime

import xlsxwriter

MADE = datetime(2025, 1, 1)
"""The day that every workbook says it was made on, so that the same list gives the same bytes."""
WIDEST = 60


def sheet_of(listing: str) -> bytes:
    """The rows of a CSV text, every cell as text: Excel turns no code into a date and drops no leading nought."""
    out, rows = io.BytesIO(), list(csv.reader(io.StringIO(listing)))
    book = xlsxwriter.Workbook(out, {"in_memory": True})  # no cell lies in a temporary file
    book.set_properties({"created": MADE})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    page = book.add_worksheet("List")
    for across, column in enumerate(rows[0] if rows else []):
        longest = max(len(row[across]) for row in rows)
        page.set_column(across, across, min(max(longest, 10), WIDEST) + 2, text)
        page.write_string(0, across, column, head)
    for down, row in enumerate(rows[1:], start=1):
        for across, cell in enumerate(row):
            page.write_string(down, across, cell, text) if cell else page.write_blank(down, across, None, text)
    page.freeze_panes(1, 0)
    if rows:
        page.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
    book.close()
    return out.getvalue()
