"""A register as an Excel workbook: guidance, rows with lists and validation, and the reading of it."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from highneeds.intake.csvfile import CsvFile, CsvRow
from highneeds.intake.sen2.sources import refuse_workbook_bomb
from highneeds.intake.text import read_bytes
from highneeds.registers.mechanism.column import Column, Kind
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.printable import printable

if TYPE_CHECKING:
    from highneeds.registers.mechanism.register import Register

ROWS, LISTS, GUIDANCE = "Rows", "Lists", "Guidance"
VALIDATED = 2_000
"""Rows below the header that get lists and validation."""
REQUIRED_WORD = " (required)"
YES_NO = {"yes": "Yes", "no": "No"}


def template_workbook(register: "Register") -> bytes:
    """The empty workbook with its worked example."""
    return rows_workbook(register, register.example)


def rows_workbook(register: "Register", rows: Sequence[Mapping[str, str]]) -> bytes:
    """The workbook with these rows, to be filled in further and read back: sheets Guidance, Rows and Lists."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": register.title, "created": datetime(2025, 1, 1)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF2", "border": 1})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    _guidance(book.add_worksheet(GUIDANCE), register, bold, wrap)
    lists = {column.name: column.codes or YES_NO for column in register.columns if _listed(column)}
    _rows(book, register, rows, head, lists)
    _lists(book.add_worksheet(LISTS), lists, bold)
    book.close()
    return out.getvalue()


def _listed(column: Column) -> bool:
    return column.kind in (Kind.CODE, Kind.YES_NO)


def guidance(register: "Register") -> list[tuple[str, str]]:
    """The lines of the sheet Guidance: what is said, and its heading."""
    kept = f"Kept by {_roles(register.kept_by)}" + (
        f"; decided by {_roles(register.decides)}" if register.decides else ""
    )
    lines = [
        ("Purpose", register.help),
        ("One row is", register.unit),
        ("Who", kept),
        ("When", register.used or "As needed"),
    ]
    lines += [
        (
            column.name,
            f"{column.title}. {column.kind.value}{', required' if column.required else ''}. {column.help}".strip(),
        )
        for column in register.columns
    ]
    lines += [(f"{column.name}: {code}", words) for column in register.columns for code, words in column.codes.items()]
    lines += [(rule.code, f"{rule.title}. {rule.fix}") for rule in register.rules]
    lines += [(rule.code, f"{rule.title}. {rule.fix}") for rule in register.whole_rules]
    return lines


def _roles(names: str) -> str:
    return ", ".join(name.replace("_", " ") for name in names.split()) or "anybody"


def _guidance(sheet: Any, register: "Register", bold: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    sheet.write(0, 0, register.title, bold)
    for line, (heading, words) in enumerate(guidance(register), 2):
        sheet.write_string(line, 0, heading, bold)
        sheet.write_string(line, 1, words, wrap)


def _rows(book: Any, register: "Register", rows: Sequence[Mapping[str, str]], head: Any, lists: dict[str, Any]) -> None:
    sheet = book.add_worksheet(ROWS)
    sheet.freeze_panes(1, 1)
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(register.columns):
        sheet.set_column(place, place, 18, text)
        sheet.write_string(0, place, column.name + (REQUIRED_WORD if column.required else ""), head)
        sheet.data_validation(1, place, max(VALIDATED, len(rows)), place, _validation(column, place, lists))
        for line, row in enumerate(rows, 1):
            if cell := row.get(column.name, ""):
                sheet.write_string(line, place, cell, text)


def _validation(column: Column, place: int, lists: dict[str, Any]) -> dict[str, Any]:
    """Lists warn of anything else; the other kinds say how to write them, for cells are text and stay as typed."""
    from xlsxwriter.utility import xl_col_to_name

    hint = {"input_title": column.title[:32], "input_message": _hint(column)[:255], "error_type": "warning"}
    if column.name in lists:
        own = list(lists).index(column.name)
        letters = xl_col_to_name(own * 2)
        return {"validate": "list", "source": f"={LISTS}!${letters}$2:${letters}${len(lists[column.name]) + 1}", **hint}
    if column.kind in (Kind.WHOLE, Kind.NUMBER, Kind.POUNDS):
        cell = f"{xl_col_to_name(place)}2"
        return {"validate": "custom", "value": f"=ISNUMBER(VALUE({cell}))", **hint}
    if column.kind is Kind.DAY:
        return {"validate": "custom", "value": f"=ISNUMBER(DATEVALUE({xl_col_to_name(place)}2))", **hint}
    return {"validate": "any", **hint}


def _hint(column: Column) -> str:
    how = {
        Kind.DAY: "Write it as 2025-01-31.",
        Kind.MONTH: "Write it as 2025-01.",
        Kind.FINANCIAL_YEAR: "Write it as 2024-25.",
        Kind.SCHOOL_YEAR: "Write it as 2024/25.",
        Kind.POUNDS: "Pounds and pence, such as 1234.50.",
        Kind.WHOLE: "A whole number.",
        Kind.NUMBER: "A number.",
    }.get(column.kind, "Choose from the list." if _listed(column) else "")
    return " ".join(part for part in (column.help, how) if part) or column.title


def _lists(sheet: Any, lists: dict[str, Any], bold: Any) -> None:
    for place, (name, codes) in enumerate(lists.items()):
        sheet.set_column(place * 2, place * 2 + 1, 24)
        sheet.write_string(0, place * 2, name, bold)
        sheet.write_string(0, place * 2 + 1, "in words", bold)
        for line, (code, words) in enumerate(codes.items(), 1):
            sheet.write_string(line, place * 2, code)
            sheet.write_string(line, place * 2 + 1, words)


def read_workbook(path: Place, register: "Register") -> CsvFile:
    """The sheet Rows as rows of text. A workbook without it, with other columns or with a formula that has no result is
    refused."""
    return workbook_rows(read_bytes(path), path.name, register)


def workbook_rows(data: bytes, file: str, register: "Register") -> CsvFile:
    """As read_workbook, on bytes."""
    from python_calamine import CalamineError, CalamineWorkbook

    from highneeds.intake.csvfile import check_columns

    refuse_workbook_bomb(data, file)
    _refuse_without_result(data, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as problem:
        raise InputError("This is no Excel workbook", where=file, remedy="Save it as .xlsx or CSV") from problem
    if ROWS not in book.sheet_names:
        raise InputError(f"The workbook has no sheet {ROWS}", where=file, remedy="Start from the template")
    cells = book.get_sheet_by_name(ROWS).to_python(skip_empty_area=False)
    place = f"{file} sheet {ROWS}"
    head = [str(cell).strip().removesuffix(REQUIRED_WORD) for cell in (cells[0] if cells else [])]
    while head and not head[-1]:
        head.pop()
    optional = [column.name for column in register.columns if not column.required]
    check_columns(tuple(head), place, register.required, optional)
    rows = [
        CsvRow(place, line, {name: _text(cell, register.by_name[name]) for name, cell in zip(head, row, strict=False)})
        for line, row in enumerate(cells[1:], 2)
        if any(str(cell).strip() for cell in row)
    ]
    return CsvFile(place, tuple(head), tuple(rows))


_WITHOUT_RESULT = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?:[^>]* t="e"|[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>)'
)
"""A cell that shows an error, or that holds a formula and not what it comes to."""


def _refuse_without_result(data: bytes, file: str) -> None:
    """Excel and Calc keep what a formula comes to. Other programs do not, and the cell would read as empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            hit = _WITHOUT_RESULT.search(archive.read(name)) if _SHEET.fullmatch(name) else None
            if hit:
                raise InputError(
                    f"Cell {hit[1].decode()} holds a formula that has no result",
                    where=file,
                    remedy="Put it right in Excel and save the file, or write the value in its place",
                )


_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def _text(cell: Any, column: Column) -> str:
    """A cell as a person would have typed it: whole numbers without a point, days as 2025-01-31."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if column.kind is Kind.MONTH else cell.isoformat()
    return printable(str(cell)).strip()
