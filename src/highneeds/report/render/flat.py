"""Tables and words laid flat for files: no merged cells, one header row, groups and notes as columns of their own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from highneeds.report.blocks import (
    Answers,
    Block,
    Bullets,
    ChartBlock,
    DataTable,
    Figures,
    Heading,
    NoteBlock,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Tags,
    plain,
)
from highneeds.report.cells import Cell, tag_text
from highneeds.report.document import ReportDocument

NOTES, LEVEL = "Notes", "Assurance level"


@dataclass(frozen=True)
class Flat:
    """columns of distinct names, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Line:
    """A piece of the report's words: the section it stands in, what it is, and the words."""

    section: str
    kind: str
    text: str


def flat(table: DataTable) -> Flat:
    """The table with its group (and the group's assurance level) before it and the notes of its cells behind it."""
    noted = bool(table.numbered_notes())
    heads = [*group_heads(table), *(column.head for column in table.columns), *[NOTES] * noted]
    rows = []
    for group, row in table.grouped_rows():
        last = (Cell.words(_notes(table, row)),) * noted
        rows.append((*group_cells(table, group), *row.cells, *last))
    return Flat(distinct(heads), tuple(rows))


def group_heads(table: DataTable) -> list[str]:
    """The names of the columns that say in which group a row stands."""
    return [table.group_name] * table.has_groups + [LEVEL] * _has_levels(table)


def group_cells(table: DataTable, group: Cell) -> list[Cell]:
    """The group of a row, and its assurance level where any group of the table has one."""
    level = Cell.tag(group.assurance) if group.assurance else Cell.words("")
    return [Cell.words(group.text)] * table.has_groups + [level] * _has_levels(table)


def _has_levels(table: DataTable) -> bool:
    return any(row.kind is RowKind.GROUP and row.cells[0].assurance for row in table.rows)


def distinct(names: list[str]) -> tuple[str, ...]:
    """The names, with a number behind one that came before; letters' size does not make them differ."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        times = seen[name.casefold()]
        result.append(name if times == 1 else f"{name} ({times})")
    return tuple(result)


def _notes(table: DataTable, row: Row) -> str:
    """'Jan 2025: read from a chart'; a note of several cells names them all."""
    notes: dict[str, list[str]] = {}
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell.needs_note:
            notes.setdefault(cell.note, []).append(column.head)
    return "; ".join(f"{', '.join(heads)}: {note}" for note, heads in notes.items())


def key_name(text: str) -> str:
    """A column's name in a CSV: 'Level given (£m)' -> 'level_given_m'."""
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or "column"


def lines(document: ReportDocument, called: Mapping[str, str] | None = None) -> Iterator[Line]:
    """Every sentence of the report in order, with the titles of its tables and charts in their places.

    called   what the file calls each table, by its id; the id itself where it has no other name
    """
    for section in document.sections:
        yield Line(section.title, "Section", section.title)
        for block in section.blocks:
            for kind, text in _block_lines(block, called or {}):
                yield Line(section.title, kind, text)


def _block_lines(block: Block, called: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    match block:
        case Paragraph():
            yield "Paragraph", plain(block.words)
        case Heading():
            yield "Heading", block.text
        case Bullets():
            yield from (("Point", plain(item)) for item in block.items)
        case Tags():
            for tag in block.items:
                yield "Assurance level", f"{tag.label}: {tag_text(tag.level)} {plain(tag.note)}".strip()
        case NoteBlock():
            yield "Note", f"{block.opening} {plain(block.words)}".strip()
        case Figures() | Answers() | Signatures() | DataTable():
            yield "Table", f"{block.title}: see {called.get(block.id, block.id)}"
        case ChartBlock():
            yield "Chart", f"{block.title}: see {called.get(block.table.id, block.table.id)}"
            yield "Chart in words", block.alt
