"""Kent end to end: one run, every format, the same sections, cells and numbers in each."""

import csv
import io
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import html as lxml_html

from highneeds.account import OnTrackVerdict
from highneeds.intake.workspace import read_workspace
from highneeds.report.blocks import DataTable, RowKind
from highneeds.report.build import build
from highneeds.report.document import ChartBlock, ReportDocument
from highneeds.report.output import document_files
from highneeds.report.render import xlsx
from highneeds.report.render.csv import exact
from highneeds.report.render.flat import flat
from highneeds.report.reports import reports_of_kind
from highneeds.report.reports.submission import submission
from highneeds.report.words import on_track
from highneeds.run import gather
from unit.report import pdf_reader
from unit.report.number_shown import shown

GOLDEN = Path(__file__).parent / "kent"
PARTS = (
    "1. Where we stand",
    "2. What changed",
    "3. Is our plan on track?",
    "4. Headlines",
    "5. Our dashboard",
    "6. Detailed update by condition",
    "7. Levels and risks",
    "8. Money",
    "9. Other councils",
    "10. Notes on our data",
)
MOST_PAGES = 25
UNUSABLE = ("ocr", "truncated")


@pytest.fixture(scope="module")
def evidence(kent, kept):
    return gather(kent, kept=kept)


@pytest.fixture(scope="module")
def document(evidence) -> ReportDocument:
    return build(submission, evidence)


@pytest.fixture(scope="module")
def files(document):
    return document_files(document)


@pytest.fixture(scope="module")
def texts(files):
    return texts_of(files)


def texts_of(files: dict[str, bytes]) -> dict[str, str]:
    """The words of every format, white space folded, for looking things up."""
    by_ending = {Path(name).suffix: data for name, data in files.items() if "-csv/" not in name}
    return {
        "html": fold(" ".join(lxml_html.fromstring(by_ending[".html"]).itertext())),
        "pdf": fold(pdf_reader.read(by_ending[".pdf"])[1].words),
        "docx": fold(docx_text(by_ending[".docx"])),
        "xlsx": fold(xlsx_text(by_ending[".xlsx"])),
        "csv": fold(" ".join(cell for row in csv_rows(files) for cell in row)),
    }


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def docx_text(data: bytes) -> str:
    found = docx.Document(io.BytesIO(data))
    words = [paragraph.text for paragraph in found.paragraphs]
    for table in found.tables:
        words += [cell.text for row in table.rows for cell in row.cells]
    return " ".join(words)


def xlsx_text(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)


def csv_rows(files: dict[str, bytes]):
    for name, data in files.items():
        if "-csv/" in name:
            yield from csv.reader(io.StringIO(data.decode("utf-8-sig")))


FORMATS = ("html", "pdf", "docx", "xlsx", "csv")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("title", PARTS)
def test_every_format_holds_every_part(texts, format, title):
    assert title in texts[format]


def test_every_published_figure_of_the_report_is_in_the_submission_or_its_annexes(texts, evidence, kent):
    facts = [fact for fact in read_workspace(kent).facts if fact.qualifier not in UNUSABLE and not fact.later]
    assert len(facts) == 140
    annexes = [document_files(build(one, evidence), ("xlsx",)) for one in reports_of_kind("annexes")]
    words = texts["pdf"] + " ".join(fold(xlsx_text(data)) for files in annexes for data in files.values())
    assert [fact.id for fact in facts if fold(fact.printed) not in words] == []


def test_the_dashboard_holds_every_figure_as_reported_once(document, kent):
    """The 402 figures of observations.csv, in the 13 months and the two years; rows without any are named below."""
    observations = read_workspace(kent).observations
    tables = {table.id: table for _, table in document.tables()}
    cells = [cell for _, row in tables["dashboard-months"].grouped_rows() for cell in row.cells[1:14]]
    cells += [cell for _, row in tables["dashboard-years"].grouped_rows() for cell in row.cells[1:]]
    assert sum(cell.value is not None for cell in cells) == sum(one.value is not None for one in observations) == 402


def test_every_chart_has_its_table_in_every_format(texts, files, document):
    charts = [block for _, block in document.blocks() if isinstance(block, ChartBlock)]
    assert len(charts) >= 9
    numbers = workbook_numbers(files)
    for chart in charts:
        assert f"{document.stem}-csv/{chart.table.id}.csv" in files
        assert chart.alt
        for cell in (cell for row in chart.table.rows for cell in row.cells):
            assert fold(cell.text) in texts["html"], (chart.id, cell)
            if cell.is_number:
                assert str(cell.value) in texts["csv"], (chart.id, cell)
                assert {float(cell.value), float(Decimal(cell.value) / 100)} & numbers, (chart.id, cell)


def workbook_numbers(files) -> set[float]:
    book = openpyxl.load_workbook(io.BytesIO(next(data for name, data in files.items() if name.endswith(".xlsx"))))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return {float(value) for value in cells if isinstance(value, int | float)}


# Table by table: id -> rows -> text, the same in every format. A table is a list of rows of cells' words.

MARK = re.compile(r"\s*\[\d+\]")  # the number of a note behind a figure


def bare(text: str) -> str:
    return fold(MARK.sub("", text)).strip()


def wanted_rows(table: DataTable) -> list[list[str]]:
    """Head and rows as a reader sees them; the words of a little line are its alternative text, not a cell's."""
    rows = [[bare(column.head) for column in table.columns]]
    for row in table.rows:
        cells = row.cells[:1] if row.kind is RowKind.GROUP else row.cells
        rows.append(["" if cell.sparkline else bare(f"{cell.text} {cell.under}") for cell in cells])
    return rows


def own_tables(document: ReportDocument) -> list[DataTable]:
    """The tables of the report itself; on paper the figures of its charts are left out."""
    return [block for _, block in document.blocks() if isinstance(block, DataTable)]


def as_data_tables(document: ReportDocument) -> list[DataTable]:
    """Every table of the page: the report's own and one for each chart."""
    blocks = [block for _, block in document.blocks()]
    return own_tables(document) + [block.table for block in blocks if isinstance(block, ChartBlock)]


def same(found: list[list[str]], table: DataTable, read=lambda rows: rows) -> bool:
    """Cell by cell; a group's head may carry its assurance level behind it. `read`: how this format reads a text."""
    wanted = read(wanted_rows(table))
    if len(found) != len(wanted):
        return False
    heads = [row.kind is RowKind.GROUP for row in table.rows]
    group = [False, *heads]
    return all(
        (got[0].startswith(want[0]) if is_group else got == want)
        for got, want, is_group in zip(found, wanted, group, strict=True)
    )


def data_of(files: dict[str, bytes], ending: str) -> bytes:
    return next(data for name, data in files.items() if name.endswith(ending))


def html_tables(files) -> dict[str, list[list[str]]]:
    tables = {}
    for table in lxml_html.fromstring(data_of(files, ".html")).xpath("//table[@id]"):
        for hidden in table.xpath(".//*[contains(@class, 'hidden')]"):
            hidden.drop_tree()
        tables[table.get("id")] = [
            [bare(cell.text_content()) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")
        ]
    return tables


def test_every_table_is_in_the_page_cell_by_cell(files, document):
    found = html_tables(files)
    wrong = [table.id for table in as_data_tables(document) if not same(found[table.id], table)]
    assert wrong == []


def test_every_table_is_in_word_cell_by_cell(files, document):
    opened = docx.Document(io.BytesIO(data_of(files, ".docx")))
    found: dict[str, list[list[list[str]]]] = {}
    for table in opened.tables:
        title = table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        rows = [
            [
                bare("".join(part.text or " " for part in cell.iter(qn("w:t"), qn("w:br"))))
                for cell in row.findall(qn("w:tc"))
            ]
            for row in table._tbl.tr_lst
        ]
        found.setdefault(title, []).append(rows)
    wrong = [table.id for table in own_tables(document) if not any(same(rows, table) for rows in found[table.title])]
    assert wrong == []


def unbroken(rows: list[list[str]]) -> list[list[str]]:
    """A line may end behind a hyphen or a stroke: in the PDF that is a space, in the report none."""
    return [[re.sub(r"([-/]) ", r"\1", cell) for cell in row] for row in rows]


def test_every_table_is_in_the_pdf_cell_by_cell(files, document):
    """Through the structure tree, as a screen reader goes: never by where ink lies on the page."""
    _, root = pdf_reader.read(data_of(files, ".pdf"))
    found = [
        unbroken([[bare(cell.words) for cell in row.all("TH", "TD")] for row in table.all("TR")])
        for table in root.all("Table")
    ]
    by_head: dict[tuple[str, ...], list[list[list[str]]]] = {}
    for rows in found:
        by_head.setdefault(tuple(rows[0]), []).append(rows)
    wrong = [
        table.id
        for table in own_tables(document)
        if not any(same(rows, table, unbroken) for rows in by_head.get(tuple(unbroken(wanted_rows(table))[0]), []))
    ]
    assert wrong == []


def test_every_table_is_in_the_workbook_cell_by_cell(files, document):
    """A number is stored true, and its format shows the report's text."""
    book = openpyxl.load_workbook(io.BytesIO(data_of(files, ".xlsx")))
    names = xlsx.sheet_names(document)
    counted = 0
    for _, table in document.tables():
        sheet, laid = book[names[table.id]], flat(table)
        (marked,) = sheet.tables.values()
        top = int(re.match(r"[A-Z]+(\d+):", marked.ref)[1])
        assert tuple(cell.value for cell in sheet[top]) == laid.columns, table.id
        for down, row in enumerate(laid.rows, start=top + 1):
            for cell, wanted in zip(sheet[down], row, strict=True):
                counted += 1
                assert seen(cell) == (wanted.shorthand if wanted.is_gap else wanted.text), (table.id, wanted)
    assert counted == sum(len(row) for _, table in document.tables() for row in flat(table).rows)


def seen(cell) -> str:
    if isinstance(cell.value, int | float):
        return shown(cell.value, cell.number_format)
    return cell.value or ""


def test_every_table_is_in_csv_cell_by_cell(files, document):
    """Wide tables keep their rows; tidy ones have a row for each value, exact and as shown."""
    for _, table in document.tables():
        rows = list(csv.reader(io.StringIO(files[f"{document.stem}-csv/{table.id}.csv"].decode("utf-8-sig"))))[1:]
        across = [place for place, column in enumerate(table.columns) if column.of]
        if not across:
            assert rows == [[exact(cell) for cell in row] for row in flat(table).rows], table.id
            continue
        wanted = [
            [exact(row.cells[place]), row.cells[place].text] for _, row in table.grouped_rows() for place in across
        ]
        assert [row[-5:-3] for row in rows] == wanted, table.id


def test_the_comparison_of_tables_can_fail(files, document):
    """One changed cell is seen."""
    found = html_tables(files)["dashboard-months"]
    table = next(table for _, table in document.tables() if table.id == "dashboard-months")
    assert same(found, table)
    place = next(at for at, row in enumerate(found) if len(row) > 5 and any(char.isdigit() for char in row[5]))
    found[place][5] += "1"
    assert not same(found, table)


def test_the_pdf_is_tagged_and_keeps_to_its_pages(files, texts):
    pdf, _ = pdf_reader.read(data_of(files, ".pdf"))
    assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root and str(pdf.Root.Lang) == "en-GB"
    assert len(pdf.pages) <= MOST_PAGES
    assert fold("£97.5m") not in texts["pdf"], "the outturn of July is not known in April"
    for title in PARTS:
        assert title in texts["pdf"]


def test_the_first_page_is_one_page(files):
    """Both signatures stand on it; part 2 begins on the second."""
    first, second, *_ = pages_of(data_of(files, ".pdf"))
    assert "Signed off by" in first and "Director of Children's Services" in first
    assert second.startswith(PARTS[1]) and first.count(PARTS[1]) == 1, "on the first page in the contents alone"


def test_what_is_sent_holds_nothing_of_ours(texts):
    """No check of the council's own words, nothing invented, nothing learnt later, no line of a text extract."""
    ours = ("data does not support", "ynthetic data exist", "after this report", "£97.5m", "£136m", "REPORT", "line 11")
    for words in texts.values():
        assert [one for one in (*ours, "£23.1m", "77%", "draws", "about 1 in") if one in words] == []


def test_it_is_a_draft_until_both_have_signed(evidence, document):
    signed = evidence.supposing(signatures=dict.fromkeys(("section_151", "director"), ("signed", "2 April 2025")))
    half = evidence.supposing(signatures={"section_151": ("signed", "2 April 2025")})
    assert document.draft and build(submission, half).draft and not build(submission, signed).draft


def pages_of(data: bytes) -> list[str]:
    run = subprocess.run(["pdftotext", "-layout", "-l", "2", "-", "-"], input=data, capture_output=True, check=True)
    return [fold(page) for page in run.stdout.decode("utf-8").split("\f")]


def test_the_three_answers_are_no_each_with_reason_and_evidence(evidence):
    answers = evidence.money.answers
    assert [answer.verdict for answer in answers] == [OnTrackVerdict.NO] * 3
    assert all(on_track.reason(answer) and answer.rests_on and all(on_track.rests_on(answer)) for answer in answers)


def test_a_lower_forecast_turns_the_first_answer_to_yes_in_every_format(kent, kept, tmp_path):
    workspace = tmp_path / "kent"
    shutil.copytree(kent, workspace)
    facts = workspace / "facts.csv"
    text = facts.read_text()
    assert text.count("53000000") == 1
    facts.write_text(text.replace("53000000", "28000000").replace("£53m", "£28m"))
    changed = gather(workspace, kept=kept)
    assert changed.money.answers[0].verdict is OnTrackVerdict.YES
    assert changed.money.answers[1].verdict is OnTrackVerdict.NO
    said = "About £28m is forecast, about £2m less than the £29.9m agreed, both before contributions."
    built = build(submission, changed)
    for format, words in texts_of(document_files(built)).items():
        assert said in words, format
        assert re.search(r"agreed in-year position.{0,400}?\bYes\b", words), format
    waterfall = next(block for _, block in built.blocks() if isinstance(block, ChartBlock) and block.id == "variance")
    assert waterfall.title == "The forecast is about £2m below target, although £1.9m of named causes adds to it"


def test_kents_findings_are_those_on_file(evidence):
    """Kept as readable CSV: a change in what the checks find on Kent shows up as a changed line."""
    rows = [f"{one.rule},{one.record},{one.message}" for one in evidence.findings.all]
    assert rows == (GOLDEN / "findings.txt").read_text("utf-8").splitlines()


def test_kents_levels_are_those_on_file(evidence):
    rows = [
        f"{one.condition.number},{one.current.words},{one.suggested.words},{one.agreement}"
        for one in evidence.assurances
    ]
    assert rows == (GOLDEN / "levels.csv").read_text("utf-8").splitlines()[1:]


def test_the_same_files_give_the_same_bytes(files, evidence):
    again = document_files(build(submission, evidence))
    assert again == files
