"""What changed in a register, who changed it and why; and which changes of state are allowed.

A move that decides is made by another person than the one who made the last change of that row, with a reason.
"""

import csv
import io
from collections.abc import Iterable, Mapping
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
        if register.ladder is None or earlier is None or earlier[register.ladder.column] == row[register.ladder.column]:
            continue
        problem = _problem(register, earlier, row, by, roles, why, last.get(str(row[register.key]), ""))
        if problem:
            problems.append(_move(register, row, register.ladder.column, *problem))
    return problems


def _problem(
    register: "Register", earlier: RegisterRow, row: RegisterRow, by: str, roles: frozenset[str], why: str, last: str
) -> tuple[str, str] | None:
    assert register.ladder is not None
    before, after = earlier[register.ladder.column], row[register.ladder.column]
    move = next((one for one in _allowed(register) if one.allows(before, after)), None)
    words = f"{before} to {after}"
    if move is None:
        return f"{words} is no move of this register", "Go by the moves that the reference lists"
    may = register.decides if move.decides else f"{register.kept_by} {register.decides}"
    if not roles & set(may.split()):
        return f"{words} is made by {may.replace(' ', ' or ')}", "Ask one of those roles to make it"
    if move.decides and not why.strip():
        return f"{words} is a decision and no reason is given", "Give the reason with --why"
    if move.decides and last == by:
        return f"{words} is decided by the one who last changed the row", "Ask somebody else to decide it"
    if lacking := row.lacks(move.needs):
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
