"""Findings as a workbook for the teams that put them right: one sheet an owner, local references only."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from highneeds.checks.finding import FINDING_COLUMNS, Finding, Severity

MADE = datetime(2025, 1, 1)  # a fixed stamp, so that the same findings give the same bytes
WIDTHS = {"rule": 9, "severity": 10, "file": 34, "line": 7, "record": 12, "field": 24, "message": 70, "fix": 60}
SHEET_ROWS = 1_048_575


def findings_workbook(lists: Mapping[str, Sequence[Finding]]) -> bytes:
    """A sheet of counts, then one sheet for each owner with a column to tick off."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "SEN2 findings by owner", "created": MADE})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    names = _sheet_names(lists)
    _counts(book, head, lists)
    for owner, findings in lists.items():
        _sheet(book, head, wrapped, names[owner], findings)
    book.close()
    return out.getvalue()


def _counts(book: xlsxwriter.Workbook, head: object, lists: Mapping[str, Sequence[Finding]]) -> None:
    sheet = book.add_worksheet("Counts")
    sheet.write_row(0, 0, ("Owner", "Must fix", "Query", "Note"), head)
    sheet.set_column(0, 0, 30)
    for down, (owner, findings) in enumerate(lists.items(), start=1):
        counts = [sum(one.severity == severity for one in findings) for severity in Severity]
        sheet.write_row(down, 0, (owner, *counts))


def _sheet(book: xlsxwriter.Workbook, head: object, wrapped: object, name: str, findings: Sequence[Finding]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, (*FINDING_COLUMNS, "done"), head)
    sheet.freeze_panes(1, 0)
    for across, column in enumerate(FINDING_COLUMNS):
        sheet.set_column(across, across, WIDTHS[column])
    kept = findings[:SHEET_ROWS]
    for down, one in enumerate(kept, start=1):
        cells = (one.rule, one.severity.value, one.file, one.line, one.record, one.field, one.message, one.fix)
        for across, cell in enumerate(cells):
            sheet.write(down, across, cell, wrapped)
    sheet.autofilter(0, 0, max(len(kept), 1), len(FINDING_COLUMNS))


def _sheet_names(lists: Mapping[str, Sequence[Finding]]) -> dict[str, str]:
    """Excel allows 31 characters and not all of them; names that fall together get a number."""
    names: dict[str, str] = {}
    for owner in lists:
        plain = re.sub(r"[\[\]:*?/\\']", " ", owner).strip()[:27] or "Owner"
        taken = {name.lower() for name in names.values()} | {"counts"}
        number, name = 1, plain
        while name.lower() in taken:
            number, name = number + 1, f"{plain} {number + 1}"
        names[owner] = name
    return names
