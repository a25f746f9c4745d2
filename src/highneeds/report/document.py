"""What we say, once: a Document, made from the evidence and rendered to every format with the same words and numbers.

Everything a section writer needs is imported from here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from highneeds.report.blocks import (
    Align,
    AnswerBlock,
    Answers,
    BigFigure,
    Block,
    Bullets,
    ChartBlock,
    DataTable,
    Figures,
    Heading,
    Inline,
    NoteBlock,
    NoteKind,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    RowKind,
    SignatureLine,
    Signatures,
    Span,
    Symbol,
    TableColumn,
    Tag,
    Tags,
    Tone,
    must_be_an_id,
    plain,
    spans,
)
from highneeds.report.cells import SHORTHAND, Cell, Sparkline, Value, tag_text

__all__ = [
    "SHORTHAND",
    "Align",
    "AnswerBlock",
    "Answers",
    "BigFigure",
    "Block",
    "Bullets",
    "Cell",
    "ChartBlock",
    "DataTable",
    "Figures",
    "Heading",
    "Inline",
    "NoteBlock",
    "NoteKind",
    "PageBreak",
    "Paragraph",
    "Picture",
    "ReportDocument",
    "Row",
    "RowKind",
    "Section",
    "SignatureLine",
    "Signatures",
    "Span",
    "Sparkline",
    "Symbol",
    "TableColumn",
    "Tag",
    "Tags",
    "Tone",
    "Value",
    "long_date",
    "plain",
    "spans",
    "tag_text",
]


@dataclass(frozen=True)
class Section:
    """id         unique in the document, link target
    level      1 for the numbered sections of a report, 2 for a part of the one before it
    new_page   begins on a new page
    landscape  stands on landscape pages
    together   is not split from page to page where it fits on one
    synthetic  shows figures of invented data: a report that goes out leaves it out
    inside     checks our own words, or tells of single children and small counts: no report that goes out may hold it
    name       its title without the number that a report has put before it
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 1
    new_page: bool = False
    landscape: bool = False
    together: bool = False
    synthetic: bool = False
    inside: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        must_be_an_id(self.id)
        deepest = 0
        for heading in (block for block in self.blocks if isinstance(block, Heading)):
            if heading.level > deepest + 1:
                raise ValueError(f"Section {self.id}: the heading '{heading.text}' skips a level")
            deepest = heading.level


@dataclass(frozen=True)
class ReportDocument:
    """title        'Safety Valve monitoring report'
    council      'Kent County Council'
    period       what it is about, in words: 'April 2025'
    date         the day it is dated; it comes in by the door, there is no clock here
    version      of highneeds
    fingerprint  of the run that made the figures
    wording      fingerprint of the text that is signed with them; empty where nobody signs the document
    synthetic    True where any figure comes from invented data
    stem         how its files begin: 'kent-2025-04-submission'
    summary      one sentence for the properties of the files
    audience     who it is for, in words
    draft        True while it must be signed and is not; every page says so
    large        True where it is set in large type
    contents     True where it opens with a list of its sections
    contact      the role to ask, where one is named
    chart_tables True where the figures of the charts follow as tables; they stand in page, workbook and CSV anyway
    """

    title: str
    council: str
    period: str
    date: date
    version: str
    fingerprint: str
    synthetic: bool
    sections: tuple[Section, ...]
    stem: str
    summary: str = ""
    language: str = "en-GB"
    audience: str = ""
    draft: bool = False
    contents: bool = False
    large: bool = False
    chart_tables: bool = True
    contact: str = ""
    wording: str = ""

    @cached_property
    def content(self) -> str:
        """Fingerprint of all that it says, by which two documents are told apart."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def __post_init__(self) -> None:
        ids = [section.id for section in self.sections] + [table.id for _, table in self.tables()]
        ids += [block.id for _, block in self.blocks() if isinstance(block, ChartBlock)]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"Ids must be unique in a document; used twice: {', '.join(twice)}")

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        for section in self.sections:
            for block in section.blocks:
                yield section, block

    def tables(self) -> Iterator[tuple[Section, DataTable]]:
        """Every table in order: the tables themselves, the big figures and answers as tables, each chart's own."""
        for section, block in self.blocks():
            if isinstance(block, DataTable):
                yield section, block
            elif isinstance(block, ChartBlock):
                yield section, block.table
            elif isinstance(block, Figures):
                yield section, figures_table(block)
            elif isinstance(block, Answers):
                yield section, answers_table(block)
            elif isinstance(block, Signatures):
                yield section, signatures_table(block)

    @property
    def date_text(self) -> str:
        return long_date(self.date)

    @property
    def data_mark(self) -> str:
        return "Contains synthetic data" if self.synthetic else "No synthetic data"

    @property
    def footer(self) -> tuple[str, ...]:
        """What stands at the foot of every page, part by part."""
        run = f"run {self.fingerprint[:12]}" + (f", text {self.wording[:12]}" if self.wording else "")
        draft = (DRAFT,) if self.draft else ()
        whose = (self.council, self.period, self.date_text, *draft, self.data_mark)
        return (*whose, f"version {self.version}", run)

    @property
    def foot_run(self) -> int:
        """How many parts of the footer, counted from its end, say which run it is."""
        return 2


DRAFT = "Draft: not signed"


def long_date(day: date) -> str:
    """'16 January 2025'."""
    return f"{day.day} {day:%B} {day.year}"


def figures_table(figures: Figures) -> DataTable:
    """The big figures as a table, for the formats that have no big figures."""
    columns = (
        TableColumn("Figure", width=3),
        TableColumn("Value", align=Align.RIGHT, width=1.6),
        TableColumn("Change", width=3),
        TableColumn("Target", width=3),
        TableColumn("Direction", width=1.3),
    )
    rows = tuple(
        Row.of(item.label, item.cell, plain(item.change), plain(item.target), item.verdict) for item in figures.items
    )
    return DataTable(figures.id, figures.title, columns, rows)


def answers_table(answers: Answers) -> DataTable:
    """The answers as a table: question, answer, reason, and evidence where any is given."""
    evidence = any(plain(item.evidence) for item in answers.items)
    columns = (TableColumn("Question", width=3), TableColumn("Answer", width=0.7), TableColumn("Reason", width=5))
    rows = tuple(
        Row.of(item.question, item.word, plain(item.reason), *[plain(item.evidence)] * evidence)
        for item in answers.items
    )
    return DataTable(answers.id, answers.title, (*columns, *[TableColumn("Evidence", width=4)] * evidence), rows)


def signatures_table(signatures: Signatures) -> DataTable:
    """Who signs, and what stands there so far."""
    columns = (TableColumn("Role", width=3), TableColumn("Name and signature", width=4), TableColumn("Date", width=2))
    rows = tuple(
        Row.of(one.role, one.signed or "Not yet signed", one.day or "Not yet signed") for one in signatures.items
    )
    return DataTable(
        signatures.id, signatures.title, columns, rows, notes=(signatures.note,) if signatures.note else ()
    )
