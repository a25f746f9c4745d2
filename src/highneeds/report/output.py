"""Every file of a run, as bytes by name: the report in each format, the charts, the tables, and what the pages read."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import asdict

from highneeds.report import results
from highneeds.report.blocks import ChartBlock
from highneeds.report.build import Report, build
from highneeds.report.charts.draw import drawings_kept
from highneeds.report.document import Document
from highneeds.report.evidence import Evidence
from highneeds.report.pages import results_of
from highneeds.report.pages.caseload import caseload_files, caseload_title
from highneeds.report.pages.charts import chart_files
from highneeds.report.pages.money_views import money_files, money_pages
from highneeds.report.pages.results_of import indicator_charts
from highneeds.report.render import csv, docx, html, pdf, xlsx
from highneeds.report.render.tables import as_csv
from highneeds.report.reports.safety_valve import safety_valve
from highneeds.vocabulary.progress import StepProgress

FORMATS = (("html", "HTML", html), ("pdf", "PDF", pdf), ("docx", "Word", docx), ("xlsx", "Excel workbook", xlsx))


def everything(evidence: Evidence, progress: StepProgress) -> dict[str, bytes]:
    """The monitoring report and the pages."""
    with drawings_kept(evidence.kept):
        return _everything(evidence, progress)


def _everything(evidence: Evidence, progress: StepProgress) -> dict[str, bytes]:
    document = build(safety_valve, evidence)
    files = document_files(document, progress)
    charts = [block for _, block in document.blocks() if isinstance(block, ChartBlock)]
    own_charts = indicator_charts(evidence)
    progress("Drawing the charts")
    files |= dict(chart_files([*charts, *own_charts.values()]))
    files["findings.csv"] = as_csv(evidence.findings.table()).encode("utf-8")
    inside, money = caseload_files(evidence), money_files(evidence)
    downloads = [*_downloads(document, files), *_inside_downloads(evidence, inside), *_money_downloads(evidence, money)]
    files |= inside | money
    shown = results_of(evidence, document, charts, own_charts, downloads)
    files["results.json"] = json.dumps(asdict(shown), ensure_ascii=False, indent=1).encode("utf-8")
    return files


def document_files(document: Document, progress: StepProgress) -> dict[str, bytes]:
    """One document in every format, by file name. The typesetter works beside the others: it needs no Python."""
    made: dict[str, bytes] = {}
    with ThreadPoolExecutor(max_workers=1) as aside:
        typeset = aside.submit(copy_context().run, pdf.render, document)
        for ending, name, renderer in FORMATS:
            progress(f"Writing the report as {name}")
            if renderer is not pdf:
                made[ending] = renderer.render(document)
        progress("Writing the report as CSV")
        tables = {f"csv/{name}": data for name, data in csv.render(document).items()}
        made["pdf"] = typeset.result()
    return {f"{document.stem}.{ending}": made[ending] for ending, _, _ in FORMATS} | tables


def report_files(report: Report, evidence: Evidence, progress: StepProgress) -> dict[str, bytes]:
    """One report in every format."""
    with drawings_kept(evidence.kept):
        return document_files(build(report, evidence), progress)


def _downloads(document: Document, files: Mapping[str, bytes]) -> Sequence[results.Document]:
    found = [
        results.Document(name, document.title, words, len(files[name]), "report", _note(document, words))
        for ending, words, _ in FORMATS
        if (name := f"{document.stem}.{ending}") in files
    ]
    tables = {table.id: (table.title, section.title) for section, table in document.tables()}
    for name, data in files.items():
        if name.startswith("csv/"):
            title, section = tables.get(name.removeprefix("csv/").removesuffix(".csv"), (INDEX, "About these files"))
            found.append(results.Document(name, title, "CSV", len(data), "table", section))
    size, title = len(files["findings.csv"]), "Findings, in the columns of the command line"
    found.append(results.Document("findings.csv", title, "CSV", size, "table", "About these files"))
    return found


def _inside_downloads(evidence: Evidence, files: Mapping[str, bytes]) -> Sequence[results.Document]:
    """Files with small counts, for those inside the council."""
    if evidence.computed is None:
        return []
    title = caseload_title(evidence.computed)
    return [results.Document(name, title, "CSV", len(data), "table", title) for name, data in files.items()]


def _money_downloads(evidence: Evidence, files: Mapping[str, bytes]) -> Sequence[results.Document]:
    """The tables of the account, in the columns of the command line."""
    titles = {page.csv: page.title for page in money_pages(evidence)}
    return [
        results.Document(name, titles[name], "CSV", len(data), "table", "Money, inside the council")
        for name, data in files.items()
    ]


def _note(document: Document, format: str) -> str:
    """What is to be known of a format, and which parts of the document are of invented data."""
    invented = [section.title.split(".")[0] for section in document.sections if section.synthetic]
    return f"{NOTES[format]}. {document.data_mark} ({', '.join(invented)})" if invented else NOTES[format]


INDEX = "Words and index of the tables"
NOTES = {
    "HTML": "One page that needs no connection",
    "PDF": "Tagged for screen readers",
    "Word": "For editing and comment",
    "Excel workbook": "One table a sheet",
}
