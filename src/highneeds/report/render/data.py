"""A Document as plain lists and dictionaries, for the templates of the page and of the PDF. It changes no figure."""

from typing import Any

from highneeds.report.blocks import (
    Answers,
    Block,
    Bullets,
    ChartBlock,
    DataTable,
    Figures,
    Heading,
    Inline,
    NoteBlock,
    PageBreak,
    Paragraph,
    Row,
    Signatures,
    Tags,
    spans,
)
from highneeds.report.cells import Cell, tag_text
from highneeds.report.charts import draw
from highneeds.report.charts.sparkline import spark_svg
from highneeds.report.charts.symbols import symbol_svg
from highneeds.report.document import ReportDocument, Section
from highneeds.report.render.paper import LANDSCAPE, MARGIN, PORTRAIT, SMALL_TYPE, TABLE_TYPE
from highneeds.report.render.widths import turned, widths
from highneeds.vocabulary.assurance_level import AssuranceLevel

Data = dict[str, Any]


def as_data(document: ReportDocument) -> Data:
    return {
        "title": document.title,
        "council": document.council,
        "period": document.period,
        "date": document.date_text,
        "summary": document.summary,
        "language": document.language,
        "synthetic": document.synthetic,
        "data_mark": document.data_mark,
        "footer": list(document.footer),
        "foot_run": document.foot_run,
        "audience": document.audience,
        "draft": document.draft,
        "contents": document.contents,
        "large": document.large,
        "chart_tables": document.chart_tables,
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> Data:
    wide = turned(section)
    return {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "new_page": section.new_page,
        "landscape": wide,
        "together": section.together,
        "blocks": [_block(block, wide) | _place(block, section) for block in section.blocks],
    }


def _place(block: Block, section: Section) -> Data:
    """What a block must know of its section: how deep it stands, and whether its title is said above it already."""
    return {"depth": section.level, "said_above": isinstance(block, DataTable) and block.title == section.title}


def _symbol(block: Paragraph) -> Data:
    if block.symbol is None:
        return {"symbol": "", "alt": ""}
    return {"symbol": symbol_svg(block.symbol.name), "alt": block.symbol.alt}


def _block(block: Block, wide: bool) -> Data:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "words": inline(block.words), "tone": block.tone.value} | _symbol(block)
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level, "id": block.id}
        case Bullets():
            return {"kind": "bullets", "items": [inline(item) for item in block.items], "numbered": block.numbered}
        case Figures():
            return _figures(block)
        case Answers():
            return _answers(block)
        case Signatures():
            people = [{"role": one.role, "signed": one.signed, "day": one.day} for one in block.items]
            return {"kind": "signatures", "id": block.id, "title": block.title, "note": block.note, "items": people}
        case Tags():
            items = [{"label": item.label, **level_data(item.level), "note": inline(item.note)} for item in block.items]
            return {"kind": "tags", "items": items}
        case NoteBlock():
            return {"kind": "note", "title": block.opening, "words": inline(block.words), "note_kind": block.kind.value}
        case PageBreak():
            return {"kind": "page_break"}
        case DataTable():
            return {"kind": "table", **table_data(block, wide=wide or block.landscape)}
        case ChartBlock():
            return chart_data(block)


def _figures(block: Figures) -> Data:
    items = [
        {
            "label": item.label,
            "text": item.cell.text,
            "note": item.cell.note,
            "change": inline(item.change),
            "target": inline(item.target),
            "verdict": item.verdict,
            "href": item.href,
        }
        for item in block.items
    ]
    return {"kind": "figures", "id": block.id, "title": block.title, "items": items}


def _answers(block: Answers) -> Data:
    items = [
        {
            "question": item.question,
            "word": item.word,
            "reason": inline(item.reason),
            "evidence": inline(item.evidence),
        }
        for item in block.items
    ]
    return {"kind": "answers", "id": block.id, "title": block.title, "items": items}


def chart_data(chart: ChartBlock) -> Data:
    return {
        "kind": "chart",
        "id": chart.id,
        "title": chart.title,
        "alt": chart.alt,
        "svg": draw.svg(chart.picture),
        "narrow": chart.narrow,
        "width": chart.picture.width,
        "height": chart.picture.height,
        "source": chart.source,
        "table": table_data(chart.table, small=True),
    }


def table_data(table: DataTable, *, wide: bool = False, small: bool = False) -> Data:
    """wide: on a landscape page; small: in the smallest type, as the figures of charts are."""
    points = SMALL_TYPE if small or table.small else TABLE_TYPE
    printed = widths(table, (LANDSCAPE if wide else PORTRAIT)[0] - 2 * MARGIN, points)
    return {
        "id": table.id,
        "title": table.title,
        "columns": [
            {"head": column.head, "align": column.align.value, "width": round(width, 2)}
            for column, width in zip(table.columns, printed, strict=True)
        ],
        "points": points,
        "rows": [_row(row, table.marks(row)) for row in table.rows],
        "key": table.key(),
        "cell_notes": [{"number": number, "text": note} for note, number in table.numbered_notes().items()],
        "notes": [inline(note) for note in table.notes],
        "source": table.source,
        "landscape": table.landscape,
        "small": table.small,
    }


def _row(row: Row, marks: tuple[int | None, ...]) -> Data:
    cells = [_cell(cell, mark) for cell, mark in zip(row.cells, marks, strict=True)]
    return {"kind": row.kind.value, "cells": cells}


def _cell(cell: Cell, mark: int | None) -> Data:
    spark = spark_svg(cell.sparkline) if cell.sparkline else ""
    return {
        "text": cell.text,
        "number": cell.is_number,
        "gap": cell.is_gap,
        "said": cell.note if cell.is_gap else "",
        "mark": f"[{mark}]" if mark else "",
        "level": level_data(cell.assurance) if cell.assurance else None,
        "spark": spark,
        "href": cell.href,
        "under": cell.under,
    }


def level_data(level: AssuranceLevel) -> Data:
    letter = level.value if level.is_given else ""
    return {"level": tag_text(level), "words": level.words, "letter": letter, "colour": level.colour}


def inline(words: Inline) -> list[Data]:
    return [{"text": span.text, "bold": span.bold, "italic": span.italic, "href": span.href} for span in spans(words)]
