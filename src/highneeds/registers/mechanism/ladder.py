"""The states of a row: their order, the day of each, the moves between them and who may make them.

Every state has its own day, so that the state on a past day follows from the row and not from a history.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

from highneeds.registers.mechanism.row import RegisterRow, as_day


@dataclass(frozen=True)
class RegisterState:
    """code; level: its place on the ladder, None for a side exit; days: the columns of its day, the first filled one
    counts; needs: further columns that must be filled in it; open: whether the row goes on in it."""

    code: str
    level: int | None
    days: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    open: bool = True

    def day_of(self, row: RegisterRow) -> date | None:
        for column in self.days:
            if (cell := row.values[column]) is not None:
                return as_day(cell)
        return None


@dataclass(frozen=True)
class Ladder:
    """States in their order, in the column that holds them."""

    column: str
    states: tuple[RegisterState, ...]

    @cached_property
    def by_code(self) -> dict[str, RegisterState]:
        return {state.code: state for state in self.states}

    @cached_property
    def levels(self) -> dict[str, int | None]:
        """The place of each state on the ladder; None of a side exit."""
        return {state.code: state.level for state in self.states}

    @cached_property
    def _days_to(self) -> dict[str, tuple[RegisterState, ...]]:
        """For each state the states whose days may date it, itself first, then the ones before it."""
        return {state.code: tuple(self._dating(state)) for state in self.states}

    def _dating(self, state: RegisterState) -> Iterator[RegisterState]:
        """A side exit without a day of its own was left to after the row had begun, nothing says when."""
        yield state
        levels = range(1) if state.level is None else range(state.level)
        before = [one for one in self.states if one.level is not None and one.level in levels]
        yield from sorted(before, key=lambda one: -(one.level or 0))

    def written(self, row: RegisterRow) -> RegisterState | None:
        """The state as it stands in the row."""
        return self.by_code.get(row.values[self.column])

    def reached(self, row: RegisterRow, code: str, day: date) -> bool:
        """The row's state is `code` or later, and the last filled day of it and the states before is not after `day`.

        Without any such day the state was reached throughout, or from the day of the count.
        """
        since = self.reached_on(row, code)
        return since is not None and since <= day

    def reached_on(self, row: RegisterRow, code: str) -> date | None:
        """The day from which `reached` holds; the first of all days where it holds throughout, None where never."""
        wanted, written = self.by_code[code], self.written(row)
        if written is None or not self._at_or_past(row, written, wanted):
            return None
        return self._since(row, code)

    def _since(self, row: RegisterRow, code: str) -> date:
        """The last filled day of a state and those before it, else the day of the count, else the first of all days."""
        values = row.values
        for column in self._columns_to[code]:
            if (cell := values[column]) is not None:
                return cell if type(cell) is date else as_day(cell) or date.min
        return values.get("counted_on") or date.min

    def days_reached(self, row: RegisterRow) -> tuple[str, ...]:
        """The columns of the days of the state that the row says it is in, and of those before it."""
        written = self.written(row)
        return () if written is None else self._columns_to[written.code]

    @cached_property
    def _columns_to(self) -> dict[str, tuple[str, ...]]:
        return {
            code: tuple(dict.fromkeys(name for state in states for name in state.days))
            for code, states in self._days_to.items()
        }

    def _at_or_past(self, row: RegisterRow, written: RegisterState, wanted: RegisterState) -> bool:
        if written.code == wanted.code:
            return True
        if wanted.level is None:
            return False
        if written.level is None:  # it left the ladder: earlier states by their own days, the first in any case
            return wanted.level == 0 or wanted.day_of(row) is not None
        return written.level > wanted.level

    def state(self, row: RegisterRow, day: date) -> str | None:
        """The latest state reached by `day`; None where the row had not begun."""
        written = row.values[self.column]
        if written not in self.by_code:
            return None
        if self._since(row, written) <= day:
            return str(written)
        levels = [one for one in self.states if one.level is not None and self.reached(row, one.code, day)]
        return max(levels, key=lambda one: one.level or 0).code if levels else None

    def ended(self, row: RegisterRow, day: date) -> bool:
        code = self.state(row, day)
        return code is not None and not self.by_code[code].open


@dataclass(frozen=True)
class Move:
    """A change of state: from, to, by those who keep the row (K) or those who decide (D), and the columns it needs.

    column, values   it holds for rows with one of these codes in this column; for all where no column is named.
                     Where several moves hold for one change, it is decided if one of them is, and needs what each needs
    """

    before: str
    after: str
    decides: bool
    needs: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()

    def allows(self, before: str, after: str) -> bool:
        return self.before in (before, "any") and self.after == after

    def holds_for(self, row: RegisterRow) -> bool:
        return not self.column or row[self.column] in self.values


_STATE = re.compile(r"([a-z0-9_|]+)(?:\(([^)]*)\))?")


def ladder(written: str, *, column: str = "state", side: str = "", ends: str = "") -> Ladder:
    """'asked(requested_on) < agreed|refused(decided_on/decided, +fee)': days in brackets, `/` for else, `+` for needs.

    side   exits that stand beside the ladder, each with its day in brackets; they end the row
    ends   states of the ladder in which the row is over
    """
    over = set(ends.split())
    states = [state for level, part in enumerate(written.split("<")) for state in _states(part.strip(), level, over)]
    states += [state for part in side.split() for state in _states(part, None, over)]
    return Ladder(column, tuple(states))


def _states(written: str, level: int | None, over: set[str]) -> Iterator[RegisterState]:
    found = _STATE.fullmatch(written)
    assert found, f"'{written}' is no state of a ladder"
    inside = [one.strip() for one in (found[2] or "").split(",") if one.strip()]
    days = tuple(name for one in inside if not one.startswith("+") for name in one.split("/"))
    needs = tuple(one[1:] for one in inside if one.startswith("+"))
    for code in found[1].split("|"):
        yield RegisterState(code, level, days, needs, open=level is not None and code not in over)


def moves(*written: str) -> tuple[Move, ...]:
    """'approved > planned D: decision places': from, to, who may make it, and the columns that it needs.

    'listed > closed D if outcome=conceded|consent_order: closed_on' holds for rows with one of these outcomes.
    """
    return tuple(move for one in written for move in _moves(one))


def _moves(written: str) -> Iterator[Move]:
    arrow, _, needs = written.partition(":")
    arrow, _, only = arrow.partition(" if ")
    before, rest = (part.strip() for part in arrow.split(">"))
    after, who = rest.split()
    column, _, values = only.strip().partition("=")
    for earlier, code in product(before.split("|"), after.split("|")):
        yield Move(earlier, code, who == "D", tuple(needs.split()), column, tuple(values.split("|")) if column else ())
