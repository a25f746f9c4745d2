"""The pieces of a Word file: its styles, its tables, its links and marks, each as the XML that Word reads."""

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import NamespacePrefixedTag, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.shape import CT_Inline
from docx.shared import Mm, Pt, RGBColor

from highneeds.report.blocks import Align, DataTable, Inline, Row, RowKind, Signatures, spans
from highneeds.report.cells import Cell, tag_text
from highneeds.report.charts import draw
from highneeds.report.charts.sparkline import HEIGHT, WIDTH, spark_svg
from highneeds.report.document import ReportDocument, signatures_table
from highneeds.report.render.paper import SMALL_TYPE, TABLE_TYPE
from highneeds.report.render.widths import widths

FONT, QUIET, LINK, BLUE = "Arial", "505A5F", "1A65A6", "12436D"
TINTS = {"blue": "D2E2F1", "green": "CFE4DC", "orange": "FCD6C3", "red": "F4CDC6"}
TWIPS = 1440 / 25.4  # to the millimetre
CELL_EDGE = 45  # twips between the words of a cell and its edge
CLEAR_OF_WORDS = 90  # twips more at the edge of a number that words follow in the next column
SPARK_MM = 0.21  # millimetres to a unit of a line the size of a word
TOGETHER = 12
"""Rows of a table that fits on part of a page, and so is never split over two."""

Element = Any


def element(tag: str, attributes: dict[str, str] | None = None, *children: Element) -> Element:
    """element('w:b'), element('w:jc', {'w:val': 'right'}), with its children inside."""
    name, names = _named(tag)
    made = oxml_parser.makeelement(name, {_qualified(key): value for key, value in (attributes or {}).items()}, names)
    made.extend(children)
    return made


@cache
def _named(tag: str) -> tuple[str, dict[str, str]]:
    """The whole name of a tag and the namespaces it declares. A report has some hundred thousand elements."""
    found = NamespacePrefixedTag(tag)
    return found.clark_name, found.nsmap


_qualified = cache(qn)


def text_run(
    text: str, *, bold: bool = False, italic: bool = False, link: bool = False, raised: bool = False
) -> Element:
    looks = [element("w:b")] * bold + [element("w:i")] * italic
    if link:
        looks += [element("w:color", {"w:val": LINK}), element("w:u", {"w:val": "single"})]
    if raised:
        looks.append(element("w:vertAlign", {"w:val": "superscript"}))
    words = element("w:t", {"xml:space": "preserve"})
    words.text = text
    return element("w:r", {}, element("w:rPr", {}, *looks), words)


def words_of(word: Any, inline: Inline, *, bold: bool = False) -> list[Element]:
    """Spans as runs; a span that leads somewhere as a link around its run."""
    parts = []
    for span in spans(inline):
        run = text_run(span.text, bold=span.bold or bold, italic=span.italic, link=bool(span.href))
        parts.append(linked(word, span.href, run) if span.href else run)
    return parts


def linked(word: Any, href: str, run: Element) -> Element:
    if href.startswith("#"):
        return element("w:hyperlink", {"w:anchor": bookmark_name(href[1:])}, run)
    relation = word.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return element("w:hyperlink", {"r:id": relation}, run)


def bookmark_name(id: str) -> str:
    return id.replace("-", "_")[:40]


def tag_run(cell_text: str, colour: str) -> Element:
    """A level on its colour; a state that is no level is plain grey words."""
    if colour not in TINTS:
        run = text_run(cell_text)
        run.rPr.append(element("w:color", {"w:val": QUIET}))
        return run
    run = text_run(cell_text, bold=True)
    run.rPr.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": TINTS[colour]}))
    return run


def paragraph(style: str, *children: Element, right: bool = False, keep: bool = False, clear: bool = False) -> Element:
    """clear: at the right with room behind it"""
    looks = [element("w:pStyle", {"w:val": style})]
    looks += [element("w:keepNext")] * keep
    looks += [element("w:ind", {"w:right": str(CLEAR_OF_WORDS)})] * clear
    looks += [element("w:jc", {"w:val": "right"})] * right
    return element("w:p", {}, element("w:pPr", {}, *looks), *children)


def picture(word: Any, png: bytes, alt: str, width_mm: float, height_mm: float) -> Element:
    """A run that holds the picture, with its alternative text; `number_pictures` gives it its number."""
    relation, image = word.part.get_or_add_image(io.BytesIO(png))
    inline = CT_Inline.new_pic_inline(0, relation, image.filename, Mm(width_mm), Mm(height_mm))
    inline.docPr.set("descr", alt)
    return element("w:r", {}, element("w:drawing", {}, inline))


def number_pictures(word: Any) -> None:
    """Pictures count from 1 in their order. The library would look through the whole file for each of them."""
    for number, one in enumerate(word.element.iter(qn("wp:docPr")), start=1):
        one.set("id", str(number))
        one.set("name", f"Picture {number}")


def table(word: Any, data: DataTable, width_mm: float, *, small: bool = False) -> Element:
    """A table with a header row that is repeated on every page, named for a screen reader."""
    small = small or data.small
    shares = [round(width * TWIPS) for width in widths(data, width_mm, SMALL_TYPE if small else TABLE_TYPE)]
    style = "TableSmall" if small else "TableText"
    made = element("w:tbl", {}, _table_properties(data, sum(shares)))
    made.append(element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in shares)))
    heads = [
        _cell(paragraph(style, text_run(column.head, bold=True), keep=True, **side), width, "head")
        for column, side, width in zip(data.columns, _sides(data, small), shares, strict=True)
    ]
    made.append(_row(heads, header=True))
    for place, row in enumerate(data.rows, start=1):
        keep = len(data.rows) <= TOGETHER and place < len(data.rows)
        made.append(_data_row(word, data, row, shares, style, keep=keep))
    return made


def signature_table(block: Signatures, width_mm: float) -> Element:
    """Role, a ruled line for name and signature, a ruled line for the day."""
    shares = [round(width_mm * part * TWIPS) for part in (0.34, 0.42, 0.24)]
    data = signatures_table(block)
    made = element("w:tbl", {}, _table_properties(data, sum(shares)))
    made.append(element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in shares)))
    heads = zip(data.columns, shares, strict=True)
    made.append(
        _row([_cell(paragraph("TableText", text_run(c.head, bold=True)), w, "head") for c, w in heads], header=True)
    )
    for one in block.items:
        texts = zip((one.role, one.signed, one.day), shares, strict=True)
        made.append(_row([_cell(paragraph("TableText", text_run(text)), w, "body") for text, w in texts], tall=True))
    return made


def _data_row(word: Any, data: DataTable, row: Row, shares: Sequence[int], style: str, *, keep: bool) -> Element:
    """keep: on one page with the row below it."""
    if row.kind is RowKind.GROUP:
        head = row.cells[0]
        runs = [text_run(head.text, bold=True)]
        if head.assurance:
            runs += [text_run("  "), tag_run(tag_text(head.assurance), head.assurance.colour)]
        return _row([_cell(paragraph(style, *runs, keep=True), sum(shares), "group", across=len(shares))])
    total = row.kind is RowKind.TOTAL
    cells = []
    sides = _sides(data, style == "TableSmall")
    for side, cell, mark, width in zip(sides, row.cells, data.marks(row), shares, strict=True):
        runs = [*_cell_runs(word, cell, total, width), *([text_run(f"[{mark}]", raised=True)] if mark else [])]
        words = paragraph(style, *runs, keep=keep, **side)
        cells.append(_cell(words, width, "total" if total else "body"))
    return _row(cells)


def _cell_runs(word: Any, cell: Cell, bold: bool, width: int) -> list[Element]:
    """width: of the column in twips; a little line is never wider, else its last months are cut off."""
    if cell.assurance:
        return [tag_run(cell.text, cell.assurance.colour)]
    if cell.sparkline:
        png = draw.png(spark_svg(cell.sparkline), 4)
        across = min(WIDTH * SPARK_MM, (width - 2 * CELL_EDGE) / TWIPS)
        return [picture(word, png, cell.text, across, across * HEIGHT / WIDTH)]
    run = text_run(cell.text, bold=bold, link=bool(cell.href))
    under = [element("w:r", {}, element("w:br")), *quiet_run(cell.under)] if cell.under else []
    return [linked(word, cell.href, run) if cell.href else run, *under]


def quiet_run(text: str) -> list[Element]:
    """Words of less weight than those above them."""
    run = text_run(text)
    run.rPr.append(element("w:color", {"w:val": QUIET}))
    return [run]


def _sides(data: DataTable, small: bool) -> list[dict[str, bool]]:
    """Of each column whether it stands at the right, and clear of words that begin in the next one.

    A small table has no room to give away.
    """
    right = [column.align is Align.RIGHT for column in data.columns]
    before_words = [one and not after for one, after in zip(right, [*right[1:], True], strict=True)]
    return [{"right": one, "clear": words and not small} for one, words in zip(right, before_words, strict=True)]


_EDGES: dict[str, dict[str, tuple[str, str]]] = {
    "head": {"bottom": ("8", "0B0B0B")},
    RowKind.BODY: {"bottom": ("4", "B1B4B6")},
    RowKind.GROUP: {"bottom": ("4", "B1B4B6")},
    RowKind.TOTAL: {"top": ("8", "0B0B0B"), "bottom": ("4", "B1B4B6")},
}


def _cell(content: Element, width: int, kind: str, across: int = 1) -> Element:
    return element("w:tc", {}, deepcopy(_cell_looks(width, kind, across)), content)


@lru_cache(maxsize=512)
def _cell_looks(width: int, kind: str, across: int) -> Element:
    looks = [element("w:tcW", {"w:w": str(width), "w:type": "dxa"})]
    looks += [element("w:gridSpan", {"w:val": str(across)})] if across > 1 else []
    edges = [
        element(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": colour})
        for side, (size, colour) in _EDGES[kind].items()
    ]
    looks.append(element("w:tcBorders", {}, *edges))
    if kind == "group":
        looks.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "F3F2F1"}))
    return element("w:tcPr", {}, *looks)


def _row(cells: Sequence[Element], *, header: bool = False, tall: bool = False) -> Element:
    looks = [element("w:cantSplit"), *([element("w:tblHeader")] if header else [])]
    looks += [element("w:trHeight", {"w:val": "700", "w:hRule": "atLeast"})] * tall
    return element("w:tr", {}, element("w:trPr", {}, *looks), *cells)


def _table_properties(data: DataTable, width: int) -> Element:
    margins = [element(f"w:{side}", {"w:w": str(CELL_EDGE), "w:type": "dxa"}) for side in ("left", "right")]
    look = {"w:val": "00A0", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "1", "w:lastColumn": "0"}
    return element(
        "w:tblPr",
        {},
        element("w:tblStyle", {"w:val": TABLE_STYLE}),
        element("w:tblW", {"w:w": str(width), "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", {}, *margins),
        element("w:tblLook", look | {"w:noHBand": "1", "w:noVBand": "1"}),
        element("w:tblCaption", {"w:val": data.title}),
        element("w:tblDescription", {"w:val": f"{data.title}. The first row and the first column are headers."}),
    )


def set_styles(word: Any) -> None:
    """Arial throughout, British English, calm headings, and small styles for tables and notes."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.find(qn("w:lang")).set(qn("w:val"), "en-GB")
    for name, size, before, after, bold in _STYLES:
        _set_style(word.styles[name], size, before, after, bold=bold)
    for name, size, parent in _OWN_STYLES:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles[parent]
        _set_style(style, size, *_SPACING.get(name, (0, 3)), bold=name == "TableTitle")
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.keep_with_next = name == "TableTitle"
    _set_style(word.styles["Caption"], 10, 8, 2, bold=True)
    word.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    word.styles["Quiet"].font.color.rgb = RGBColor.from_string(QUIET)
    word.styles["Title"].element.pPr.remove(word.styles["Title"].element.pPr.find(qn("w:pBdr")))


TABLE_STYLE = "Highneeds"
_STYLES = (
    ("Normal", 10, 0, 6, False),
    ("Title", 20, 0, 0, True),
    ("Heading 1", 15, 12, 5, True),
    ("Heading 2", 11.5, 9, 3, True),
    ("Heading 3", 10, 10, 3, True),
    ("List Bullet", 10, 0, 2, False),
    ("List Number", 10, 0, 2, False),
    ("Header", 8, 0, 4, False),
    ("Footer", 7.5, 0, 0, False),
)
_OWN_STYLES = (
    ("Lead", 12.5, "Normal"),
    ("Quiet", 8, "Normal"),
    ("toc 1", 9.5, "Normal"),
    ("TableTitle", 10, "Normal"),
    ("TableEnd", 4, "Normal"),
    ("TableText", TABLE_TYPE, "Normal"),
    ("TableSmall", SMALL_TYPE, "Normal"),
)


_SPACING = {"TableTitle": (8, 2), "TableText": (1.5, 2), "TableSmall": (1.5, 2), "TableEnd": (0, 0), "toc 1": (0, 1)}


def _set_style(style: Any, size: float, before: float, after: float, *, bold: bool) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string("0B0B0B")
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15


def set_properties(word: Any, document: ReportDocument) -> None:
    """Title, author, language and dates of the file; the day comes from the document, never from a clock."""
    properties, day = word.core_properties, document.date
    properties.title = f"{document.council}: {document.title}, {document.period}"
    properties.subject, properties.author = document.summary, document.council
    properties.last_modified_by, properties.comments = document.council, " · ".join(document.footer)
    properties.language, properties.keywords, properties.revision = document.language, "", 1
    properties.created = properties.modified = datetime(day.year, day.month, day.day)


def page_number(instruction: str) -> Element:
    """A field that Word fills in: PAGE or NUMPAGES."""
    return field(instruction, "1")


def field(instruction: str, shown: str) -> Element:
    """A field with what it shows until Word works it out."""
    return element("w:fldSimple", {"w:instr": instruction}, text_run(shown))


CONTENTS = 'TOC \\o "1-1" \\h \\z \\u'


def contents(titles: Sequence[str]) -> list[Element]:
    """The list of contents as a field: the titles stand in it, and Word adds pages when the field is updated."""
    begin = element("w:fldChar", {"w:fldCharType": "begin", "w:dirty": "true"})
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = CONTENTS
    lines = [paragraph("toc1", text_run(title)) for title in titles]
    first = [begin, instruction, element("w:fldChar", {"w:fldCharType": "separate"})]
    for place, part in enumerate(first):
        lines[0].insert(1 + place, element("w:r", {}, part))
    lines[-1].append(element("w:r", {}, element("w:fldChar", {"w:fldCharType": "end"})))
    return lines


LONGEST_ALT = 250


def short_alt(text: str) -> str:
    """Under 250 characters, cut at a pause: the whole table stands beside the chart."""
    if len(text) < LONGEST_ALT:
        return text
    cut = text[: LONGEST_ALT - 3]
    pause = max(cut.rfind(mark) for mark in ("; ", ". ", ", ", " "))
    return f"{cut[:pause]} …"


def repacked(made: bytes) -> bytes:
    """The same parts in a zip whose dates are fixed, so that equal documents give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
