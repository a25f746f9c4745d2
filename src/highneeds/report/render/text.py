"""A Document as plain lines, one thing said a line: to hold a draft against the one before, and for golden texts."""

from collections.abc import Iterator

from highneeds.report.blocks import (
    Answers,
    Block,
    Bullets,
    ChartBlock,
    DataTable,
    Figures,
    Heading,
    NoteBlock,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Tags,
    plain,
)
from highneeds.report.cells import Cell, tag_text
from highneeds.report.document import ReportDocument, answers_table, figures_table, signatures_table


def render(document: ReportDocument, *, rows: bool = True) -> str:
    """The words of a document without what changes from run to run: version and fingerprint.

    rows   False for what stands over and under its tables alone
    """
    lines = [document.title, f"For {document.audience}" if document.audience else ""]
    for section in document.sections:
        lines += ["", f"{'#' * section.level} {section.title}", *_of(section.blocks, rows)]
    return "\n".join(lines).strip() + "\n"


def lines_by_section(document: ReportDocument) -> Iterator[tuple[str, str]]:
    """(title of the section, line), in the order of reading."""
    for section in document.sections:
        yield from ((section.title, line) for line in _of(section.blocks, rows=True))


def _of(blocks: tuple[Block, ...], rows: bool) -> list[str]:
    return [line for block in blocks for line in _lines(block, rows)]


def _lines(block: Block, rows: bool) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.words)
        case Heading():
            yield f"{'=' * block.level} {block.text}"
        case Bullets():
            yield from (f"- {plain(item)}" for item in block.items)
        case NoteBlock():
            yield f"{block.opening} {plain(block.words)}".strip()
        case Tags():
            yield from (f"{one.label}: {tag_text(one.level)} {plain(one.note)}".strip() for one in block.items)
        case Figures():
            yield from _table(figures_table(block))
        case Answers():
            yield from _table(answers_table(block))
        case Signatures():
            yield from _table(signatures_table(block))
        case DataTable():
            yield from _table(block, rows)
        case ChartBlock():
            yield f"Chart: {block.title}"
            yield from _rows(block.table, rows)
            yield from [f"Source: {block.source}"] if block.source else []
        case PageBreak():
            return


def _table(table: DataTable, rows: bool = True) -> Iterator[str]:
    yield f"Table: {table.title}"
    yield from _rows(table, rows)
    yield from [f"Key: {table.key()}"] if table.key() else []
    yield from (f"[{number}] {note}" for note, number in table.numbered_notes().items())
    yield from (plain(note) for note in table.notes)
    yield from [f"Source: {table.source}"] if table.source else []


def _rows(table: DataTable, rows: bool) -> Iterator[str]:
    yield " | ".join(column.head for column in table.columns)
    yield from (_row(row) for row in table.rows if rows)


def _row(row: Row) -> str:
    text = " | ".join(_cell(cell) for cell in row.cells)
    return f"-- {text}" if row.kind is RowKind.GROUP else text


def _cell(cell: Cell) -> str:
    """What is shown, with the smaller line under it; a trend is drawn, and its figures stand in the row."""
    if cell.sparkline is not None:
        return "trend"
    shown = tag_text(cell.assurance) if cell.assurance is not None and not cell.text else cell.text
    return f"{shown} ({cell.under})" if cell.under else shown
