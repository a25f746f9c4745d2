"""A return as text, before anything is read into it: one frame of strings a module, with the line of each row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from highneeds.intake.sen2.rows import ReadingNote


@dataclass(frozen=True)
class RawModule:
    """The text of one module.

    columns   as the file has them
    load      gives the frame: its columns as text, and `line` (UInt32); an empty cell is null or ''. Called once, when
              the module's turn comes, so that no two modules of a national return are in memory as text
    """

    file: str
    columns: tuple[str, ...]
    load: Callable[[], pl.DataFrame]

    @classmethod
    def of(cls, file: str, frame: pl.DataFrame) -> "RawModule":
        """A module whose text is at hand."""
        return cls(file, tuple(column for column in frame.columns if column != "line"), lambda: frame)


@dataclass(frozen=True)
class RawReturn:
    """modules: our module name -> text, `header` among them. form: csv, xml, template, workbook, extract.

    offered   (module, column) pairs that the file can carry; None where the columns of the modules say so
    """

    form: str
    file: str
    modules: Mapping[str, RawModule]
    notes: tuple[ReadingNote, ...] = ()
    offered: frozenset[tuple[str, str]] | None = field(default=None)
