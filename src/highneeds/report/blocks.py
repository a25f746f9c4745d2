"""The blocks of a section. Each carries what a reader who cannot see it needs: headers, alternatives, words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from highneeds.report.cells import SHORTHAND, Cell
from highneeds.vocabulary.assurance_level import AssuranceLevel


@dataclass(frozen=True)
class Span:
    """A piece of a sentence. href: a web address, or '#id' of a section, table or chart of the same document."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Inline = str | Span | Sequence[str | Span]


def spans(inline: Inline) -> tuple[Span, ...]:
    """Whatever a writer gave as the words of a block, as spans."""
    if isinstance(inline, str):
        return (Span(inline),) if inline else ()
    if isinstance(inline, Span):
        return (inline,)
    return tuple(part if isinstance(part, Span) else Span(part) for part in inline)


def plain(inline: Inline) -> str:
    """The words alone."""
    return "".join(span.text for span in spans(inline))


class Tone(StrEnum):
    """How a paragraph speaks: the one sentence at the top, ordinary text, or a small line under something."""

    LEAD = "lead"
    BODY = "body"
    SMALL = "small"


@dataclass(frozen=True)
class Symbol:
    """A drawing beside a sentence. name: one of charts/symbols.py; alt: what it shows, in words."""

    name: str
    alt: str


@dataclass(frozen=True)
class Paragraph:
    words: Inline
    tone: Tone = Tone.BODY
    symbol: Symbol | None = None


@dataclass(frozen=True)
class Heading:
    """A heading inside a section. level: 1 stands directly under the section's own title, 2 under that."""

    text: str
    level: int = 1
    id: str = ""


@dataclass(frozen=True)
class Bullets:
    items: tuple[Inline, ...]
    numbered: bool = False


@dataclass(frozen=True)
class BigFigure:
    """One of the figures at the head of the report.

    label    'In-year position 2024-25'
    cell     the figure itself
    change   its change, in words that stand alone: '+£23.1m (+77%) on what was promised'
    target   what it should be: 'Promised: £29.9m'; say 'No target' where a volume is neither good nor bad
    verdict  'Worse', 'Better', 'No clear change' or '' for neutral; the word is shown, colour is an extra
    href     '#id' of where it comes from
    """

    label: str
    cell: Cell
    change: Inline = ""
    target: Inline = ""
    verdict: str = ""
    href: str = ""


@dataclass(frozen=True)
class Figures:
    """The big figures, two to four of them. `title` names them for a screen reader and heads their table in files."""

    items: tuple[BigFigure, ...]
    id: str = "figures"
    title: str = "The position in figures"


@dataclass(frozen=True)
class AnswerBlock:
    """yes: True, False, or None where it cannot be said. reason: one line. evidence: figures and where they stand."""

    question: str
    yes: bool | None
    reason: Inline
    evidence: Inline = ""

    @property
    def word(self) -> str:
        return {True: "Yes", False: "No", None: "Cannot be said"}[self.yes]


@dataclass(frozen=True)
class Answers:
    items: tuple[AnswerBlock, ...]
    id: str = "answers"
    title: str = "Are we on track?"


@dataclass(frozen=True)
class Tag:
    """An assurance level with what it is the level of: 'Level given, April 2025'."""

    label: str
    level: AssuranceLevel
    note: Inline = ""


@dataclass(frozen=True)
class Tags:
    """Assurance levels beside one another: given and suggested, or one for each slot of the year."""

    items: tuple[Tag, ...]


@dataclass(frozen=True)
class SignatureLine:
    """Whose signature belongs here. signed and day: '' until it is given."""

    role: str
    signed: str = ""
    day: str = ""


@dataclass(frozen=True)
class Signatures:
    """The lines on which people sign. note: what a signature stands for."""

    items: tuple[SignatureLine, ...]
    id: str = "signatures"
    title: str = "Signed off by"
    note: str = ""


class NoteKind(StrEnum):
    INFO = "info"
    CLAIM = "claim"
    DATA = "data"
    ASK = "ask"


@dataclass(frozen=True)
class NoteBlock:
    """Set apart from the text: a claim that does not hold, a caution about data, what is asked of the reader."""

    title: str
    words: Inline
    kind: NoteKind = NoteKind.INFO

    @property
    def opening(self) -> str:
        """The title as the first sentence of the note."""
        return self.title if self.title.endswith((".", ":", "?", "!")) else f"{self.title}."


@dataclass(frozen=True)
class PageBreak:
    """A new page on paper; nothing on a screen or in a workbook."""


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class RowKind(StrEnum):
    BODY = "body"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True)
class TableColumn:
    """name    the column's head
    unit    shown in the head, after the name: '£', '%', 'plans'
    align   figures to the right, text to the left
    width   weight among the columns; 1 is a figure's column, 3 to 6 a column of words
    of      the variable that this column is one value of ('month', 'financial year'), so that the tidy CSV can put
            the months below one another; '' for a column that is a variable of its own
    key     the name in files ('2025-01'); the head's words where empty
    """

    name: str
    unit: str = ""
    align: Align = Align.LEFT
    width: float = 1.0
    of: str = ""
    key: str = ""

    @property
    def head(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Row:
    """One row. A group row has one cell, the group's name, and heads the rows that follow it."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY

    @classmethod
    def of(cls, *cells: Cell | str) -> "Row":
        return cls(tuple(_cell(cell) for cell in cells))

    @classmethod
    def total(cls, *cells: Cell | str) -> "Row":
        """A sum of the rows above: ruled off above, and bold as an extra."""
        return cls(tuple(_cell(cell) for cell in cells), RowKind.TOTAL)

    @classmethod
    def group(cls, name: str, *, level: AssuranceLevel | None = None, note: str = "") -> "Row":
        return cls((Cell(name, name, note=note, assurance=level),), RowKind.GROUP)


def _cell(cell: Cell | str) -> Cell:
    return Cell.words(cell) if isinstance(cell, str) else cell


@dataclass(frozen=True)
class DataTable:
    """A table in which the first column heads each row.

    id          a short name, unique in the document: file name of its CSV, name of its sheet, link target
    title       says what the table shows
    notes       lines under the table, such as the key to the marks
    source      where the figures come from
    landscape   on paper it stands on landscape pages
    group_name  what a group is ('Agreement condition'), the head of that column in files
    small       the 7.5 pt setting for very wide tables
    """

    id: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    notes: tuple[Inline, ...] = ()
    source: str = ""
    landscape: bool = False
    group_name: str = "Group"
    small: bool = False

    def __post_init__(self) -> None:
        must_be_an_id(self.id)
        if not all(column.name.strip() for column in self.columns):
            raise ValueError(f"Table {self.id}: every column needs a head, for those who hear the table")
        for number, row in enumerate(self.rows, start=1):
            wanted = 1 if row.kind is RowKind.GROUP else len(self.columns)
            if len(row.cells) != wanted:
                raise ValueError(f"Table {self.id}, row {number}: {len(row.cells)} cells, not {wanted}")

    def numbered_notes(self) -> dict[str, int]:
        """What is to be said about single cells, numbered in the order of reading; the plain states have their key."""
        return self._numbers

    @cached_property
    def _numbers(self) -> dict[str, int]:
        notes: dict[str, int] = {}
        for row in self.rows:
            for cell in row.cells:
                if cell.needs_note:
                    notes.setdefault(cell.note, len(notes) + 1)
        return notes

    def marks(self, row: Row) -> tuple[int | None, ...]:
        """The number of the note at each cell of a row; a note that holds for several cells is marked at the first."""
        numbers, seen = self.numbered_notes(), set[str]()
        marks: list[int | None] = []
        for cell in row.cells:
            new = cell.needs_note and cell.note not in seen
            marks.append(numbers[cell.note] if new else None)
            seen.add(cell.note)
        return tuple(marks)

    def key(self) -> str:
        """The key to the plain marks of gaps in this table: '“-” means not reported'; '' where there are none."""
        marks: dict[str, str] = {}
        for row in self.rows:
            for cell in row.cells:
                if cell.is_plain_mark:
                    marks.setdefault(cell.text, SHORTHAND[cell.shorthand])
        return ". ".join(f"“{mark}” means {words[0].lower()}{words[1:]}" for mark, words in sorted(marks.items()))

    @property
    def has_groups(self) -> bool:
        return any(row.kind is RowKind.GROUP for row in self.rows)

    def grouped_rows(self) -> Iterator[tuple[Cell, Row]]:
        """Every row that is not a group's head, with the head of the group it stands in."""
        group = Cell.words("")
        for row in self.rows:
            if row.kind is RowKind.GROUP:
                group = row.cells[0]
            else:
                yield group, row


@dataclass(frozen=True)
class Picture:
    """A drawing that is yet to be made: what `report.charts.draw` turns into SVG and PNG.

    spec     the drawing as JSON: what `report.charts.spec` puts together
    width    CSS pixels of the whole picture
    height   likewise
    """

    spec: str
    width: int
    height: int


@dataclass(frozen=True)
class ChartBlock:
    """A chart, made by a function of report.charts from the same data as its table.

    title    the finding, in a sentence
    alt      what the picture shows, for those who cannot see it
    table    every figure that is drawn
    narrow   the same drawn as wide as a telephone, as SVG; '' where the picture serves there too
    """

    id: str
    title: str
    alt: str
    picture: Picture
    table: DataTable
    source: str = ""
    narrow: str = ""

    def __post_init__(self) -> None:
        must_be_an_id(self.id)
        if not self.alt.strip():
            raise ValueError(f"Chart {self.id}: a chart needs its alternative text")


Block = (
    Paragraph
    | Heading
    | Bullets
    | Figures
    | Answers
    | Signatures
    | Tags
    | NoteBlock
    | PageBreak
    | DataTable
    | ChartBlock
)


def must_be_an_id(text: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", text):
        raise ValueError(f"'{text}' is no id: small letters, digits and hyphens, beginning with a letter")
