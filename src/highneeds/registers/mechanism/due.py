"""The calendar: every due day of every register, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from highneeds.registers.mechanism.clock import Basis, Clock, Running
from highneeds.registers.mechanism.column import in_words
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.table import Table

COLUMNS = ("due_on", "days", "state", "register", "row", "clock", "title", "owner_role", "basis", "reason")
SHOWN = ("overdue", "due", "paused", "could_not_check")
HORIZON = 90


@dataclass(frozen=True)
class Due:
    """One line: state is overdue, due, paused, later, met, met_late, ended or could_not_check."""

    due_on: date | None
    days: int | None
    state: str
    register: str
    row: str
    clock: str
    title: str
    owner_role: str
    basis: str
    reason: str = ""

    def as_row(self) -> tuple[Any, ...]:
        day = "" if self.due_on is None else self.due_on.isoformat()
        days = "" if self.days is None else self.days
        return (
            day,
            days,
            self.state,
            self.register,
            self.row,
            self.clock,
            self.title,
            self.owner_role,
            self.basis,
            self.reason,
        )


def table(lines: Iterable[Due]) -> Table:
    return Table.of(COLUMNS, (line.as_row() for line in lines), "Calendar")


def calendar(situations: Iterable[Situation], horizon: int = HORIZON, everything: bool = False) -> list[Due]:
    """The lines of all registers: overdue and due within the horizon, the paused last; the others when asked for."""
    found = [line for at in situations for line in due_in(at, horizon)]
    wanted = [line for line in found if everything or line.state in SHOWN]
    return sorted(
        wanted, key=lambda one: (one.due_on is None, one.due_on or date.max, one.register, one.row, one.clock)
    )


def due_in(at: Situation, horizon: int = HORIZON) -> Iterator[Due]:
    """The lines of one register; a row that has ended or stands for several has none."""
    clocks = _clocks(at)
    ladder = at.register.ladder
    for row in at.rows:
        if row.n > 1:
            continue
        ended = ladder is not None and ladder.ended(row, at.as_at)
        for clock in clocks:
            line = _line(clock, row, at, horizon)
            if line is not None and not (ended and line.state not in ("met", "met_late")):
                yield line


def _clocks(at: Situation) -> tuple[Clock, ...]:
    """The clocks as declared, and one for each deadline column that no clock starts from at once."""
    register = at.register
    taken = {one.name for one in register.clocks}
    deadlines = (
        Clock(column.name, column.name, (0, "days"), (), None, (), Basis.LOCAL, None, "")
        for column in register.columns
        if column.deadline and column.name not in taken and not _started_from(register.clocks, column.name)
    )
    return (*register.clocks, *deadlines)


def _started_from(clocks: tuple[Clock, ...], column: str) -> bool:
    return any(one.start == column for one in clocks)


def _line(clock: Clock, row: RegisterRow, at: Situation, horizon: int) -> Due | None:
    try:
        run = clock.run(row, at)
    except NotAtHand as missing:
        return _said(clock, row, at, None, "could_not_check", str(missing))
    if run.paused_since is not None and not run.stopped:
        return _said(clock, row, at, None, "paused", f"paused since {run.paused_since}")
    if run.paused_in:
        return _said(clock, row, at, None, "paused", f"paused while {run.paused_in}; since when is not kept")
    if run.due_on is None:
        return None
    return _said(clock, row, at, run.due_on, state_of(clock, run, at, horizon), "")


def state_of(clock: Clock, run: Running, at: Situation, horizon: int) -> str:
    """met and met_late once it is done by the as-at day; a watch clock past its day is `ended`, never overdue."""
    assert run.due_on is not None
    if run.stopped and (run.stopped_on is None or run.stopped_on <= at.as_at):
        return "met_late" if run.stopped_on is not None and run.stopped_on > run.due_on else "met"
    days = (run.due_on - at.as_at).days
    if days < 0:
        return "ended" if clock.basis is Basis.WATCH else "overdue"
    return "due" if days <= horizon else "later"


def _said(clock: Clock, row: RegisterRow, at: Situation, due_on: date | None, state: str, reason: str) -> Due:
    register = at.register
    days = None if due_on is None else (due_on - at.as_at).days
    title = in_words(clock.name) if register.casework else _title(row, at, clock)
    return Due(
        due_on,
        days,
        state,
        register.name,
        str(row[register.key]),
        clock.name,
        title,
        row["owner_role"] or "",
        clock.basis.value,
        reason,
    )


def _title(row: RegisterRow, at: Situation, clock: Clock) -> str:
    """The row's title, else its key: casework never comes here."""
    return str(row.values.get("title") or row[at.register.key])
