"""Where a figure comes from. Every outside number carries one."""

import re
from dataclasses import dataclass, field

from highneeds.vocabulary.words import capitalised

_RESTATED = re.compile(r"([A-Z][A-Z_]*) (\d+)(?:\s?[-–]\s?(\d+))?(?:,.*)?")


@dataclass(frozen=True)
class Source:
    """A document and the place in it.

    document   short id or title, such as REPORT or 'Kent Cabinet 22 Jul 2025'; a file by its path in the workspace
    line       line of the document's text, where it has one
    column     the column of a table, where one cell is meant
    place      where a reader would look it up: 'monitoring report, programme overview, page 1'; '' where the
               document is not among those that the agreement names
    """

    document: str
    line: int | None = None
    place: str = field(default="", compare=False)
    column: str = ""

    def __str__(self) -> str:
        return self.place or self.written

    @property
    def stands_in(self) -> str:
        """As a cell of its own: a document's place with a capital, a file by its name."""
        return capitalised(self.place) or self.written

    @property
    def written(self) -> str:
        """'REPORT line 11', as lists cite it; 'facts.csv line 3, column value' of a cell."""
        line = f" line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.document}{line}{column}"


@dataclass(frozen=True)
class RestatedLines:
    """The lines of a document that a paragraph says it restates, from the first to the last."""

    document: str
    first: int
    last: int

    def hold(self, source: Source) -> bool:
        """Whether a figure that comes from `source` stands on one of them."""
        return source.document == self.document and source.line is not None and self.first <= source.line <= self.last


def restated_lines(bracket: str) -> RestatedLines | None:
    """What the bracket behind a paragraph says: 'REPORT 124-130'. None where it names no lines of a document."""
    said = _RESTATED.fullmatch(bracket)
    return RestatedLines(said[1], int(said[2]), int(said[3] or said[2])) if said else None
