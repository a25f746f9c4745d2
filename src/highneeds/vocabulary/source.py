"""Where a figure comes from. Every outside number carries one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A document and the place in it.

    document   short id or title, such as REPORT or 'Kent Cabinet 22 Jul 2025'
    line       line of the document's text, where it has one
    """

    document: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.document} line {self.line}" if self.line else self.document
