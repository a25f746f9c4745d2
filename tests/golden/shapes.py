"""All that documents, pages and tables of the account hand on, of three small councils, as text a person can read.

What the words of a document do not show stands here too: which columns with which width, what is a number and what a
gap, where a link leads, what begins a page. A long table shows its first and last rows and the fingerprint of all; a
drawing shows its fingerprint, since one of each kind stands line by line in tests/golden/drawings.

    python scripts/write_texts.py        writes them; read the difference
"""

import hashlib
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, get_args

from golden.small_councils import small_councils
from highneeds.evidence import Evidence
from highneeds.report.blocks import Block, ChartBlock, Picture, Row
from highneeds.report.build import build
from highneeds.report.cells import Cell
from highneeds.report.document import Section
from highneeds.report.output import listed_reports
from highneeds.report.pages.results_of import indicator_charts, results_of
from highneeds.report.pages.shown import shown
from highneeds.report.reports import reports
from highneeds.report.reports.submission import submission
from highneeds.report.views.by_name import views
from highneeds.vocabulary.table import Table

FOLDER = Path(__file__).parent / "shapes"
FIRST, LAST = 6, 2
"""Rows of a long list that stand in full at its beginning and its end."""
LONG = 300
"""Characters of a text that stand in full; of a longer one the fingerprint follows."""
MOVES = {"fingerprint", "wording", "version", "inputs"}
"""Fingerprints of the inputs and of the version."""
WHOLE = (Section, Table, *get_args(Block))
"""Of these every one stands in full."""
SHAPES = (*(one.name or one.kind for one in (*reports(), shown)), "results", "views")

councils = cache(small_councils)


def shape(name: str) -> str:
    """What one kind of document says of each small council."""
    found = []
    for council, evidence in councils().items():
        found += [f"# {council}", "", *lines_of(_made(name, evidence)), ""]
    return "\n".join(found)


def _made(name: str, evidence: Evidence) -> Any:
    if name == "results":
        return results(evidence)
    if name == "views":
        return tuple(one.table(evidence.account) for one in views() if not one.books)
    return build(next(one for one in (*reports(), shown) if name == (one.name or one.kind)), evidence)


@cache
def results(evidence: Evidence) -> Any:
    """What the pages read."""
    pages = build(shown, evidence)
    charts = [block for _, block in pages.blocks() if isinstance(block, ChartBlock)]
    return results_of(
        evidence, build(submission, evidence), charts, indicator_charts(evidence), (), listed_reports(evidence, ())
    )


def lines_of(thing: Any, deep: int = 0) -> Iterator[str]:
    """A thing as lines: what is small on one, what is large with its parts below it, further in."""
    line = _line(thing)
    space = "  " * deep
    if len(line) <= 160 or isinstance(thing, str | Cell | Row | Picture):
        yield space + line
    elif is_dataclass(thing):
        yield space + type(thing).__name__
        for name, value in _parts(thing):
            yield from _named(name, value, deep + 1)
    else:
        yield from _listed(thing, deep)


def _named(name: str, value: Any, deep: int) -> Iterator[str]:
    line = _line(value)
    if len(line) <= 160 or isinstance(value, str | Cell | Row | Picture):
        yield f"{'  ' * deep}{name}: {line}"
    else:
        yield f"{'  ' * deep}{name}:"
        yield from lines_of(value, deep + 1)


def _listed(things: Any, deep: int) -> Iterator[str]:
    if isinstance(things, dict):
        for name, value in things.items():
            yield from _named(str(name), value, deep)
        return
    every = tuple(things)
    first, last = (FIRST, LAST) if all(isinstance(one, Cell | Row | tuple | str) for one in every) else (3, 1)
    if len(every) <= first + last + 1 or any(isinstance(one, WHOLE) for one in every):
        first, last = len(every), 0
    for one in every[:first]:
        yield from lines_of(one, deep)
    if first < len(every):
        yield f"{'  ' * deep}... {len(every)} in all, {_print(' '.join(map(_line, every)))}"
        for one in every[-last:]:
            yield from lines_of(one, deep)


def _line(thing: Any) -> str:
    """A thing on one line."""
    if isinstance(thing, Cell):
        return _cell(thing)
    if isinstance(thing, Row):
        return " | ".join(map(_cell, thing.cells)) + ("" if thing.kind.value == "body" else f"  <{thing.kind.value}>")
    if isinstance(thing, Picture):
        return f"{thing.width} by {thing.height}, {_print(thing.spec)}"
    if is_dataclass(thing):
        return f"{type(thing).__name__}({', '.join(f'{name}={_line(value)}' for name, value in _parts(thing))})"
    if isinstance(thing, Enum):
        return thing.name
    if isinstance(thing, tuple | list):
        return f"[{', '.join(map(_line, thing))}]"
    if isinstance(thing, str):
        return thing if len(thing) <= LONG else f"{thing[:LONG]}... {_print(thing)}"
    return str(thing)


def _cell(cell: Cell) -> str:
    """'7,765 =7765 count', and whatever else is set. How a number is shown stands in its text."""
    plain = cell.value == (cell.text or None)
    value = "" if plain or cell.value is None else f" ={cell.value}"
    more = [f"{name}={_line(value)}" for name, value in _parts(cell) if name not in ("value", "text", "unit", "shown")]
    return f"{cell.text}{value}{f' {cell.unit}' if cell.unit else ''}{f' {{{chr(59).join(more)}}}' if more else ''}"


def _parts(thing: Any) -> Iterator[tuple[str, Any]]:
    """The fields that differ from what they are when nobody sets them."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name not in MOVES and (field.default is MISSING or value != field.default):
            yield field.name, value


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in SHAPES:
        (FOLDER / f"{name}.txt").write_text(shape(name), encoding="utf-8")
