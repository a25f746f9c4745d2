"""Cells of a return that caseworkers put right: an overlay that is kept beside the return and read at its door.

caseload/corrections/<mark>.csv   the cells put right in the return with that mark, one row a cell

The files as received are not touched. An overlay fits one return only, by the mark of its files: the same row of
another export may be another child. It holds no name, UPN, ULN, birth date, postcode or free text; those are put right
in the case system.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.sen2.cells import Unreadable, reader_for
from highneeds.intake.sen2.fields import BLADE, CellKind, Field
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.intake.sen2.sources import SourceFile
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

FOLDER = "caseload/corrections"
COLUMNS = ("module", "row", "record", "item", "right_value", "stands", "rule")
MARK_SIGNS = 12
MODULE_OF = {blade: module for module, (blade, _, _) in BLADE.items() if module != "header"}
PUT_RIGHT = (CellKind.DAY, CellKind.FLAG, CellKind.CODE, CellKind.WHOLE)
"""Kinds of cells that can be put right here. What points from row to row, free text and what names a child cannot."""
ELSEWHERE = frozenset({("persons", "personbirthdate")})
"""A day that is personal, whatever kind of cell it is."""


def written_stamp(day: str, mark: str) -> str:
    """The return of a row of the corrections sheet: '2025-01-16 0123456789ab'."""
    return f"{day} {mark}"


def read_stamp(text: str) -> tuple[str, str] | None:
    """(day, mark) of what `written_stamp` wrote; None where it is something else."""
    found = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d) ([0-9a-f]{{{MARK_SIGNS}}})", text)
    return (found[1], found[2]) if found else None


def written_place(module: str, row: int) -> str:
    """The row of a return as the corrections sheet names it, from 1: 'assessment 12'."""
    return f"{BLADE[module][0]} {row + 1}"


def read_place(text: str) -> tuple[str, int] | None:
    """(module, row from 0) of what `written_place` wrote; None where it is something else."""
    found = re.fullmatch(r"([a-z]+) (\d{1,9})", text)
    return (MODULE_OF[found[1]], int(found[2]) - 1) if found and found[1] in MODULE_OF and found[2] != "0" else None


@dataclass(frozen=True)
class Correction:
    """One cell, or that it stands as it is.

    module, row   the row's module and its place there, from 0
    record        as findings name it
    item          by its SEN2 name
    value         what is right, as it is written in a return; '' for a cell that has to be empty
    stands        True where what is there is right: then there is no value
    rule          the finding that led to it
    """

    module: str
    row: int
    record: str
    item: str
    value: str
    stands: bool = False
    rule: str = ""

    @property
    def place(self) -> tuple[str, int, str]:
        return self.module, self.row, self.item

    @property
    def cells(self) -> tuple[str, ...]:
        stands = "yes" if self.stands else ""
        return (self.module, str(self.row + 1), self.record, self.item, self.value, stands, self.rule)


NONE_CORRECTED: Mapping[str, Sequence[Correction]] = MappingProxyType({})


def mark_of(sources: Iterable[SourceFile]) -> str:
    """A mark of the files of one return, whatever they are called and in whatever order they come."""
    digests = sorted(_digest(source) for source in sources)
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:MARK_SIGNS]


def _digest(source: SourceFile) -> str:
    found = hashlib.sha256()
    for piece in source.pieces():
        found.update(piece)
    return found.hexdigest()


def item_of(module: str, item: str) -> Field | None:
    """The item of this module that can be put right here, whatever its capitals; None where there is none."""
    field = every_column(module).get(item.strip().lower()) if module in MODULES else None
    if field is None or field.kind not in PUT_RIGHT or (module, field.column) in ELSEWHERE:
        return None
    return field


def why_unreadable(field: Field, text: str) -> str:
    """Why a text is no value of the item; '' where it is one."""
    try:
        reader_for(field)(text)
    except Unreadable as reason:
        return str(reason)
    return ""


def read_kept(workspace: Place) -> dict[str, tuple[Correction, ...]]:
    """Every kept overlay by the mark of its return."""
    folder = workspace / FOLDER
    if not folder.is_dir():
        return {}
    files = [path for path in sorted(folder.iterdir(), key=lambda one: one.name) if path.name.endswith(".csv")]
    return {path.name.removesuffix(".csv"): tuple(map(_correction, read_csv(path, COLUMNS))) for path in files}


def _correction(row: CsvRow) -> Correction:
    field = item_of(row["module"], row["item"])
    if field is None or not row["row"].isdigit() or row["row"] == "0":
        raise InputError(
            "This is no cell of a return that can be put right here",
            where=row.where,
            remedy="Bring the file back from a backup, or read the corrections sheet again",
        )
    stands, value = row["stands"] == "yes", row["right_value"]
    if value and (why := why_unreadable(field, value)):
        raise InputError(f"The value is {why}", where=row.place("right_value"), remedy="Correct the value")
    return Correction(row["module"], int(row["row"]) - 1, row["record"], field.column, value, stands, row["rule"])


def as_csv(corrections: Iterable[Correction]) -> str:
    """One overlay as it is kept, in the order of the return."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    order = list(BLADE)
    writer.writerows(
        one.cells for one in sorted(corrections, key=lambda one: (order.index(one.module), one.row, one.item))
    )
    return out.getvalue()


def corrected(text: pl.DataFrame, corrections: Sequence[Correction]) -> pl.DataFrame:
    """The text of one module with its cells put right."""
    for item in dict.fromkeys(one.item for one in corrections if not one.stands):
        of_item = [one for one in corrections if one.item == item and not one.stands]
        _must_be_there(text, of_item)
        column = text[item] if item in text.columns else pl.Series(item, [None] * text.height, dtype=pl.String)
        rows = [one.row for one in of_item]
        text = text.with_columns(column.cast(pl.String).scatter(rows, [one.value for one in of_item]).alias(item))
    return text


def _must_be_there(text: pl.DataFrame, corrections: Sequence[Correction]) -> None:
    beyond = next((one for one in corrections if one.row >= text.height), None)
    if beyond is not None:
        raise InputError(
            f"Row {beyond.row + 1} of {BLADE[beyond.module][0]} was put right, and the return has {text.height:,}",
            where=FOLDER,
            remedy="Make a new corrections sheet of this return",
        )


def correction_notes(module: str, corrections: Sequence[Correction]) -> Iterator[ReadingNote]:
    """How many cells of each item were put right."""
    for item in dict.fromkeys(one.item for one in corrections if not one.stands):
        count = sum(one.item == item and not one.stands for one in corrections)
        words = f"{BLADE[module][0]}, {item}: put right by the corrections sheet"
        yield ReadingNote("correction", module, item, words, count)
