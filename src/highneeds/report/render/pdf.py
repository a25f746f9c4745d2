"""A Document as a tagged PDF (PDF/UA-1): the data goes to the typesetter as JSON, the design is report.typ."""

import json
from pathlib import Path

from highneeds.report import typesetting
from highneeds.report.blocks import ChartBlock, Heading
from highneeds.report.document import ReportDocument
from highneeds.report.render.data import as_data
from highneeds.report.typesetting import quoted

DESIGN = Path(__file__).with_name("report.typ")
CHART_TABLES = "figures-of-the-charts"


def render(document: ReportDocument) -> bytes:
    """Equal documents give equal bytes."""
    data = as_data(document) | {"ids": _ids(document)}
    day = document.date
    head = (
        f"#let source-data = {quoted(json.dumps(data, ensure_ascii=False))}\n"
        f"#let source-date = datetime(year: {day.year}, month: {day.month}, day: {day.day})\n"
    )
    return typesetting.pdf(head + DESIGN.read_text(encoding="utf-8"), day)


def _ids(document: ReportDocument) -> list[str]:
    """What a link may lead to."""
    ids = [section.id for section in document.sections] + [table.id for _, table in document.tables()]
    for _, block in document.blocks():
        if isinstance(block, ChartBlock) or (isinstance(block, Heading) and block.id):
            ids.append(block.id)
    return [*ids, CHART_TABLES]
