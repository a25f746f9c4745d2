"""Where a figure comes from. Every outside number carries one."""

from dataclasses import dataclass, field

from highneeds.vocabulary.words import capitalised


@dataclass(frozen=True)
class Source:
    """A document and the place in it.

    document   short id or title, such as REPORT or 'Kent Cabinet 22 Jul 2025'
    line       line of the document's text, where it has one
    place      where a reader would look it up: 'monitoring report, programme overview, page 1'; '' where the
               document is not among those that the agreement names
    """

    document: str
    line: int | None = None
    place: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.place or self.written

    @property
    def stands_in(self) -> str:
        """As a cell of its own: a document's place with a capital, a file by its name."""
        return capitalised(self.place) or self.written

    @property
    def written(self) -> str:
        """'REPORT line 11', as lists cite it."""
        return f"{self.document} line {self.line}" if self.line else self.document
