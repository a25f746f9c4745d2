"""Kent end to end: one run, every format, the same sections, cells and numbers in each."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html as lxml_html

from highneeds.account import Verdict
from highneeds.intake.workspace import read_workspace
from highneeds.report.build import build
from highneeds.report.cells import Cell
from highneeds.report.document import ChartBlock, Document
from highneeds.report.output import document_files
from highneeds.report.reports.safety_valve import safety_valve
from highneeds.run import gather

GOLDEN = Path(__file__).parent / "kent"
EIGHT = (
    "1. Programme overview",
    "2. Is the plan on track?",
    "3. Headlines",
    "4. Strategic data dashboard",
    "5. Detailed update by condition",
    "6. Assurance levels",
    "7. Risk register",
    "8. Financial annex",
)
UNUSABLE = ("ocr", "truncated")


@pytest.fixture(scope="module")
def evidence(kent):
    return gather(kent)


@pytest.fixture(scope="module")
def document(evidence) -> Document:
    return build(safety_valve, evidence)


@pytest.fixture(scope="module")
def files(document):
    return document_files(document, lambda step: None)


@pytest.fixture(scope="module")
def texts(files):
    return texts_of(files)


def texts_of(files: dict[str, bytes]) -> dict[str, str]:
    """The words of every format, white space folded, for looking things up."""
    by_ending = {Path(name).suffix: data for name, data in files.items() if not name.startswith("csv/")}
    return {
        "html": fold(" ".join(lxml_html.fromstring(by_ending[".html"]).itertext())),
        "pdf": fold(pdf_text(by_ending[".pdf"])),
        "docx": fold(docx_text(by_ending[".docx"])),
        "xlsx": fold(xlsx_text(by_ending[".xlsx"])),
        "csv": fold(" ".join(cell for row in csv_rows(files) for cell in row)),
    }


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def pdf_text(data: bytes) -> str:
    """The PDF's own text; words broken at a line's end are joined again."""
    import pikepdf  # noqa: F401  (a PDF that pikepdf cannot open is broken)

    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return run.stdout.decode("utf-8")


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
        if name.startswith("csv/"):
            yield from csv.reader(io.StringIO(data.decode("utf-8-sig")))


FORMATS = ("html", "docx", "xlsx", "csv")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("title", EIGHT)
def test_every_format_holds_all_eight_sections(texts, format, title):
    assert title in texts[format]


def test_every_published_figure_of_the_report_is_in_every_format(texts, kent):
    facts = [fact for fact in read_workspace(kent).facts if fact.qualifier not in UNUSABLE and not fact.later]
    assert len(facts) == 140
    for format in FORMATS:
        missing = [fact.id for fact in facts if fold(fact.printed) not in texts[format] or fact.id not in texts[format]]
        assert not missing, (format, missing)


def dashboard_cells(document: Document) -> list[list[Cell]]:
    table = next(table for _, table in document.tables() if table.id == "dashboard-months")
    yearly = next(table for _, table in document.tables() if table.id == "dashboard-years")
    rows = [list(row.cells[3:]) for _, row in table.grouped_rows()]
    return rows + [list(row.cells[3:]) for _, row in yearly.grouped_rows()]


def test_the_dashboard_holds_every_cell_as_reported(document, kent):
    """42 monthly rows of 13, and two rows of two financial years: the 550 cells of observations.csv."""
    observations = read_workspace(kent).observations
    cells = [cell for row in dashboard_cells(document) for cell in row]
    assert len(cells) == len(observations) == 550
    assert sum(cell.value is not None for cell in cells) == sum(one.value is not None for one in observations) == 402


def html_rows(files, table_id: str) -> list[list[str]]:
    page = lxml_html.fromstring(next(data for name, data in files.items() if name.endswith(".html")))
    table = page.xpath(f"//table[@id='{table_id}' or ancestor::*[@id='{table_id}']]")[0]
    return [[fold(cell.text_content()).strip() for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]


def test_the_dashboard_is_in_the_page_cell_by_cell(files, document):
    table = next(table for _, table in document.tables() if table.id == "dashboard-months")
    wanted = [[cell.text for cell in row.cells[3:]] for _, row in table.grouped_rows()]
    rows = [row for row in html_rows(files, "dashboard-months") if len(row) == 16]
    found = [row[3:] for row in rows[1:]]
    assert sum(map(len, found)) == 42 * 13
    for read, row in zip(found, wanted, strict=True):  # a gap is followed by its reason, for screen readers
        assert all(r == w or (w in ("-", "n/a", "blank") and r.startswith(w)) for r, w in zip(read, row, strict=True))


def test_the_dashboard_is_in_word_cell_by_cell(files, document):
    table = next(table for _, table in document.tables() if table.id == "dashboard-months")
    word = docx.Document(io.BytesIO(next(data for name, data in files.items() if name.endswith(".docx"))))
    found = next(t for t in word.tables if len(t.columns) == 16)
    wanted = [[cell.text for cell in row.cells[3:]] for _, row in table.grouped_rows()]
    rows = [[re.sub(r"\s*\[\d+\]$", "", cell.text.strip()) for cell in row.cells] for row in found.rows[1:]]
    assert [row[3:] for row in rows if len(set(row)) > 1] == wanted


def test_every_chart_has_its_table_in_every_format(texts, files, document):
    charts = [block for _, block in document.blocks() if isinstance(block, ChartBlock)]
    assert len(charts) >= 9
    numbers = workbook_numbers(files)
    for chart in charts:
        assert f"csv/{chart.table.id}.csv" in files
        assert chart.alt
        for cell in (cell for row in chart.table.rows for cell in row.cells):
            assert fold(cell.text) in texts["html"] and fold(cell.text) in texts["docx"], (chart.id, cell)
            if cell.is_number:
                assert str(cell.value) in texts["csv"], (chart.id, cell)
                assert float(cell.value) in numbers or float(cell.value) / 100 in numbers, (chart.id, cell)


def workbook_numbers(files) -> set[float]:
    book = openpyxl.load_workbook(io.BytesIO(next(data for name, data in files.items() if name.endswith(".xlsx"))))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return {float(value) for value in cells if isinstance(value, int | float)}


def test_every_text_of_every_table_is_in_every_format(texts, document):
    """The same words and numbers, not the like of them. CSV carries numbers exact and bare."""
    for format in ("html", "docx", "xlsx"):
        for _, table in document.tables():
            for _, row in table.grouped_rows():
                for cell in row.cells:
                    if cell.sparkline is None and not cell.is_number:
                        assert fold(cell.text) in texts[format], (format, table.id, cell.text)


def test_the_pdf_carries_the_figures_and_is_tagged(files, texts, kent):
    import pikepdf

    data = next(data for name, data in files.items() if name.endswith(".pdf"))
    pdf = pikepdf.open(io.BytesIO(data))
    assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root and str(pdf.Root.Lang) == "en-GB"
    facts = [fact for fact in read_workspace(kent).facts if fact.unit.startswith("gbp") and fact.value is not None]
    for fact in facts:
        assert fact.id.split("_")[0] in texts["pdf"]
    for title in EIGHT:
        assert title in texts["pdf"]


def test_the_three_answers_are_no_each_with_reason_and_evidence(evidence):
    answers = evidence.money.answers
    assert [answer.verdict for answer in answers] == [Verdict.NO] * 3
    assert all(answer.reason and answer.evidence for answer in answers)


def test_a_lower_forecast_turns_the_first_answer_to_yes_in_every_format(kent, tmp_path):
    workspace = tmp_path / "kent"
    shutil.copytree(kent, workspace)
    facts = workspace / "facts.csv"
    text = facts.read_text()
    assert text.count("53000000") == 1
    facts.write_text(text.replace("53000000", "28000000").replace("£53m", "£28m"))
    changed = gather(workspace)
    assert changed.money.answers[0].verdict is Verdict.YES
    assert changed.money.answers[1].verdict is Verdict.NO
    said = "The forecast overspend of about £28m is £1.9m below the £29.9m target, before contributions."
    texts = texts_of(document_files(build(safety_valve, changed), lambda step: None))
    for format, words in texts.items():
        assert said in words or format == "pdf", format
        assert re.search(r"projected deficit.{0,400}?\bYes\b", words), format


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
    again = document_files(build(safety_valve, evidence), lambda step: None)
    assert again == files
