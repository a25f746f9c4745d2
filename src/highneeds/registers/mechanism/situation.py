"""What a rule, a clock or a measure may ask besides its row: the day, the settings, and the other registers at hand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from highneeds.registers.mechanism.row import RegisterRow, as_day, counted, first_day
from highneeds.vocabulary.period import FinancialYear

if TYPE_CHECKING:
    from highneeds.registers.mechanism.cases import CaseOnDay
    from highneeds.registers.mechanism.history import CellChange
    from highneeds.registers.mechanism.register import Register
    from highneeds.registers.mechanism.stated import StatedFigure


class NotAtHand(Exception):
    """Something that a rule or measure needs is not given: 'could not check', or a gap, with this reason."""

    @property
    def reason(self) -> Any:
        """As it was given: words, or numbers with theirs."""
        return self.args[0]


@dataclass(frozen=True)
class Situation:
    """register   the register that is asked
    as_at      nothing dated after it counts
    others     rows of the registers at hand, by name; one that is absent is not there
    settings   of section 1.10 of the design, defaults filled in
    facts      published figures that are known, by id; None where none are given
    observed   (indicator, period as written) -> value; None where no indicators are given
    council    what is known of the council: la_number, first_year, last_year, slots, conditions (their numbers),
               directions (indicator -> better direction), scenario_openings (opening -> month in the forecast),
               appealable_decisions (calendar year -> number), fact_ids (of every fact, also what became known later)
    cases      children with a plan on the as-at day by their case id; None where no caseload is given
    history    what changed in this register; None where no history is kept
    day        the day that is measured, mostly as_at
    year       the financial year that is measured, for measures by year
    first, last    the periods that were asked for, as written
    """

    register: "Register"
    as_at: date
    rows: tuple[RegisterRow, ...] = ()
    others: Mapping[str, tuple[RegisterRow, ...]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    facts: "Mapping[str, StatedFigure] | None" = None
    observed: Mapping[tuple[str, str], Decimal] | None = None
    council: Mapping[str, Any] = field(default_factory=dict)
    cases: "Mapping[str, CaseOnDay] | None" = None
    history: "tuple[CellChange, ...] | None" = None
    day: date = date.min
    year: FinancialYear = field(default_factory=lambda: FinancialYear(0))
    first: str = ""
    last: str = ""
    _kept: dict[Any, Any] = field(default_factory=dict, compare=False)
    _states: dict[int, str | None] = field(init=False, repr=False, compare=False)
    _here: dict[Any, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What is asked for every row lies at hand: one look-up by the row, none by day and year."""
        here = {"_states": self._once_a_day("states"), "_here": self._once_a_day(self.year)}
        for name, kept in here.items():
            object.__setattr__(self, name, kept)

    def on(self, day: date) -> "Situation":
        return replace(self, day=day)

    def in_year(self, year: FinancialYear) -> "Situation":
        return replace(self, year=year)

    # what stands in rows

    def state(self, row: RegisterRow) -> str | None:
        """The state of a row on the day that is measured; None where it had not begun."""
        ladder = self.register.ladder
        if ladder is None:
            return None
        found: str | None = self._states.get(id(row), "")
        if found == "":
            found = self._states[id(row)] = ladder.state(row, self.day)
        return found

    def is_(self, row: RegisterRow, states: str) -> bool:
        """Whether the row is in one of `states`, separated by spaces, on the day."""
        return self.state(row) in states.split()

    def reached(self, row: RegisterRow, state: str) -> bool:
        ladder = self.register.ladder
        if ladder is None:
            return False
        current = self.state(row)
        now, wanted = ladder.levels.get(current or ""), ladder.levels[state]
        if now is None or wanted is None:
            return ladder.reached(row, state, self.day)
        return now > wanted or current == state

    def live(self, row: RegisterRow, begins: str, ends: str) -> bool:
        """Begun by the day and not over, both days included; a month or a year is there from first to last day."""
        start, end = first_day(row[begins]), as_day(row[ends])
        return (start is None or start <= self.day) and (end is None or end >= self.day)

    def due(self, row: RegisterRow, clock: str) -> date | None:
        """The due day of a clock of this register; None where it does not run, or while it is paused."""
        return self.register.clock(clock).run(row, self).due_on

    # what is asked more than once is worked out once

    def _once_a_day(self, name: Any) -> dict[Any, Any]:
        place = (name, self.day)
        if place not in self._kept:
            self._kept[place] = {}
        found: dict[Any, Any] = self._kept[place]
        return found

    def keep(self, name: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once for this day and year. `name` tells it from everything else that is kept."""
        if name not in self._here:
            self._here[name] = make()
        return self._here[name]

    def kept(self, name: Any) -> Any:
        """What was made under a name for this day and year; None where nothing was yet."""
        return self._here.get(name)

    def those(self, test: "Callable[[RegisterRow, Situation], Any]", rows: Iterable[RegisterRow]) -> list[RegisterRow]:
        """The rows for which a test holds; each is asked once, for several measures and cuts ask the same."""
        answers: dict[int, bool] = self._here.setdefault(("those", test), {})
        found = []
        for row in rows:
            if (answer := answers.get(id(row))) is None:
                answer = answers[id(row)] = bool(test(row, self))
            if answer:
                found.append(row)
        return found

    # what stands beside

    def others_of(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of another register; NotAtHand where it is absent."""
        if register == self.register.name:
            return self.rows
        if register not in self.others:
            raise NotAtHand(f"no register of {register} is given")
        return self.others[register]

    def row_of(self, register: str, key: Any) -> RegisterRow | None:
        """The row of a register by its key."""
        from highneeds.registers.registry import registers

        rows = self.others_of(register)
        if not key:
            return None
        name = ("by key", register)
        if name not in self._kept:
            of = self.register if register == self.register.name else registers()[register]
            self._kept[name] = {row[of.key]: row for row in reversed(rows)}
        found: RegisterRow | None = self._kept[name].get(key)
        return found

    def setting(self, name: str) -> Any:
        """A setting; NotAtHand where the council has not set one that has no default."""
        from highneeds.registers.mechanism.settings import BY_NAME

        value = self.settings.get(name, BY_NAME[name].default)
        if value is None:
            raise NotAtHand(f"the setting {name} is not given")
        return value

    def caseload(self) -> "Mapping[str, CaseOnDay]":
        """Children with a plan on the as-at day, by their case id."""
        if self.cases is None:
            raise NotAtHand("no caseload is given")
        return self.cases

    def changes(self) -> "tuple[CellChange, ...]":
        """What changed in this register, in order."""
        if self.history is None:
            raise NotAtHand(f"no history of {self.register.name} is kept")
        return self.history

    def fact(self, name: str) -> "StatedFigure":
        if self.facts is None:
            raise NotAtHand("no facts are given")
        if name not in self.facts:
            raise NotAtHand(f"the fact {name} is not given")
        return self.facts[name]

    def observation(self, indicator: str, period: object) -> Decimal:
        """The value of an indicator in a period; NotAtHand where none is given."""
        if self.observed is None:
            raise NotAtHand("no indicators are given")
        value = self.observed.get((indicator, str(period)))
        if value is None:
            raise NotAtHand(f"{indicator} has no value for {period}")
        return value

    def amount(self, row: RegisterRow, column: str) -> int | None:
        """The pence in a cell, else what the facts of the row state in pounds; None where neither has a sum."""
        if row[column] is not None:
            return int(row[column])
        for name in (row.values.get("figures") or "").split():
            fact = (self.facts or {}).get(name)
            if fact is not None and fact.unit == "gbp" and fact.value is not None:
                return int(fact.value * 100)
        return None


def distinct(rows: Iterable[RegisterRow], column: str) -> int:
    """Different values of a column, plus n of the rows in which it is empty."""
    rows = list(rows)
    return len({row[column] for row in rows if row[column] is not None}) + counted(
        row for row in rows if row[column] is None
    )
