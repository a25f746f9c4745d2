"""A return as text, before anything is read into it: one frame of strings a module, with the line of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from highneeds.intake.sen2.rows import Note


@dataclass(frozen=True)
class RawModule:
    """frame: the columns by their Blade names, all text, and `line` (UInt32). An empty cell is null or ''."""

    file: str
    frame: pl.DataFrame


@dataclass(frozen=True)
class RawReturn:
    """modules: our module name -> text, `header` among them. form: csv, xml, template, workbook, extract.

    offered   (module, column) pairs that the file can carry; None where the columns of the frames say so
    """

    form: str
    file: str
    modules: Mapping[str, RawModule]
    notes: tuple[Note, ...] = ()
    offered: frozenset[tuple[str, str]] | None = field(default=None)
