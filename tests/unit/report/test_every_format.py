"""The worked example in every format, each parsed back: the same sections, tables, cells, figures and alternatives."""

import csv as csv_files
import io
import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import docx as word_files
import lxml.etree
import lxml.html
import openpyxl
import pytest
import python_calamine
from docx.oxml.ns import qn

from attack.running import any_text
from highneeds.report.blocks import Answers, ChartBlock, DataTable, Figures, Paragraph, Row, RowKind, plain
from highneeds.report.cells import Cell
from highneeds.report.document import Section, answers_table, figures_table
from highneeds.report.output import rendered
from highneeds.report.render import csv, docx, html, pdf, xlsx
from highneeds.report.render.docx_parts import short_alt
from highneeds.report.render.flat import flat, lines
from highneeds.store.cache import FolderCache
from highneeds.vocabulary.printable import printable
from unit.report import pdf_reader
from unit.report.number_shown import shown
from unit.report.worked_example import worked_example

document = cache(worked_example)
page = cache(lambda: html.render(document()))
paper = cache(lambda: pdf.render(document()))
word = cache(lambda: docx.render(document()))
book = cache(lambda: xlsx.render(document()))
files = cache(lambda: csv.render(document()))
tree = cache(lambda: lxml.html.fromstring(page().decode()))
structure = cache(lambda: pdf_reader.read(paper())[1])


def data_tables() -> list[DataTable]:
    """Every table that is set as a table in every format."""
    own = [block for _, block in document().blocks() if isinstance(block, DataTable)]
    return own + [chart.table for chart in charts()]


def charts() -> list[ChartBlock]:
    return [block for _, block in document().blocks() if isinstance(block, ChartBlock)]


def sparklines() -> list[Cell]:
    return [cell for table in data_tables() for row in table.rows for cell in row.cells if cell.sparkline]


def expected(table: DataTable) -> list[list[str]]:
    """The words of every row as a reader sees them; a little line is left to the test of the alternatives."""
    rows = [[column.head for column in table.columns]]
    for row in table.rows:
        rows.append([_seen(cell, mark) for cell, mark in zip(row.cells, table.marks(row), strict=True)])
        if row.kind is RowKind.GROUP:
            rows[-1] = [_group_words(row)]
    return rows


def _seen(cell: Cell, mark: int | None) -> str:
    return ("" if cell.sparkline else cell.text) + (f"[{mark}]" if mark else "")


def _group_words(row: Row) -> str:
    head = row.cells[0]
    return f"{head.text} {head.assurance.words} ({head.assurance.value})" if head.assurance else head.text


def squeezed(text: str) -> str:
    """Words with single spaces, and a mark close to its figure."""
    return re.sub(r" (?=\[\d+\])", "", " ".join(text.split()))


# The page


def test_page_has_every_cell():
    for table in data_tables():
        found = tree().get_element_by_id(table.id)
        rows = [[_html_words(cell) for cell in row.xpath("./th|./td")] for row in found.xpath(".//tr")]
        assert rows == expected(table), table.id


def _html_words(cell: Any) -> str:
    hidden = cell.xpath(".//*[@class='hidden']")
    text = cell.text_content()
    for part in hidden:
        text = text.replace(part.text_content(), "", 1) if part.text_content() else text
    return squeezed(text)


def test_page_says_why_a_figure_is_missing_to_those_who_cannot_see_it():
    said = [part.text_content() for part in tree().xpath("//span[@data-said]")]
    wanted = [cell.note for table in data_tables() for row in table.rows for cell in row.cells if cell.is_gap]
    assert sorted(said) == sorted(wanted)


def test_page_has_sections_figures_and_answers_in_order():
    titles = [section.title for section in document().sections]
    assert [head.text_content() for head in tree().xpath("//section/h2")] == titles
    words = squeezed(tree().text_content())
    for _, block in document().blocks():
        if isinstance(block, Figures):
            for item in block.items:
                assert squeezed(f"{item.label} {item.cell.text} {plain(item.change)} {item.verdict}".strip()) in words
        if isinstance(block, Answers):
            for answer in block.items:
                assert squeezed(f"{answer.question}{answer.word}{plain(answer.reason)}") in words.replace("\n", "")


def test_page_stands_alone_and_names_its_pictures():
    outside = [a for a in tree().xpath("//@src|//link/@href") if not a.startswith("data:")]
    assert outside == []
    assert tree().xpath("//script") == []
    assert tree().get("lang") == "en-GB"
    assert [image.get("alt") for image in tree().xpath("//img")] == [chart.alt for chart in charts()]


def test_page_has_each_id_once_and_every_link_leads_somewhere():
    ids = tree().xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in tree().xpath("//a/@href") if href.startswith("#")}
    assert inside <= set(ids)


def test_what_stands_in_a_text_never_becomes_markup():
    assert "&lt;b&gt;10%&lt;/b&gt; of *text* is #not mark-up." in page().decode()
    assert "<b>10%</b> of *text* is #not mark-up." in squeezed(structure().words)


# The PDF


def test_pdf_has_every_cell_in_its_structure():
    found = {_first_row(table): table for table in structure().all("Table")}
    assert len(found) == len(structure().all("Table"))
    for table in data_tables():
        rows = [[_pdf_words(cell) for cell in row.all("TH", "TD")] for row in _table_with(table).all("TR")]
        assert rows == expected(table), table.id


def _pdf_words(cell: pdf_reader.Node) -> str:
    return squeezed(cell.words)


def _first_row(table: pdf_reader.Node) -> str:
    """Enough of a table to tell it from the others."""
    return " | ".join(cell.words for row in table.all("TR")[:4] for cell in row.all("TH", "TD"))


def _table_with(table: DataTable) -> pdf_reader.Node:
    wanted = expected(table)[:4]
    for found in structure().all("Table"):
        if [[_pdf_words(cell) for cell in row.all("TH", "TD")] for row in found.all("TR")[:4]] == wanted:
            return found
    raise AssertionError(f"{table.id} is not in the PDF")


def test_pdf_is_tagged_for_everyone():
    made, _ = pdf_reader.read(paper())
    assert bool(made.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in made.Root
    assert str(made.Root.Lang) == "en-GB"
    assert bool(made.Root.ViewerPreferences.DisplayDocTitle)
    with made.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Sandbourne Council: Safety Valve monitoring report, April 2025"


def test_pdf_has_headings_and_alternatives():
    titles = [section.title for section in document().sections]
    assert [head.words for head in structure().all("H2")] == [*titles, "Figures of the charts"]
    assert [head.words for head in structure().all("H1")] == [document().title]
    pictures = [figure.alt for figure in structure().all("Figure")]
    assert sorted(pictures) == sorted([*(chart.alt for chart in charts()), *(cell.text for cell in sparklines())])


def test_pdf_carries_the_figures_and_answers_of_its_first_page():
    words = structure().words
    for _, block in document().blocks():
        if isinstance(block, Figures):
            assert all(f"{item.label} {item.cell.text}" in words for item in block.items)
        if isinstance(block, Answers):
            assert all(f"{item.question} {item.word} {plain(item.reason)}" in words for item in block.items)


def test_pdf_turns_the_dashboard_and_sets_it_in_the_shipped_font():
    made, _ = pdf_reader.read(paper())
    sizes = [(float(p.MediaBox[2]) > float(p.MediaBox[3])) for p in made.pages]
    assert sizes[0] is False
    assert sizes[1] is True
    assert all("LiberationSans" in font for font in pdf_reader.fonts(made))


def test_pdf_sets_nothing_smaller_than_seven_and_a_half_points():
    raised = {5.62, 6.38}  # the marks of notes, three quarters of the text beside them
    assert min(pdf_reader.sizes(paper()) - raised) == 7.5


# Word


def test_word_has_every_cell():
    opened = word_files.Document(io.BytesIO(word()))
    found = {table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): table for table in opened.tables}
    as_tables = [figures_table(b) for _, b in document().blocks() if isinstance(b, Figures)]
    as_tables += [answers_table(b) for _, b in document().blocks() if isinstance(b, Answers)]
    assert len(found) == len(data_tables()) + len(as_tables)
    for table in [*data_tables(), *as_tables]:
        rows = [[_word_words(cell) for cell in row.findall(qn("w:tc"))] for row in found[table.title]._tbl.tr_lst]
        assert rows == expected(table), table.id


def _word_words(cell: Any) -> str:
    return squeezed("".join(text.text or "" for text in cell.iter(qn("w:t"))))


def test_word_has_real_headings_repeated_headers_and_described_pictures():
    opened = word_files.Document(io.BytesIO(word()))
    heads = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert heads == [*(section.title for section in document().sections), "Figures of the charts"]
    assert all(table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None for table in opened.tables)
    pictures = [shape.get("descr") for shape in opened.element.body.iter(qn("wp:docPr"))]
    assert sorted(pictures) == sorted(
        [*(short_alt(chart.alt) for chart in charts()), *(cell.text for cell in sparklines())]
    )
    assert opened.core_properties.title.startswith("Sandbourne Council: Safety Valve monitoring report")
    assert any(section.page_width > section.page_height for section in opened.sections)
    assert opened.sections[0].page_width < opened.sections[0].page_height


def test_every_picture_of_word_has_a_number_of_its_own():
    """Those in the cells of a table too, which had all the number of the last chart before it."""
    opened = word_files.Document(io.BytesIO(word()))
    named = [(shape.get("id"), shape.get("name")) for shape in opened.element.body.iter(qn("wp:docPr"))]
    assert len(sparklines()) > 1
    assert named == [(str(number), f"Picture {number}") for number in range(1, len(named) + 1)]


def test_word_has_contents_captions_a_table_style_and_short_alternatives():
    opened = word_files.Document(io.BytesIO(word()))
    captions = [p for p in opened.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(opened.tables) + len(charts())
    words = ["".join(part.text or "" for part in p._p.iter(qn("w:t"))) for p in captions]
    tables = [text.split(".")[0] for text in words if text.startswith("Table ")]
    assert tables == [f"Table {number}" for number in range(1, len(tables) + 1)]
    assert all(table.style.name == "Highneeds" for table in opened.tables)
    instructions = [part.text for part in opened.element.body.iter(qn("w:instrText"))]
    assert any(text.startswith("TOC") for text in instructions)
    listed = [
        "".join(part.text or "" for part in p._p.iter(qn("w:t"))) for p in opened.paragraphs if p.style.name == "toc 1"
    ]
    assert listed == [section.title for section in document().sections if section.level == 1]
    assert all(len(shape.get("descr")) < 250 for shape in opened.element.body.iter(qn("wp:docPr")))


def test_a_long_alternative_is_cut_at_a_pause():
    assert short_alt("a" * 249) == "a" * 249
    assert short_alt("First part; " + "word " * 60) == "First part; " + ("word " * 47).strip() + " …"


def test_word_links_lead_to_marks_that_exist():
    opened = word_files.Document(io.BytesIO(word()))
    body = opened.element.body
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))}
    assert anchors
    assert anchors <= set(marks)


# The workbook


def test_workbook_shows_the_same_text_for_the_true_number():
    opened = openpyxl.load_workbook(io.BytesIO(book()))
    for _, table in document().tables():
        sheet = opened[xlsx.sheet_names(document())[table.id]]
        top = _table_top(sheet)
        laid = flat(table)
        assert tuple(cell.value for cell in sheet[top]) == laid.columns
        for down, row in enumerate(laid.rows, start=top + 1):
            for cell, wanted in zip(sheet[down], row, strict=True):
                _same(cell, wanted)


def _table_top(sheet: Any) -> int:
    (table,) = sheet.tables.values()
    return int(re.match(r"[A-Z]+(\d+):", table.ref)[1])


def _same(cell: Any, wanted: Cell) -> None:
    if wanted.is_gap:
        assert cell.value == wanted.shorthand
    elif wanted.is_number:
        share = wanted.text.endswith("%")
        assert Decimal(str(cell.value)) == (Decimal(wanted.value) / 100 if share else wanted.value)
        assert shown(cell.value, cell.number_format) == wanted.text
    else:
        assert (cell.value or "") == wanted.text


def test_workbook_is_fit_for_publication():
    opened = openpyxl.load_workbook(io.BytesIO(book()))
    assert opened.sheetnames[:4] == ["Cover", "Contents", "Notes", "Words"]
    assert len(opened.sheetnames) == 4 + len(list(document().tables()))
    for sheet in opened.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert len(sheet.tables) == (0 if sheet.title == "Cover" else 1)
        assert (sheet.freeze_panes is None) == (sheet.title == "Cover"), "the head and the first column stay in sight"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
    assert len(opened.defined_names) == len(opened.sheetnames) - 1, "a name for the range of each table"
    notes = {row[0].value for row in opened["Notes"].iter_rows()}
    assert {"[x]", "[b]", "[n]", "[c]", "[z]"} <= notes


def test_workbook_reads_the_same_in_another_reader():
    opened = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book()))
    rows = opened.get_sheet_by_name("Dashboard").to_python()
    assert sum(len(row) > 3 and str(row[2]).startswith("Indicator ") for row in rows) == 44


def test_workbook_has_every_sentence():
    opened = openpyxl.load_workbook(io.BytesIO(book()))
    words = [tuple(cell.value for cell in row) for row in opened["Words"].iter_rows(min_row=5)]
    assert words == [(line.section, line.kind, line.text) for line in lines(document(), xlsx.sheet_names(document()))]


# CSV


def test_csv_has_every_figure_exactly():
    for _, table in document().tables():
        text = files()[f"{table.id}.csv"].decode("utf-8-sig")
        rows = list(csv_files.DictReader(io.StringIO(text)))
        numbers = [cell for _, row in table.grouped_rows() for cell in row.cells if cell.is_number]
        values = [value for row in rows for name, value in row.items() if name != "shown"]
        found = [Decimal(value) for value in values if re.fullmatch(r"-?\d+(\.\d+)?", value)]
        assert sorted(found) == sorted(Decimal(cell.value) for cell in numbers), table.id


def test_csv_puts_months_below_one_another_with_the_state_of_each():
    rows = list(csv_files.DictReader(io.StringIO(files()["dashboard.csv"].decode("utf-8-sig"))))
    assert len(rows) == 44 * 13
    assert {row["month"] for row in rows} >= {"2024-01", "2025-01"}
    assert {row["state"] for row in rows} == {"reported", "not_reported", "blank", "unavailable"}
    assert all((row["value"] == "") == (row["state"] != "reported") for row in rows)
    assert rows[0]["assurance_level"] == "Off target with plans"


def test_csv_index_names_every_file():
    rows = list(csv_files.DictReader(io.StringIO(files()["index.csv"].decode("utf-8-sig"))))
    assert {row["file"] for row in rows} | {"index.csv"} == set(files())
    assert {row["fingerprint"] for row in rows} == {document().fingerprint}
    assert {row["synthetic"] for row in rows} == {"yes"}


# All of them


@pytest.mark.parametrize("renderer", [html, pdf, docx, xlsx, csv], ids=lambda renderer: renderer.__name__)
def test_equal_documents_give_equal_bytes(renderer: Any, monkeypatch: pytest.MonkeyPatch):
    first = renderer.render(document())
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert renderer.render(worked_example()) == first


def test_every_format_says_whose_it_is_and_of_which_run():
    said = document().footer
    assert "Contains synthetic data" in said
    texts = {
        "page": squeezed(tree().text_content()),
        "word": _footer_of_word(),
        "book": openpyxl.load_workbook(io.BytesIO(book())).properties.description,
        "paper": pdf_reader.footers(paper())[0],
    }
    for name, text in texts.items():
        assert all(part in text for part in said), name


def _footer_of_word() -> str:
    with zipfile.ZipFile(io.BytesIO(word())) as parts:
        name = next(name for name in parts.namelist() if "footer" in name and name.endswith(".xml"))
        return re.sub(r"<[^>]+>", "", parts.read(name).decode())


def test_a_document_that_says_the_same_is_rendered_once(tmp_path):
    kept, one = FolderCache(tmp_path), document()
    first = rendered(one, "html", kept)
    (found,) = tmp_path.iterdir()
    written = found.stat().st_mtime_ns
    assert rendered(one, "html", kept) == first == rendered(one, "html")
    assert found.stat().st_mtime_ns == written
    other = rendered(replace(one, title="Another title"), "html", kept)
    assert b"Another title" in other and len(list(tmp_path.iterdir())) == 2


def test_only_what_is_signed_prints_the_fingerprint_of_its_wording():
    unsigned = replace(document(), fingerprint="0e5d" * 8)
    signed = replace(unsigned, wording="41ab" * 8)
    assert [part for part in unsigned.footer if part.startswith("run")] == ["run 0e5d0e5d0e5d"]
    assert [part for part in signed.footer if part.startswith("run")] == ["run 0e5d0e5d0e5d, text 41ab41ab41ab"]


def test_any_mark_sits_on_any_character():
    """An Arabic vowel after a bracket ended the report: the bracket was looked for in the font of the vowel."""
    chance = random.Random(7)
    texts = [printable(any_text(chance)) for _ in range(150)] + [")\u064b", "]\u0651", "\u27e0\U0001f3fc", ")\u20db"]
    texts += [printable(f"\u060a{on}{mark}") for on in "\u2507💟✅\u1dc2" for mark in "\u0350\u0653\u064b\ufe0f"]
    section = Section("texts", "Texts", tuple(Paragraph(text or " ") for text in texts))
    written = replace(document(), sections=(section,))
    assert pdf.render(written).startswith(b"%PDF")
    found = lxml.html.fromstring(html.render(written).decode()).text_content()
    assert all(text.split()[0] in found for text in texts if text.split())
    with zipfile.ZipFile(io.BytesIO(docx.render(written))) as packed:
        assert lxml.etree.fromstring(packed.read("word/document.xml")) is not None
