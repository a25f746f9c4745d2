"""Clocks: from when, how long, what stops them, what pauses them, and on what they rest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from highneeds.registers.mechanism.column import in_words
from highneeds.registers.mechanism.reckoning import plus_months
from highneeds.registers.mechanism.row import RegisterRow, as_day
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.working_days import plus_working_days


class Basis(StrEnum):
    """What a due day rests on; a `watch` is somebody else's right and never overdue."""

    STATUTORY = "statutory"
    CONTRACT = "contract"
    LOCAL = "local"
    WATCH = "watch"


StartOf = Callable[[RegisterRow, Situation], date | None]
Asks = Callable[[RegisterRow, Situation], bool]


@dataclass(frozen=True)
class Running:
    """How a clock stands for one row.

    due_on        the last day on which doing it is still in time; None while paused
    paused_since  the first day of the open pause
    paused_in     the state in which it stands still, where no day of the pause is kept
    stopped_on    the day on which it was done, None while it is not; `stopped` alone where the day is not known
    """

    due_on: date | None
    stopped: bool = False
    stopped_on: date | None = None
    paused_since: date | None = None
    paused_in: str = ""


@dataclass(frozen=True)
class Clock:
    """name      what is due, in words: 'panel'
    start     the column of its start, or a function of the row
    length    (number or name of a setting, unit); units: days, weeks, months, working days, clear days
    stops     the columns whose day stops it, the first filled one counts; or a test of the row
    pauses    pairs of columns, from and to
    paused_in states in which it stands still, separated by spaces, where no days of a pause are kept
    basis     statutory, contract, local or watch
    where     rows for which it runs
    due       for a due day that no length gives: a function of the row
    """

    name: str
    start: str | StartOf
    length: tuple[int | str, str]
    stops: tuple[str, ...]
    stopped_if: Asks | None
    pauses: tuple[tuple[str, str], ...]
    basis: Basis
    where: Asks | None
    source: str
    paused_in: str = ""

    @property
    def title(self) -> str:
        return in_words(self.name)

    def run(self, row: RegisterRow, at: Situation) -> Running:
        """How it stands at the as-at day; due_on None and nothing else where it does not run."""
        start = self.started(row, at)
        if start is None:
            return Running(None)
        if (state := at.state(row)) in self.paused_in.split():
            return Running(None, paused_in=str(state))
        due = self._plus(start, at)
        stopped_on = next((as_day(row[name]) for name in self.stops if row[name] is not None), None)
        stopped = stopped_on is not None or (self.stopped_if is not None and self.stopped_if(row, at))
        for begins, ends in self.pauses:
            if row[begins] is None or due is None or row[begins] > due:
                continue
            if row[ends] is None:
                return Running(None, stopped, stopped_on, paused_since=row[begins])
            due += timedelta(days=(row[ends] - row[begins]).days)
        return Running(due, stopped, stopped_on)

    def started(self, row: RegisterRow, at: Situation) -> date | None:
        if row.n > 1 or (self.where is not None and not self.where(row, at)):
            return None
        return self.start(row, at) if callable(self.start) else as_day(row[self.start])

    def _plus(self, start: date, at: Situation) -> date | None:
        amount, unit = self.length
        count = int(at.setting(amount)) if isinstance(amount, str) else amount
        if unit == "months":
            return plus_months(start, count)
        if unit == "working days":
            found = plus_working_days(start, count)
            if found is None:
                raise NotAtHand("the list of bank holidays does not reach so far")
            return found
        days = {"days": count, "weeks": 7 * count, "clear days": count + 1}[unit]
        return start + timedelta(days=days)


def clock(
    name: str,
    start: str | StartOf,
    *,
    days: int | str | None = None,
    weeks: int | str | None = None,
    months: int | str | None = None,
    working_days: int | str | None = None,
    stops: str = "",
    stopped_if: Asks | None = None,
    pauses: tuple[tuple[str, str], ...] = (),
    basis: str = "local",
    where: Asks | None = None,
    source: str = "",
    paused_in: str = "",
) -> Clock:
    """A clock; without a length its start is itself the due day. A length in words is the name of a setting."""
    given = {"days": days, "weeks": weeks, "months": months, "working days": working_days}
    length: Any = next(((amount, unit) for unit, amount in given.items() if amount is not None), (0, "days"))
    return Clock(name, start, length, tuple(stops.split()), stopped_if, pauses, Basis(basis), where, source, paused_in)
