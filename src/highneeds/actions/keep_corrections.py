"""Read a filled corrections sheet back and keep it as the overlay of its return. What cannot be used is a finding."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from highneeds.checks.finding import Finding, Severity
from highneeds.checks.sen2.corrections_sheet import (
    ITEM,
    OTHER_ITEM,
    OTHER_RIGHT,
    RECORD,
    RETURN,
    RIGHT,
    ROW,
    RULE,
    STANDS,
)
from highneeds.checks.sen2.kept_corrections import KeptCorrections
from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.sen2.corrections import (
    FOLDER,
    Correction,
    as_csv,
    item_of,
    read_kept,
    read_place,
    read_stamp,
    why_unreadable,
)
from highneeds.intake.sen2.fields import BLADE, CellKind
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.spreadsheet.grid import Grid, GridCell, read_grids
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError

NEEDED = (RETURN, ROW, RECORD, ITEM, RIGHT)
EMPTY = "(empty)"
"""What is written for a cell that has to be empty; a cell left empty in the sheet says nothing."""
YES = frozenset({"yes", "y", "x", "1", "true"})


@dataclass
class _SheetReading:
    """What a sheet says, row by row."""

    file: str
    only: str
    found: list[Finding] = field(default_factory=list)
    days: dict[str, str] = field(default_factory=dict)
    cells: dict[str, dict[tuple[str, int, str], tuple[Correction, str]]] = field(default_factory=dict)

    def take(self, mark: str, day: str, correction: Correction, where: str) -> None:
        """One cell; another value for it in a further row is a finding, and the first stands."""
        self.days[mark] = day
        there = self.cells.setdefault(mark, {})
        first, at = there.setdefault(correction.place, (correction, where))
        if (first.value, first.stands) != (correction.value, correction.stands):
            self.problem("CORRECTION-05", where, correction.record, f"{at} says otherwise of the same cell")

    def problem(self, rule: str, where: str, record: str, message: str, fix: str = "") -> None:
        fix = fix or "Correct the row of the sheet and read it again; the other rows are kept."
        self.found.append(Finding(rule, Severity.MUST_FIX, f"{self.file}, {where}", None, record, "", message, fix))


def keep_corrections(store: Store, sheet: Place, *, by: str, now: datetime, mark: str = "") -> KeptCorrections:
    """Keep what a filled sheet puts right. InputError for another file, or where none of its rows can be used.

    mark   of the return at hand, where there is one: rows of another return are refused
    """
    reading = _SheetReading(sheet.name, mark)
    grid, head = _sheet(read_grids(sheet))
    for row in grid.rows[head[1] + 1 :]:
        _read_row({name: row[place] for name, place in head[0].items()}, reading)
    if not reading.cells:
        raise InputError(
            reading.found[0].message if reading.found else "No row of the sheet is filled in",
            where=reading.found[0].file if reading.found else sheet.name,
            remedy=f"Fill the column '{RIGHT}', or '{STANDS}', and give the sheet again",
        )
    named = file_name_to_keep(sheet.name)
    kept, new, changed = [], 0, 0
    with store.change(by=by, now=now, what=f"Keep the corrections sheet {named}") as change:
        before = read_kept(documents(store))  # while it is locked: of two sheets at once, both are kept
        for one, cells in reading.cells.items():
            earlier = {correction.place: correction for correction in before.get(one, ())}
            mine = {place: correction for place, (correction, _) in cells.items()}
            new += len(mine)
            changed += sum(place in earlier and earlier[place].value != got.value for place, got in mine.items())
            whole = tuple({**earlier, **mine}.values())
            change.put(f"{FOLDER}/{one}.csv", as_csv(whole).encode())
            kept.append((one, reading.days[one], whole))
    return KeptCorrections(tuple(reading.found), tuple(kept), new, changed)


def _sheet(grids: Sequence[Grid]) -> tuple[Grid, tuple[Mapping[str, int], int]]:
    """The sheet that holds the corrections, its columns by name and the row of its head."""
    for grid in grids:
        for place, row in enumerate(grid.rows[:10]):
            names = {cell.text.strip().lower(): column for column, cell in enumerate(row) if cell.text}
            if all(name in names for name in NEEDED):
                return grid, (names, place)
    raise InputError(
        "This is no corrections sheet",
        where=grids[0].file,
        remedy=f"Give the sheet of highneeds caseload corrections, with its columns {', '.join(NEEDED)}",
    )


def _read_row(cells: Mapping[str, GridCell], reading: _SheetReading) -> None:
    """What one row says; a row that nobody filled says nothing."""
    text = {name: cell.text for name, cell in cells.items()}
    given = [name for name in (RIGHT, OTHER_ITEM, OTHER_RIGHT, STANDS) if text.get(name)]
    if not given:
        return
    where, record = cells[ROW].where or cells[RIGHT].where, _local(text[RECORD])
    stamp, place = read_stamp(text[RETURN]), read_place(text[ROW])
    if stamp is None or place is None:
        reading.problem("CORRECTION-01", where, record, f"'{RETURN}' or '{ROW}' is not as it was written in the sheet")
        return
    day, mark = stamp
    if reading.only and mark != reading.only:
        fix = "Make the sheet of the return at hand and fill that one: the same row may be another child there."
        reading.problem("CORRECTION-02", where, record, f"The row is of another return, of {day}", fix)
        return
    for correction in _corrections(text, cells, place, where, reading):
        reading.take(mark, day, correction, where)


def _local(record: str) -> str:
    """A record as findings name it. What else may have been written there is not kept."""
    return record if re.fullmatch(r"\d{1,9}", record) else ""


def _corrections(
    text: Mapping[str, str], cells: Mapping[str, GridCell], place: tuple[str, int], where: str, reading: _SheetReading
) -> Iterator[Correction]:
    module, key = place
    record, rule = _local(text[RECORD]), text.get(RULE, "")
    rule = rule if re.fullmatch(r"[A-Z]{3}-\d{1,3}|unreadable", rule) else ""
    stands = text.get(STANDS, "").strip().lower()
    if stands and stands not in YES | {"no", "n", "0"}:
        reading.problem("CORRECTION-03", where, record, f"'{STANDS}' is neither yes nor empty")
        return
    if stands in YES and text[RIGHT]:
        reading.problem("CORRECTION-03", where, record, f"The cell is said to be right as it is, and to be '{RIGHT}'")
        return
    pairs = [(text[ITEM], cells[RIGHT])]
    if OTHER_ITEM in cells and OTHER_RIGHT in cells:
        pairs.append((text[OTHER_ITEM], cells[OTHER_RIGHT]))
    for item, cell in pairs:
        if cell.text:
            value = _value(module, item, cell, where, record, reading)
            if value is not None:
                yield Correction(module, key, record, value[0], value[1], rule=rule)
    if stands in YES:
        known = item_of(module, text[ITEM])
        if known is None:
            reading.problem("CORRECTION-04", where, record, _no_item(module, text[ITEM]))
        else:
            yield Correction(module, key, record, known.column, "", stands=True, rule=rule)


def _value(
    module: str, item: str, cell: GridCell, where: str, record: str, reading: _SheetReading
) -> tuple[str, str] | None:
    """The item by its SEN2 name and its right value as a return writes it; None where the row cannot be used."""
    known = item_of(module, item)
    if known is None:
        reading.problem("CORRECTION-04", where, record, _no_item(module, item))
        return None
    written = "" if cell.text.lower() == EMPTY else cell.text
    if cell.problem:
        why = cell.problem
    elif known.kind is CellKind.DAY and cell.day is None and cell.number is not None:
        why = "a number and no date"
    else:
        why = why_unreadable(known, written) if written else ""
    if why:
        reading.problem("CORRECTION-06", where, record, f"The right value of {known.column} is {why}")
        return None
    return known.column, written


def _no_item(module: str, item: str) -> str:
    if not item:
        return "A right value is given and no item that it is of"
    if item.strip().lower() in every_column(module):
        return f"{item.strip().lower()} is personal or points to another row, so it is put right in the case system"
    return f"The item named there is none of {BLADE[module][0]} that can be put right here"
