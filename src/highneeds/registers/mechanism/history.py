"""What changed in a register, who changed it and why; and which changes of state are allowed.

A move that decides is made by another person than the one who made the last change of that row, with a reason.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from highneeds.checks.finding import Finding, Severity
from highneeds.registers.mechanism.ladder import Move
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.registers.mechanism.register import Register

COLUMNS = ("at", "by", "role", "why", "row", "column", "before", "after", "move")
FOLDER = "registers/history"


@dataclass(frozen=True)
class CellChange:
    """One cell that changed; move: 'asked > offered' where it is a change of state. A new row has no `before`."""

    at: str
    by: str
    role: str
    why: str
    row: str
    column: str
    before: str
    after: str
    move: str = ""

    def as_row(self) -> tuple[str, ...]:
        return (self.at, self.by, self.role, self.why, self.row, self.column, self.before, self.after, self.move)


def place_of(register: "Register") -> str:
    """Where its history stands in a workspace."""
    return f"{FOLDER}/{register.name}.csv"


def table(changes: Iterable[CellChange]) -> Table:
    return Table.of(COLUMNS, (change.as_row() for change in changes), "History")


def as_lines(changes: Iterable[CellChange]) -> str:
    """The lines that are added to a history."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(change.as_row() for change in changes)
    return out.getvalue()


def read_history(text: str) -> tuple[CellChange, ...]:
    return tuple(CellChange(**{name: row[name] for name in COLUMNS}) for row in csv.DictReader(io.StringIO(text)))


def cell_text(value: Any) -> str:
    """A value as a file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def shown(register: "Register", row: RegisterRow, column: str) -> str:
    """The value of a cell as its file has it."""
    from highneeds.registers.mechanism.column import Kind

    value = row[column]
    if value is not None and register.by_name[column].kind is Kind.POUNDS:
        return pounds_text(value)
    return cell_text(value)


def changes(
    register: "Register",
    before: Iterable[RegisterRow],
    after: Iterable[RegisterRow],
    *,
    by: str,
    role: str,
    why: str,
    now: datetime,
) -> list[CellChange]:
    """Every cell that differs, by key, in the order of the new file."""
    old: Mapping[Any, RegisterRow] = {row[register.key]: row for row in before}
    at = now.isoformat(timespec="seconds")
    found = []
    state = register.ladder.column if register.ladder else ""
    for row in after:
        earlier = old.get(row[register.key])
        for column in register.by_name:
            was = shown(register, earlier, column) if earlier else ""
            now_is = shown(register, row, column)
            if was != now_is:
                move = f"{was} > {now_is}" if column == state and earlier else ""
                found.append(CellChange(at, by, role, why, str(row[register.key]), column, was, now_is, move))
    return found


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
    last = {change.row: change.by for change in history}
    problems = [_removed(register, row) for row in gone(register, old.values(), after)]
    for row in after:
        earlier = old.get(row[register.key])
        if earlier is None:
            continue
        by_last = last.get(str(row[register.key]), "") == by
        for column, decides, needs, words in _changed(register, earlier, row):
            if problem := _problem(register, row, decides, needs, words, roles, why, by_last):
                problems.append(_move(register, row, column, *problem))
    return problems


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
    by_last: bool,
) -> tuple[str, str] | None:
    """What stands against a change, and what to do; by_last: who makes it also made the last change of the row."""
    if decides is None:
        return f"{words} is no move of this register", "Go by the moves that the reference lists"
    may = register.decides if decides else f"{register.kept_by} {register.decides}".strip()
    if not roles & set(may.split()):
        return f"{words} is made by {may.replace(' ', ' or ')}", "Ask one of those roles to make it"
    if decides and not why.strip():
        return f"{words} is a decision and no reason is given", "Give the reason with --why"
    if decides and by_last:
        return f"{words} is decided by the one who last changed the row", "Ask somebody else to decide it"
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
