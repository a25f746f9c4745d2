"""Every file of a run, as bytes by name: each document in its formats and folder, the charts, what the pages read."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass

from highneeds.report.blocks import ChartBlock
from highneeds.report.build import Report, build, title_of
from highneeds.report.charts.draw import drawings_kept
from highneeds.report.document import ReportDocument
from highneeds.report.evidence import Evidence
from highneeds.report.pages.caseload import caseload_files, caseload_title, caseload_titles
from highneeds.report.pages.charts import chart_files
from highneeds.report.pages.comparisons import comparison_files
from highneeds.report.pages.money_views import money_files, money_pages
from highneeds.report.pages.results.documents import Download, ListedReport
from highneeds.report.pages.results.whole import FINDINGS_FILE, RESULTS_FILE, written_results
from highneeds.report.pages.results_of import indicator_charts, results_of
from highneeds.report.pages.shown import shown
from highneeds.report.render import csv, docx, html, pdf, xlsx
from highneeds.report.render.tables import csv_for_people
from highneeds.report.reports import reports
from highneeds.report.words import files as words
from highneeds.store.cache import NO_CACHE, Cache, fingerprint_of, kept_or_made
from highneeds.vocabulary.progress import StepProgress

ROOMS = ("report", "vocabulary", "registers/mechanism/column.py")
LIBRARIES = ("typst", "python-docx", "xlsxwriter", "jinja2")
RENDERERS = {"html": html, "pdf": pdf, "docx": docx, "xlsx": xlsx}


@dataclass(frozen=True)
class WrittenReport:
    """One document with its files: path -> bytes."""

    report: Report
    document: ReportDocument
    files: Mapping[str, bytes]


def everything(evidence: Evidence, progress: StepProgress) -> tuple[dict[str, bytes], ReportDocument]:
    """Every document that this council has, and the pages; and the document that is signed."""
    with drawings_kept(evidence.kept):
        return _everything(evidence, progress)


def work_ahead(evidence: Evidence) -> None:
    """Make what needs no forecast, while that is being made; what was made is found again."""
    comparison_files(evidence)
    with drawings_kept(evidence.kept):
        for _ in chart_files(tuple(indicator_charts(evidence).values())):
            pass


def _everything(evidence: Evidence, progress: StepProgress) -> tuple[dict[str, bytes], ReportDocument]:
    wanted = [one for one in reports() if one.in_run and one.wanted(evidence)]
    written = written_reports(wanted, evidence, progress)
    files = {name: data for one in written for name, data in one.files.items()}
    progress("Drawing the charts")
    pages = build(shown, evidence)
    charts = [block for _, block in pages.blocks() if isinstance(block, ChartBlock)]
    own_charts = indicator_charts(evidence)
    files |= dict(chart_files([*charts, *own_charts.values()]))
    files[FINDINGS_FILE] = csv_for_people(evidence.findings.table())
    inside, money = caseload_files(evidence), money_files(evidence)
    downloads = [*_downloads(written, files), *_inside_downloads(evidence, inside), *_money_downloads(evidence, money)]
    files |= {**inside, **money, **comparison_files(evidence)}
    main = next(one.document for one in written if one.report.signed)
    found = results_of(evidence, main, charts, own_charts, downloads, listed_reports(evidence, written))
    files[RESULTS_FILE] = written_results(found)
    return files, main


def listed_reports(evidence: Evidence, written: Sequence[WrittenReport]) -> list[ListedReport]:
    """Every report there is, with its sections where they were written."""
    titles = {one.report: [part.title for part in one.document.sections if part.level == 1] for one in written}
    return [
        ListedReport(
            title_of(one, evidence),
            one.audience.readers,
            command_of(one),
            tuple(titles.get(one, ())),
        )
        for one in reports()
    ]


def command_of(report: Report) -> str:
    """How it is written alone; one that holds nothing but somebody else's template needs that."""
    return words.command(report.kind, template=report.fills_template and not report.sections)


def written_reports(asked: Iterable[Report], evidence: Evidence, progress: StepProgress) -> tuple[WrittenReport, ...]:
    """Documents in their formats, each file in the folder of its report.

    The typesetter works beside everything else: it needs no Python.
    """
    built = [(report, build(report, evidence)) for report in asked]
    with ThreadPoolExecutor(max_workers=2) as aside:
        typeset = [
            aside.submit(copy_context().run, rendered, document, "pdf", evidence.kept)
            if "pdf" in report.formats
            else None
            for report, document in built
        ]
        found = []
        for (report, document), waiting in zip(built, typeset, strict=True):
            progress(words.writing(report.name or report.kind))
            named = document_files(document, report.formats, waiting, evidence.kept).items()
            files = {f"{report.folder}/{name}": data for name, data in named}
            if report.data is not None:
                files |= {f"{report.folder}/{document.stem}{end}": data for end, data in report.data(evidence).items()}
            found.append(WrittenReport(report, document, files))
    return tuple(found)


def document_files(
    document: ReportDocument,
    formats: Sequence[str] = (*RENDERERS, "csv"),
    typeset: "Future[bytes] | None" = None,
    kept: Cache = NO_CACHE,
) -> dict[str, bytes]:
    """One document in these formats, by file name; its tables as CSV in a folder of their own.

    typeset   the PDF, where it is being made already
    kept      where files are kept; a document that says the same is not rendered again
    """
    made = {ending: rendered(document, ending, kept) for ending in formats if ending not in ("pdf", "csv")}
    tables = csv.render(document) if "csv" in formats else {}
    if "pdf" in formats:
        made["pdf"] = rendered(document, "pdf", kept) if typeset is None else typeset.result()
    files = {f"{document.stem}.{ending}": made[ending] for ending in formats if ending != "csv"}
    return files | {f"{document.stem}-csv/{name}": data for name, data in tables.items()}


def rendered(document: ReportDocument, ending: str, kept: Cache = NO_CACHE) -> bytes:
    """The document in one format, under the fingerprint of all that it says and of what renders it."""
    name = fingerprint_of(f"{ending} {document.content}", (), ROOMS, LIBRARIES)
    return kept_or_made(kept, "document", name, lambda: RENDERERS[ending].render(document))


def report_files(asked: Sequence[Report], evidence: Evidence, progress: StepProgress) -> dict[str, bytes]:
    """The documents of one kind, without the folder of a run: who asks for one kind says the folder.

    Those of several kinds keep their folders.
    """
    several = len({one.kind for one in asked}) > 1
    with drawings_kept(evidence.kept):
        return {
            name if several else name.split("/", 1)[1]: data
            for one in written_reports(asked, evidence, progress)
            for name, data in one.files.items()
        }


def _downloads(written: Sequence[WrittenReport], files: Mapping[str, bytes]) -> Sequence[Download]:
    found = []
    for one in written:
        tables = {table.id: (table.title, section.title) for section, table in one.document.tables()}
        for name, data in one.files.items():
            ending = name.rsplit(".", 1)[1]
            if "-csv/" in name:
                id = name.rsplit("/", 1)[1].removesuffix(".csv")
                title, section = tables.get(id, (words.INDEX, words.ABOUT))
                where = f"{one.document.title}: {section}"
                found.append(Download(name, title, words.NAMES["csv"], len(data), "table", where))
            else:
                format = words.NAMES.get(ending, ending.upper())
                readers, invented = words.for_readers(one.report.audience.readers), one.document.synthetic
                note = _note(one, ending)
                found.append(Download(name, one.document.title, format, len(data), "report", note, readers, invented))
    data = files[FINDINGS_FILE]
    found.append(Download(FINDINGS_FILE, words.FINDINGS, words.NAMES["csv"], len(data), "table", words.ABOUT))
    return found


def _note(one: WrittenReport, ending: str) -> str:
    """Who it is for, what the format is good for, and whether anything in it is invented."""
    invented = f" {one.document.data_mark}." if one.document.synthetic else ""
    return f"{words.for_readers(one.report.audience.readers)} {words.FORMATS.get(ending, '')}{invented}".strip()


def _inside_downloads(evidence: Evidence, files: Mapping[str, bytes]) -> Sequence[Download]:
    """Files with small counts, for those inside the council."""
    if evidence.computed is None:
        return []
    where, titles = caseload_title(evidence.computed), caseload_titles(evidence.computed)
    return [Download(name, titles[name], "CSV", len(data), "table", where) for name, data in files.items()]


def _money_downloads(evidence: Evidence, files: Mapping[str, bytes]) -> Sequence[Download]:
    """The tables of the account, in the columns of the command line."""
    titles = {page.csv: page.title for page in money_pages(evidence)}
    return [Download(name, titles[name], "CSV", len(data), "table", words.MONEY_INSIDE) for name, data in files.items()]
