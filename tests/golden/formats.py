"""One small document with every kind of block and every look of it, and the workbooks that people fill, as each format
has them: the parts of a file with an element a line.

    python scripts/write_texts.py        writes them; read the difference
"""

import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from golden.odd_charts import ODD_CHARTS, plain_drawings
from golden.said import said
from golden.shapes import councils, lines_of
from highneeds.checks.finding import Finding, Severity
from highneeds.checks.sen2.corrections_sheet import COLUMNS
from highneeds.report.blocks import ChartBlock
from highneeds.report.charts import ChartWords, Series, bar_chart, draw, line_chart
from highneeds.report.charts.bars import Bar
from highneeds.report.document import (
    Align,
    AnswerBlock,
    Answers,
    BigFigure,
    Bullets,
    Cell,
    DataTable,
    Figures,
    Heading,
    NoteBlock,
    NoteKind,
    PageBreak,
    Paragraph,
    ReportDocument,
    Row,
    Section,
    SignatureLine,
    Signatures,
    Span,
    Symbol,
    TableColumn,
    Tag,
    Tags,
    Tone,
)
from highneeds.report.render import csv, docx, html, text, xlsx
from highneeds.report.render.account_xlsx import render_account
from highneeds.report.render.corrections_xlsx import corrections_workbook
from highneeds.report.render.data import as_data
from highneeds.report.render.findings_xlsx import findings_workbook
from highneeds.report.render.pdf import _ids
from highneeds.report.render.tables import as_csv, as_json, as_text, csv_for_people
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit

FOLDER = Path(__file__).parent / "formats"
NOT_OURS = ("theme/", "docProps/thumbnail", "fontTable", "webSettings", "stylesWithEffects", "customXml", "docMetadata")
THE_LIBRARYS_STYLES = (
    r'<w:latentStyles.*?</w:latentStyles>|<w:style w:type="(table|character)"(?! w:customStyle)[^>]*>.*?</w:style>'
)
"""Parts that come with the library as they are."""


def small_document() -> ReportDocument:
    """Two pages of an invented council, the second landscape."""
    return ReportDocument(
        title="Monitoring report",
        council="Sandbourne & Sons Council",
        period="April 2025",
        date=date(2025, 4, 2),
        version="9.9",
        fingerprint="0123456789abcdef",
        wording="fedcba9876543210",
        synthetic=True,
        sections=(_words(), _second(), _tables(), _wide(), *(Section(f"more-{n}", f"{n}", ()) for n in (4, 5))),
        stem="sandbourne-2025-04",
        summary="Where an invented council stands.",
        audience="those who sign",
        draft=True,
        contents=True,
        contact="Section 151 officer",
    )


def _words() -> Section:
    figures = (
        BigFigure(
            "In-year", Cell.millions(53_000_000, prefix="about"), "+£23.1m", "Agreed: £29.9m", "Worse", "#table-a"
        ),
        BigFigure("Plans", Cell.figure(20_962, Unit.COUNT, note="On one day")),
    )
    answers = (
        AnswerBlock("In year?", False, ("No: ", Span("£53m", bold=True)), "Forecast of 2 April"),
        AnswerBlock("At the end?", None, "Not known"),
        AnswerBlock("Schools?", True, "Open"),
    )
    return Section(
        "words",
        "1. Words",
        (
            Paragraph("We owe £53m.", Tone.LEAD),
            Paragraph(
                (
                    "See ",
                    Span("the table", href="#table-a"),
                    ", ",
                    Span("a page", href="https://example.org/a"),
                    " and ",
                    Span("lean", italic=True),
                    ".",
                ),
            ),
            Paragraph("Small print.", Tone.SMALL),
            Paragraph("A sentence beside its picture.", symbol=Symbol("money", "Coins")),
            Heading("What we ask", id="asks"),
            Heading("Of whom", 2),
            Bullets(("Dates", (Span("Bold", bold=True), " <b>&</b>"))),
            Bullets(("First", "Second"), numbered=True),
            Figures(figures),
            Answers(answers),
            Tags(
                (
                    Tag("Given", AssuranceLevel.ON_TARGET),
                    Tag("Suggested", AssuranceLevel.OFF_TARGET, "for reviews are late"),
                    Tag("July", AssuranceLevel.NOT_YET),
                )
            ),
            NoteBlock("This does not hold.", "It rose.", NoteKind.CLAIM),
            NoteBlock("Of the data", "Two months are missing."),
            NoteBlock("Please decide", "By May.", NoteKind.ASK),
            PageBreak(),
            Signatures(
                (SignatureLine("Section 151 officer"), SignatureLine("Director", "A", "2 May")), note="For these."
            ),
        ),
        together=True,
    )


def _second() -> Section:
    gap = Cell.gap(State.NOT_REPORTED)
    late = Series("Overdue", (Cell.figure(7000, Unit.COUNT), gap, Cell.figure(7765, Unit.COUNT)))
    bars = [Bar("Us", Cell.figure(Decimal("45.3"), Unit.PER_1000), own=True), Bar("Them", gap)]
    line = line_chart(ChartWords("late", "Later", "MI"), periods=("Jul", "Aug", "Sep"), series=[late], unit=Unit.COUNT)
    bar = bar_chart(ChartWords("rates", "More"), bars=bars, name_head="Council", value_head="Rate")
    alt = f"{bar.alt} {'and so on, ' * 30}"
    return Section("part", "A part", (line, replace(bar, alt=alt)), level=2, new_page=True, synthetic=True)


def _tables() -> Section:
    return Section("tables", "2. Tables", (_grouped(), _months(), DataTable("empty", "Empty", (TableColumn("A"),), ())))


def _grouped() -> DataTable:
    columns = (TableColumn("Line", width=4), TableColumn("Pounds", "£", Align.RIGHT), TableColumn("Words", width=2))
    rows = (
        Row.group("Promised", level=AssuranceLevel.OFF_TARGET_WITH_PLANS),
        Row.of("Opening", Cell.pounds(-1_234_567), Cell.words("A page", href="https://example.org/b")),
        Row.of(Cell.words("Closing", under="at 31 March", href="#asks"), Cell.gap(State.BLANK), "=SUM(A1) & <b>"),
        Row.group("Achieved"),
        Row.of("Opening", Cell.millions(29_900_000, note="Read from a chart"), Cell.tag(AssuranceLevel.COMPLETE)),
        Row.of("Trend", Cell.spark((7, 9, None, 5), words="from 7 to 5", rollover=2), Cell.suppressed()),
        Row.total("Together", Cell.millions(0, note="Read from a chart"), Cell.not_applicable("Only of one school")),
    )
    notes = ("Parts may not add.", ("See ", Span("words", href="#words"), "."))
    return DataTable("table-a", "Position", columns, rows, notes, "The agreement", group_name="Layer")


def _months() -> DataTable:
    columns = (
        TableColumn("Measure", width=3),
        TableColumn("Jan 25", align=Align.RIGHT, of="month", key="2025-01"),
        TableColumn("Feb 25", align=Align.RIGHT, of="month"),
    )
    rows = (
        Row.of("Share", Cell.figure(Decimal("37.5"), Unit.PERCENT), Cell.change(Decimal("-0.4"), Unit.PERCENT)),
        Row.of("Plans", Cell.figure(20_962, Unit.COUNT, bare=True), Cell.change_percent(Decimal("8.3"), note="Of 12")),
    )
    return DataTable("months-of-the-year-with-a-long-name", "Months", columns, rows, small=True)


def _wide() -> Section:
    columns = tuple(TableColumn(f"Extraordinarily {n}", width=1 + n / 2) for n in range(12))
    row = Row.of(*("incontrovertible" * (1 + n % 2) for n in range(12)))
    upright = DataTable("turned", "Turned", columns[:2], (Row.of("a", "b"),), landscape=True)
    return Section("wide", "3. Wide", (DataTable("large", "Wide", columns, (row,)), upright), landscape=True)


document = cache(small_document)


@cache
def plain() -> ReportDocument:
    """One section of it, signed, in large type and without what need not be said."""
    return replace(
        document(),
        draft=False,
        synthetic=False,
        contents=False,
        chart_tables=False,
        large=True,
        audience="",
        contact="",
        wording="",
        summary="",
        sections=document().sections[2:3],
    )


def formats() -> dict[str, Callable[[], str]]:
    """File -> what makes its text."""
    return {
        "page": lambda: _page(document()) + _page(plain()),
        "typeset": lambda: _typeset(document()) + _typeset(plain()),
        "word": lambda: _parts(docx.render(document())),
        "word-plain": lambda: _parts(docx.render(plain()), "word/document.xml", "word/footer", "docProps/core"),
        "workbook": lambda: _parts(xlsx.render(document())),
        "workbook-plain": lambda: _parts(xlsx.render(plain()), "xl/sharedStrings"),
        "csv": lambda: _files(csv.render(document())),
        "text": lambda: text.render(document()) + text.render(plain(), rows=False),
        "account": lambda: "".join(_parts(render_account(one)) for one in councils().values()),
        "findings": lambda: _parts(findings_workbook(_lists())),
        "corrections": lambda: _parts(corrections_workbook(_corrections())),
        "tables": _plain_tables,
        "said": said,
        "odd-drawings": lambda: "".join(f"=== {name}\n{_by_line(svg)}\n" for name, svg in plain_drawings().items()),
        **{f"charts-{kind}": partial(_charts, made) for kind, made in ODD_CHARTS.items()},
    }


def _charts(made: Callable[[], Iterator[ChartBlock]]) -> str:
    return "\n".join(f"=== {chart.id}\n{_chart(chart)}" for chart in made())


def _chart(chart: ChartBlock) -> str:
    """All that a chart hands on, the drawing, that on a telephone and that which travels alone."""
    about = "\n".join(lines_of(replace(chart, narrow="")))
    return "\n=== \n".join(
        [about, *map(_by_line, (draw.svg(chart.picture), chart.narrow, _head(draw.standalone(chart))))]
    )


def _head(alone: str) -> str:
    """Of a drawing that travels alone: all but the drawing itself."""
    return alone[: alone.index(">", alone.index("translate"))]


def _by_line(svg: str) -> str:
    return svg.replace("><", ">\n<")


def _page(document: ReportDocument) -> str:
    page = html.render(document).decode()
    return re.sub(r"<style>.*?</style>", "<style>...</style>", page, flags=re.DOTALL).replace("><", ">\n<")


def _typeset(document: ReportDocument) -> str:
    return json.dumps(as_data(document) | {"ids": _ids(document)}, indent=1, ensure_ascii=False) + "\n"


def _parts(file: bytes, *wanted: str) -> str:
    """Every part of a file that is a zip of XML, an element a line; of a picture its size."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        names = [name for name in parts.namelist() if not any(other in name for other in NOT_OURS)]
        chosen = [name for name in names if not wanted or name.startswith(wanted)]
        return "".join(f"=== {name}\n{_part(parts.read(name))}\n" for name in chosen)


def _part(data: bytes) -> str:
    if data.startswith(b"\x89PNG"):
        return "{} by {} picture elements".format(*struct.unpack(">II", data[16:24]))
    own = re.sub(THE_LIBRARYS_STYLES, "", data.decode(), flags=re.DOTALL)
    return re.sub(r">\s*<", ">\n<", own)


def _files(files: Mapping[str, bytes]) -> str:
    return "".join(f"=== {name}\n{data.decode()}" for name, data in files.items())


def _lists() -> dict[str, list[Finding]]:
    found = Finding("PLAN-03", Severity.MUST_FIX, "plans.csv", 7, "0412", "ceased", "Ends before it starts", "Mend it")
    note = replace(found, severity=Severity.NOTE, line=None, rule="PLAN-04")
    return {"Casework": [found, note], "A team: north/south [x] with a name": [], "Counts": [note]}


def _corrections() -> Table:
    row = tuple(f"cell {place}" if place % 4 else "" for place in range(len(COLUMNS)))
    return Table.of(COLUMNS, [row])


def _plain_tables() -> str:
    rows = [("Ash, of the north", 1200, Decimal("3.50"), None), ("=Birch", 7, None, date(2025, 1, 31))]
    table = Table.of(("council", "plans", "rate", "day"), rows, "Councils")
    whole = [as_csv(table), csv_for_people(table).decode(), as_json(table), as_text(table), as_text(table, 1)]
    return "\n".join(whole)


def write() -> None:
    from golden.further import FURTHER

    FOLDER.mkdir(exist_ok=True)
    for name, made in (formats() | FURTHER).items():
        (FOLDER / f"{name}.txt").write_text(made(), encoding="utf-8")
