"""What changed in a register, who changed it and why; and which changes of state are allowed.

A move that decides is made by another person than the one who made the last change of that row, with a reason.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from highneeds.checks.finding import Finding, Severity
from highneeds.registers.mechanism.cells import value_of
from highneeds.registers.mechanism.column import Kind
from highneeds.registers.mechanism.ladder import Move
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.registers.mechanism.register import Register

PERSON = "person "
"""How a history names a person: by a number, never by a name."""
COLUMNS = ("at", "by", "role", "why", "row", "column", "before", "after", "move")
FOLDER = "registers/history"


class CellChange(NamedTuple):
    """One cell that changed; move: 'asked > offered' where it is a change of state. A new row has no `before`.

    A history has millions of them: a tuple in the order of COLUMNS is the cheapest thing that has names.
    """

    at: str
    by: str
    role: str
    why: str
    row: str
    column: str
    before: str
    after: str
    move: str = ""


def person(number: object) -> str:
    """How a history names the person of this number; one who is known by a role alone is named by that."""
    return f"{PERSON}{number}"


def is_person(by: str) -> bool:
    return re.fullmatch(rf"{PERSON}\d+", by) is not None


def place_of(register: "Register") -> str:
    """Where its history stands in a workspace."""
    return f"{FOLDER}/{register.name}.csv"


def table(changes: Iterable[CellChange]) -> Table:
    return Table.of(COLUMNS, changes, "History")


def as_lines(changes: Iterable[CellChange]) -> str:
    """The lines that are added to a history."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(changes)
    return out.getvalue()


def read_history(text: str) -> tuple[CellChange, ...]:
    return tuple(changes_in(io.StringIO(text)))


def changes_in(lines: Iterable[str], row: str = "") -> Iterator[CellChange]:
    """The changes of a history one by one, of one row where it is named; nothing else is held."""
    records = csv.reader(lines)
    header = next(records, list(COLUMNS))
    places = [header.index(name) for name in COLUMNS]
    of_row, ordered = header.index("row"), places == list(range(len(COLUMNS)))
    for cells in records:
        if cells and (not row or cells[of_row] == row):
            yield CellChange._make(cells if ordered else [cells[place] for place in places])


def _cell_text(value: Any) -> str:
    """A value as a file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def writers(register: "Register", names: Iterable[str]) -> list[Callable[[Any], str]]:
    """For each column what gives a value as its file has it."""
    pounds = {name for name, column in register.by_name.items() if column.kind is Kind.POUNDS}
    return [_pounds if name in pounds else _cell_text for name in names]


def _pounds(value: Any) -> str:
    return "" if value is None else pounds_text(value)


def changes(
    register: "Register",
    before: Iterable[RegisterRow],
    after: Iterable[RegisterRow],
    *,
    by: str,
    role: str,
    why: str,
    now: datetime,
) -> Iterator[CellChange]:
    """Every cell that differs, by key, in the order of the new file."""
    old: Mapping[Any, RegisterRow] = {row[register.key]: row for row in before}
    said = (now.isoformat(timespec="seconds"), by, role, why)
    state = register.ladder.column if register.ladder else ""
    columns = list(zip(register.by_name, writers(register, register.by_name), strict=True))
    nothing: Mapping[str, Any] = dict.fromkeys(register.by_name)
    for row in after:
        key, values = row[register.key], row.values
        earlier = old[key].values if key in old else nothing
        if earlier == values:
            continue
        for column, write in columns:
            was, now_is = earlier[column], values[column]
            if was is now_is or (before_text := write(was)) == (after_text := write(now_is)):
                continue
            move = f"{before_text} > {after_text}" if column == state and earlier is not nothing else ""
            yield CellChange(*said, str(key), column, before_text, after_text, move)


class RowMoment(NamedTuple):
    """What became of one row at one moment: all cells that changed together. A new row has cells that were empty."""

    at: str
    by: str
    role: str
    why: str
    changes: tuple[CellChange, ...]


def moments(changes: Iterable[CellChange]) -> tuple[RowMoment, ...]:
    """The changes of one row, those that were made together as one, the oldest first."""
    together = groupby(changes, lambda one: (one.at, one.by, one.role, one.why))
    return tuple(RowMoment(*said, tuple(found)) for said, found in together)


def cells_after(cells: Mapping[str, str], moments: Sequence[RowMoment], number: int) -> dict[str, str]:
    """The cells of a row as they stood after `number` of its moments: what came later is taken back.

    cells  as they stand now, of every column that the register has today
    """
    earlier = dict(cells)
    for moment in reversed(moments[number:]):
        earlier |= {one.column: one.before for one in moment.changes if one.column in cells}
    return earlier


def rows_on(
    register: "Register", rows: Iterable[RegisterRow], changes: Iterable[CellChange], day: date
) -> tuple[RegisterRow, ...]:
    """The rows as the list had them at the end of a day: what was changed later is taken back, and a row that was added
    later is not there."""
    earlier: dict[str, dict[str, str]] = {}
    for change in changes:
        if change.at[:10] > day.isoformat():
            earlier.setdefault(change.row, {}).setdefault(change.column, change.before)
    found = [_as_it_was(register, row, earlier.get(str(row[register.key]), {})) for row in rows]
    return tuple(row for row in found if row[register.key] is not None)


def _as_it_was(register: "Register", row: RegisterRow, cells: Mapping[str, str]) -> RegisterRow:
    if not cells:
        return row
    columns = [(register.by_name[name], text) for name, text in cells.items() if name in register.by_name]
    values = {column.name: value_of(text, column) if text else None for column, text in columns}
    return RegisterRow(row.file, row.line, {**row.values, **values})


def gone(register: "Register", before: Iterable[RegisterRow], after: Iterable[RegisterRow]) -> list[RegisterRow]:
    """Rows that the new file no longer has: a row ends, it is not deleted."""
    kept = {row[register.key] for row in after}
    return [row for row in before if row[register.key] not in kept]


def refused(
    register: "Register",
    before: Iterable[RegisterRow],
    after: Iterable[RegisterRow],
    *,
    by: str,
    roles: frozenset[str],
    why: str,
    history: Iterable[CellChange],
) -> list[Finding]:
    """-MOVE: changes of state that are not listed, by someone who may not make them, or without what they need."""
    old = {row[register.key]: row for row in before}
    problems = [_removed(register, row) for row in gone(register, old.values(), after)]
    found = [
        (row, change)
        for row in after
        if (earlier := old.get(row[register.key])) is not None and earlier.values != row.values
        for change in _changed(register, earlier, row)
    ]
    last = _last_changes({str(row[register.key]) for row, change in found if change[1]}, history)
    for row, (column, decides, needs, words) in found:
        alone = _no_second(last.get(str(row[register.key])), by, roles)
        if problem := _problem(register, row, decides, needs, words, roles, why, alone):
            problems.append(_move(register, row, column, *problem))
    return problems


def decisions(register: "Register", earlier: RegisterRow | None, row: RegisterRow) -> tuple[str, ...]:
    """What of a change of a row is decided, in words: 'offered to agreed'. Of a new row the state that it begins in,
    where a move to that is decided: lists begin with what was decided before them, and it should be seen."""
    if earlier is None:
        state = row[register.ladder.column] if register.ladder else None
        led = any(one.after == state and one.decides and one.holds_for(row) for one in register.moves)
        return (str(state),) if led else ()
    return tuple(words for _, decides, _, words in _changed(register, earlier, row) if decides)


def _last_changes(rows: Collection[str], history: Iterable[CellChange]) -> dict[str, CellChange]:
    """The last change of each of these rows; the history is only read where something is decided."""
    return {change.row: change for change in history if change.row in rows} if rows else {}


def _no_second(last: CellChange | None, by: str, roles: frozenset[str]) -> tuple[str, str] | None:
    """Why whoever decides is not seen to be another person than the one who last changed the row, and what to do.

    Two persons are told apart by their numbers. Where one of the two is known by a role alone, only another role shows
    that it is somebody else.
    """
    if last is None:
        return None
    if is_person(by) and is_person(last.by):
        return SAME_PERSON if by == last.by else None
    return SAME_ROLE if roles & {last.by, *last.role.split()} else None


SAME_PERSON = ("the one who last changed the row", "Ask somebody else to decide it")
SAME_ROLE = (
    "the role that last changed the row, and a role does not say which person",
    "Ask somebody in another role to decide it, or let somebody else change the row in the office first",
)


def _changed(
    register: "Register", earlier: RegisterRow, row: RegisterRow
) -> Iterator[tuple[str, bool | None, tuple[str, ...], str]]:
    """(column, whether its change is decided, what it needs, the change in words) of the state and of the columns whose
    change is decided; decided is None where the change is no move."""
    state = register.ladder.column if register.ladder else ""
    if state and earlier[state] != row[state]:
        before, after = earlier[state], row[state]
        moves = [one for one in _allowed(register) if one.allows(before, after) and one.holds_for(row)]
        needs = tuple(dict.fromkeys(column for one in moves for column in one.needs))
        yield state, any(one.decides for one in moves) if moves else None, needs, f"{before} to {after}"
    for column in register.decided.split():
        if earlier[column] != row[column]:
            yield column, True, (), f"a change of {column}"


def _problem(
    register: "Register",
    row: RegisterRow,
    decides: bool | None,
    needs: tuple[str, ...],
    words: str,
    roles: frozenset[str],
    why: str,
    alone: tuple[str, str] | None,
) -> tuple[str, str] | None:
    """What stands against a change, and what to do; alone: why no second person is seen, as `_no_second` says it."""
    if decides is None:
        return f"{words} is no move of this register", "Go by the moves that the reference lists"
    may = register.decides if decides else f"{register.kept_by} {register.decides}".strip()
    if not roles & set(may.split()):
        return f"{words} is made by {may.replace(' ', ' or ')}", "Ask one of those roles to make it"
    if decides and not why.strip():
        return f"{words} is a decision and no reason is given", "Give the reason with --why"
    if decides and alone:
        return f"{words} is decided by {alone[0]}", alone[1]
    if lacking := row.lacks(needs):
        return f"{words} needs {lacking}", f"Fill in {lacking}"
    return None


def _allowed(register: "Register") -> tuple[Move, ...]:
    """The moves as listed; where none is listed to the next step of the ladder or to a side exit, those who keep the
    row may make it."""
    assert register.ladder is not None
    by_code = register.ladder.by_code
    listed = {(move.before, by_code[move.after].level) for move in register.moves}
    exits = {move.after for move in register.moves if by_code[move.after].level is None}
    steps = [
        Move(low.code, high.code, decides=False, needs=high.needs)
        for low in register.ladder.states
        for high in register.ladder.states
        if low.level is not None and high.level == low.level + 1 and (low.code, high.level) not in listed
    ]
    out = [
        Move("any", state.code, decides=False, needs=state.needs)
        for state in register.ladder.states
        if state.level is None and state.code not in exits
    ]
    return (*register.moves, *steps, *out)


def _move(register: "Register", row: RegisterRow, column: str, message: str, fix: str) -> Finding:
    return register.finding("MOVE", Severity.MUST_FIX, row, column, message, fix)


def _removed(register: "Register", row: RegisterRow) -> Finding:
    return _move(register, row, "", "The row is gone from the new file", "Keep it and let it end; nothing is deleted")
