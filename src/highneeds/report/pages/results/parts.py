"""What the results of several pages are made of."""

from dataclasses import dataclass
from typing import Literal

FigureState = Literal[
    "reported",
    "computed",
    "provisional",
    "restated",
    "suppressed",
    "not_reported",
    "blank",
    "unavailable",
    "not_published",
]


Level = Literal["B", "G", "A", "R", "not_yet", "unknown"]


@dataclass(frozen=True)
class Link:
    """label   the words of the link, whole by themselves: 'In-year forecast, report line 11'"""

    label: str
    to: str


@dataclass(frozen=True)
class PageFinding:
    """What a page says first.

    heading   its first sentence, without a full stop: 'We forecast an in-year overspend of about £53m in 2024-25'
    rest      the sentences that stand below the heading, or ''
    """

    heading: str
    rest: str

    @classmethod
    def of(cls, first: str, *others: str) -> "PageFinding":
        """Of sentences: a heading has no full stop, the others keep theirs."""
        return cls(first.removesuffix("."), " ".join(others))

    @property
    def said(self) -> str:
        """All of it in sentences, where it stands in a line and is no heading."""
        return " ".join(filter(None, (f"{self.heading}.", self.rest)))


@dataclass(frozen=True)
class LinkedSentence:
    """A sentence with a link after it (what changed; what is asked; a note under a table)."""

    text: str
    to: str


@dataclass(frozen=True)
class ColumnResult:
    title: str
    numeric: bool


@dataclass(frozen=True)
class TableResult:
    """rows: cells as shown, as many as there are columns. The first cell of a row names it."""

    columns: tuple[ColumnResult, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class NamedTable:
    """A table under its own heading. `notes` and `source` stand below it."""

    id: str
    title: str
    table: TableResult
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Chart:
    """title     says the finding            alt   what the picture shows, in one or two sentences
    svg, png, csv   files inside DIR; csv holds the same table with plain values
    narrow    the same drawn for a narrow screen, a file inside DIR; '' where the svg serves there too
    source    'Monitoring report, lines 61 to 66; as at 31 January 2025'
    """

    id: str
    title: str
    alt: str
    svg: str
    png: str
    csv: str
    table: TableResult
    source: str
    narrow: str


@dataclass(frozen=True)
class Given:
    """The level the owner gave at one update: 'April', 'G', 'On target'."""

    update: str
    level: Level
    words: str
