"""A Document as an accessible workbook: cover, contents, notes, words, then a table a sheet. Nothing is merged."""

import io
import re
import textwrap
import warnings
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from highneeds.registers.mechanism.column import in_words
from highneeds.report.blocks import DataTable, plain
from highneeds.report.cells import SHORTHAND, Cell
from highneeds.report.document import ReportDocument, Section
from highneeds.report.render.flat import Flat, flat, lines
from highneeds.report.render.number_format import number_format, stored

FONT = {"font_name": "Arial", "font_size": 11, "font_scheme": ""}
A3, A4 = 8, 9  # as Excel numbers its papers
FITS_A4 = 220
"""Letters across that can still be read on A4."""
WIDEST, NARROWEST, COVER = 60, 9, 100
LINE = 15
"""Points of a line of Arial 11."""
BOLD = 0.85
"""So many letters of a head stand where one of the text below stands."""
APART: tuple[dict[str, Any], dict[str, Any]] = ({}, {"align": "left", "indent": 1})
"""Words in a later column stand clear of a number that ends at its edge before them."""
STYLE = "Table Style Light 1"
NUMBER_IN_PARTS = re.compile(r"(\d) (\d+)$")
FIXED_SHEETS = ("Cover", "Contents", "Notes", "Words")


def for_paper(sheet: Worksheet, footer: Sequence[str]) -> None:
    """As it is printed: A4 across, as wide as one page, with whose figures they are under every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    said = " · ".join(footer).replace("&", "&&")
    # the space ends the size of the letters: "&82 councils" would be set in letters of 82 points
    sheet.set_footer(f"&L&8 {said}&R&8 Page &P of &N")


class Book:
    """The workbook being made, with each look made once."""

    def __init__(self, document: ReportDocument) -> None:
        self.document = document
        self.out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = Workbook(self.out, options | {"default_format_properties": dict(FONT)})
        self.looks: dict[str, Any] = {}
        self.sheet_names = sheet_names(document)
        self._describe()

    def look(self, **properties: Any) -> Any:
        """A cell format; the same properties give the same one."""
        key = repr(sorted(properties.items()))
        if key not in self.looks:
            self.looks[key] = self.book.add_format(FONT | {"valign": "top"} | properties)
        return self.looks[key]

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        for_paper(sheet, self.document.footer)
        return sheet

    def _describe(self) -> None:
        document, day = self.document, self.document.date
        self.book.set_properties(
            {
                "title": f"{document.council}: {document.title}, {document.period}",
                "subject": document.summary,
                "author": document.council,
                "comments": " · ".join(document.footer),
                "created": datetime(day.year, day.month, day.day),
            }
        )

    def close(self) -> bytes:
        self.book.close()
        return self.out.getvalue()


def render(document: ReportDocument) -> bytes:
    """Equal documents give equal bytes. A warning of the writer is an error: a table left out is not a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book = Book(document)
        _cover(book)
        _contents(book)
        _notes(book)
        _words(book)
        for section, table in document.tables():
            _table_sheet(book, section, table)
        return book.close()


def sheet_names(document: ReportDocument) -> dict[str, str]:
    """A plain name of at most 31 letters for each table's sheet: 'Dashboard months' for dashboard-months.

    A number of two parts has its point again: 'LSRP no action 7.1' for lsrp-no-action-7-1.
    """
    names: dict[str, str] = {}
    taken = {name.casefold() for name in FIXED_SHEETS}
    for _, table in document.tables():
        plain_name, number = NUMBER_IN_PARTS.sub(r"\1.\2", in_words(table.id.replace("-", "_"))), 1
        name = plain_name[:31].strip()
        while name.casefold() in taken:
            number += 1
            name = f"{plain_name[:27].strip()} {number}"
        taken.add(name.casefold())
        names[table.id] = name
    return names


def _title(book: Book, sheet: Worksheet, words: str, points: int) -> None:
    """The name of a sheet, in a row as tall as its letters."""
    sheet.set_row(0, points * 1.4)
    sheet.write_string(0, 0, words, book.look(bold=True, font_size=points))


def _cover(book: Book) -> None:
    document, sheet = book.document, book.sheet("Cover")
    sheet.set_column(0, 0, COVER)
    _title(book, sheet, document.title, 20)
    said = [
        document.council,
        document.period,
        document.summary,
        f"Dated {document.date_text}",
        *([f"Questions: {document.contact}, {document.council}"] if document.contact else []),
        f"Made by highneeds version {document.version}, run {document.fingerprint}",
        document.data_mark,
        "Each sheet after this one holds one table. The sheet Contents lists them; the sheet Notes explains the marks.",
    ]
    for row, text in enumerate((text for text in said if text), start=1):
        sheet.write_string(row, 0, text, book.look(text_wrap=True))
        sheet.set_row(row, _height([(text, COVER)]))


def _contents(book: Book) -> None:
    sheet = book.sheet("Contents")
    _title(book, sheet, "Contents", 16)
    sheet.write_string(1, 0, "One row for each sheet; the name leads to it.", book.look())
    named = [(name, about, "") for name, about in (("Notes", "Marks and notes"), ("Words", "The words of the report"))]
    named += [(book.sheet_names[table.id], table.title, section.title) for section, table in book.document.tables()]
    columns = ("Sheet", "What it holds", "Section of the report")
    rows = tuple(tuple(Cell.words(text) for text in row) for row in named)
    _write_table(book, sheet, "contents", 3, Flat(columns, rows))
    for row, (name, _, _) in enumerate(named, start=4):
        look = book.look(font_color="#1a65a6", underline=1)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", look, name)


def _notes(book: Book) -> None:
    sheet = book.sheet("Notes")
    _title(book, sheet, "Notes", 16)
    sheet.write_string(1, 0, "What the marks in the tables mean, and what is to be said about the tables.", book.look())
    rows = [(mark, "Every table", words) for mark, words in SHORTHAND.items()]
    for _, table in book.document.tables():
        rows += [("Note", book.sheet_names[table.id], plain(note)) for note in table.notes]
    cells = tuple(tuple(Cell.words(text) for text in row) for row in rows)
    _write_table(book, sheet, "notes", 3, Flat(("Mark", "Sheet", "Meaning"), cells))


def _words(book: Book) -> None:
    sheet = book.sheet("Words")
    _title(book, sheet, "The words of the report", 16)
    sheet.write_string(1, 0, "Every sentence in order, with the tables and charts named in their places.", book.look())
    said = lines(book.document, book.sheet_names)
    rows = tuple((Cell.words(x.section), Cell.words(x.kind), Cell.words(x.text)) for x in said)
    _write_table(book, sheet, "words", 3, Flat(("Section", "Kind", "Text"), rows))


def _table_sheet(book: Book, section: Section, table: DataTable) -> None:
    sheet = book.sheet(book.sheet_names[table.id])
    about = [f"This sheet holds one table. Section of the report: {section.title}."]
    about += [f"Source: {table.source}"] * bool(table.source)
    marks = sorted({cell.shorthand for row in table.rows for cell in row.cells if cell.is_gap})
    about += ["Marks: " + "; ".join(f"{mark} {SHORTHAND[mark]}" for mark in marks) + "."] * bool(marks)
    about += [plain(note) for note in table.notes]
    _title(book, sheet, table.title, 16)
    for row, text in enumerate(about, start=1):
        sheet.write_string(row, 0, text, book.look())
    _write_table(book, sheet, table.id, len(about) + 2, flat(table))


def _write_table(book: Book, sheet: Worksheet, name: str, top: int, laid: Flat) -> None:
    """A marked table with its header in one row; an empty one says so in its first cell."""
    rows = laid.rows or ((Cell.words("Nothing to show"), *(Cell.words(""),) * (len(laid.columns) - 1)),)
    heads = [{"header": head, "header_format": _head(book, across, rows)} for across, head in enumerate(laid.columns)]
    options = {
        "name": "t_" + name.replace("-", "_"),
        "style": STYLE,
        "banded_rows": False,
        "autofilter": False,
        "columns": heads,
    }
    last = len(laid.columns) - 1
    sheet.add_table(top, 0, top + len(rows), last, options)
    sheet.freeze_panes(top + 1, 1)
    quoted = sheet.get_name().replace("'", "''")
    whole = xl_range_abs(top, 0, top + len(rows), last)
    book.book.define_name(name.replace("-", "_"), f"='{quoted}'!{whole}")
    widths = _widths(laid.columns, rows)
    sheet.set_row(top, _height((head, width * BOLD) for head, width in zip(laid.columns, widths, strict=True)))
    for down, row in enumerate(rows, start=top + 1):
        sheet.set_row(down, _height((cell.text, width) for cell, width in zip(row, widths, strict=True)))
        for across, cell in enumerate(row):
            _write_cell(book, sheet, down, across, cell)
    for across, width in enumerate(widths):
        sheet.set_column(across, across, width)
    if sum(widths) > FITS_A4:
        sheet.set_paper(A3)
    sheet.repeat_rows(top)


def _head(book: Book, across: int, rows: Sequence[Sequence[Cell]]) -> Any:
    """The look of a column's head: over numbers at their edge, over words where these begin."""
    numbers = any(number_format(row[across]) is not None and stored(row[across]) is not None for row in rows)
    side = {"align": "right"} if numbers else APART[across > 0]
    return book.look(bold=True, text_wrap=True, bottom=1, **side)


def _write_cell(book: Book, sheet: Worksheet, down: int, across: int, cell: Cell) -> None:
    """A true number with the format that shows the report's text; a gap as its mark; anything else as text."""
    shown = number_format(cell)
    number = stored(cell)
    if shown is not None and number is not None:
        sheet.write_number(down, across, float(number), book.look(num_format=shown, align="right"))
    elif cell.is_gap:
        sheet.write_string(down, across, cell.shorthand, book.look(align="right", font_color="#505a5f"))
    elif cell.href.startswith("http"):
        link = book.look(font_color="#1a65a6", underline=1, text_wrap=True)
        sheet.write_url(down, across, cell.href, link, cell.text)
    elif cell.text:
        sheet.write_string(down, across, cell.text, book.look(text_wrap=True, **APART[across > 0]))


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Points of a row whose words wrap, each in a column so many letters wide: not every program makes room itself."""
    lines = [len(textwrap.wrap(text, int(width))) if len(text) > width else 1 for text, width in texts]
    return LINE * max([1, *lines])


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """Wide enough to read: the longest text of the column, within reason; longer text wraps."""
    longest = [max([len(head) * 0.8, *(len(row[across].text) for row in rows)]) for across, head in enumerate(columns)]
    return [min(WIDEST, max(NARROWEST, width + 2)) for width in longest]
