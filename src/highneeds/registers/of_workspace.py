"""All registers of a council as known on a day: their rows, what the rules find, the measures and the calendar."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from highneeds.checks.finding import Findings, RuleResult
from highneeds.intake.csvfile import CsvFile, CsvRow, read_csv
from highneeds.intake.ledger.published_parts import FILE as PARTS
from highneeds.intake.ledger.published_parts import read_published_parts
from highneeds.intake.published import Published as Statistics
from highneeds.intake.published import open_pack
from highneeds.intake.text import read_text
from highneeds.intake.workspace.council import read_council
from highneeds.intake.workspace.facts import FACT_FILES
from highneeds.intake.workspace.known_on import Days, document_days, known_on
from highneeds.registers.mechanism.cases import CaseOnDay
from highneeds.registers.mechanism.declared import results_in
from highneeds.registers.mechanism.due import HORIZON, Due, calendar
from highneeds.registers.mechanism.history import CellChange, changes_in, place_of, read_history, rows_on
from highneeds.registers.mechanism.measuring import Measured, absent_measures, last_count, measures_of
from highneeds.registers.mechanism.settings import settings_of
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.mechanism.stated import (
    COLUMNS,
    FACT_COLUMNS,
    StatedFigure,
    StatedMeasure,
    contradictions,
    published,
    reported,
    stated_figures,
)
from highneeds.registers.register import Entries, Register, as_known
from highneeds.registers.registry import read_registers, registers
from highneeds.registers.surroundings import surroundings
from highneeds.store.place import Place
from highneeds.vocabulary.state import State


@dataclass(frozen=True)
class CouncilRegisters:
    """entries    the registers that are kept, by name
    as_at      nothing dated after it counts
    facts      published figures that are known, by id; None where none are given
    observed   (indicator, period) -> value; None where no indicators are given
    council    what Situation says; empty for bare files
    settings   of the registers, defaults filled in
    published  which fact states which measure
    cases      children with a plan on the day, by their case id; None without an accepted caseload
    histories  what changed in each register whose history is kept
    """

    entries: Mapping[str, Entries]
    as_at: date
    facts: Mapping[str, StatedFigure] | None = None
    observed: Mapping[tuple[str, str], Decimal] | None = None
    council: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=lambda: settings_of({}))
    published: tuple[StatedMeasure, ...] = ()
    cases: Mapping[str, CaseOnDay] | None = None
    histories: Mapping[str, tuple[CellChange, ...]] = field(default_factory=dict)
    _asked: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def _once(self, name: Any, make: Callable[[], Any]) -> Any:
        if name not in self._asked:
            self._asked[name] = make()
        return self._asked[name]

    @cached_property
    def _rows(self) -> dict[str, Any]:
        return {name: entries.rows for name, entries in self.entries.items()}

    def with_settings(self, given: Mapping[str, Any]) -> "CouncilRegisters":
        """The same by other settings than the council's."""
        return replace(self, settings={**self.settings, **given})

    def with_files(self, name: str, paths: Sequence[Place]) -> "CouncilRegisters":
        """The same with other rows: the first file is the register `name`, the others are known by their names."""
        own = {path.stem: read_file(known_register(path.stem), path) for path in paths[1:]}
        own[name] = read_file(known_register(name), paths[0])
        return replace(self, entries={**self.entries, **own})

    def situation(self, name: str, first: str = "", last: str = "", day: date | None = None) -> Situation:
        """What the rules and measures of one register may ask."""
        return Situation(
            registers()[name],
            self.as_at,
            self._rows.get(name, ()),
            self._rows,
            self.settings,
            self.facts,
            self.observed,
            self.council,
            self.cases,
            self.histories.get(name),
            day or self.as_at,
            first=first,
            last=last,
        )

    def measures(self, name: str, only: str = "", first: str = "", last: str = "") -> list[Measured]:
        """The measures of one register, each computed one followed by the printed one where the council prints it."""
        found: list[Measured] = self._once(
            ("measures", name, only, first, last), lambda: self._measures(name, only, first, last)
        )
        return found

    def _measures(self, name: str, only: str, first: str, last: str) -> list[Measured]:
        register = registers()[name]
        if name in self.entries:
            own = measures_of(self.situation(name, first, last), only)
        else:
            own = absent_measures(register, only)
        lines = [one for one in self.published if one.register == name and only in ("", one.measure)]
        return _beside(own, lines, register, self.facts or {})

    def latest_measures(self, name: str) -> list[Measured]:
        """The measures of one register; a stock that nobody has counted on the day is that of the last count."""
        own = self.measures(name)
        counted = last_count(self.situation(name)) if name in self.entries else None
        if counted is None:
            return own
        then = [one for one in replace(self, as_at=counted).measures(name) if one.period == counted.isoformat()]
        return [shown for one in own for shown in self._or_of(then, one)]

    def _or_of(self, then: list[Measured], one: Measured) -> list[Measured]:
        """A value, or where it is a gap of the day what the same measure came to at another."""
        uncounted = one.state is State.UNAVAILABLE and one.period == self.as_at.isoformat()
        return [other for other in then if other.measure == one.measure] if uncounted else [one]

    def results(self, name: str) -> list[RuleResult]:
        """What needs the day and the other registers: references, whole rules, and what is printed."""
        at = self.situation(name)
        found = results_in(at.register, at)
        lines = [one for one in self.published if one.register == name]
        if lines:
            found.append(contradictions(at.register, self._printed_measures(name, lines), lines, self.facts or {}))
        return found

    def _printed_measures(self, name: str, lines: Iterable[StatedMeasure]) -> list[Measured]:
        """What the printed measures come to: those of a day on that day, the others as known now."""
        places = {
            (one.measure, day if (day := _day(one.period)) and day <= self.as_at else self.as_at) for one in lines
        }
        return [
            found
            for measure, day in sorted(places)
            for found in measures_of(replace(self, as_at=day).situation(name), measure)
        ]

    def findings(self, name: str) -> Findings:
        """Everything that is found in one register; several documents ask, and it is worked out once."""
        found: Findings = self._once(
            ("findings", name), lambda: self.entries[name].findings + Findings(tuple(self.results(name)))
        )
        return found

    def calendar(self, horizon: int = HORIZON, everything: bool = False) -> list[Due]:
        return calendar((self.situation(name) for name in self.entries), horizon, everything)


def registers_known(
    folder: Place,
    as_at: date | None = None,
    entries: Mapping[str, Entries] | None = None,
    observed: Mapping[tuple[str, str], Decimal] | None = None,
    statistics: Statistics | None = None,
    cases: Mapping[str, CaseOnDay] | None = None,
    known_by: date | None = None,
) -> CouncilRegisters:
    """The registers of a workspace. Without a day it is that of its report.

    entries     the registers, where they were read already
    observed    the indicators as they are shown; else as the workspace reports them
    statistics  what was published by the day; else the pack
    cases       children with a plan on the day, where a caseload was accepted
    known_by    facts that became known later are left out; the day itself where none is given
    """
    council = read_council(folder)
    day = as_at or date.fromisoformat(str(council.report.submitted))
    held = read_registers(folder) if entries is None else entries
    facts = _fact_rows(folder)
    return CouncilRegisters(
        entries=held,
        as_at=day,
        facts=None if facts is None else _facts(facts, folder, known_by or day),
        observed=_observed(folder) if observed is None else observed,
        council=dict(
            la_number=council.la_number,
            first_year=council.first_year,
            last_year=council.last_year,
            slots=council.slots,
            fact_ids={row["id"] for row in facts or ()},
            **surroundings(folder, held, council.la_number, statistics or open_pack().known_on(day)),
        ),
        cases=cases,
        settings=settings_of(council.registers),
        published=_published(folder / "registers" / "published.csv"),
        histories=_histories(folder),
    )


def registers_on(folder: Place, day: date) -> dict[str, Entries]:
    """The registers as their lists stood at the end of a day: changes of later days are taken back where a history is
    kept, and rows that became known later are not there."""
    return {name: _entries_on(as_known(entries, day), folder, day) for name, entries in read_registers(folder).items()}


def _entries_on(entries: Entries, folder: Place, day: date) -> Entries:
    place = folder / place_of(entries.register)
    if not place.is_file():
        return entries
    changes = changes_in(io.TextIOWrapper(io.BytesIO(place.read_bytes()), "utf-8", newline=""))
    rows = rows_on(entries.register, entries.rows, changes, day)
    return entries if rows == entries.rows else entries.register.asked(rows)


def _histories(folder: Place) -> dict[str, tuple[CellChange, ...]]:
    """Of the registers with a rule that asks it: a long history is read by nobody else."""
    asked = [name for name, one in registers().items() if any(rule.history is not None for rule in one.whole_rules)]
    places = {name: folder / "registers" / "history" / f"{name}.csv" for name in asked}
    return {name: read_history(place.read_bytes().decode("utf-8")) for name, place in places.items() if place.is_file()}


def bare_registers(
    paths: Iterable[Place], name: str, as_at: date, settings: Mapping[str, Any], known_on: date | None = None
) -> CouncilRegisters:
    """Files without a workspace: the first is the register `name`, the others are known by their names.

    known_on   rows that became known later are left out
    """
    entries: dict[str, Entries] = {}
    facts = observed = None
    lines: tuple[StatedMeasure, ...] = ()
    for place, path in enumerate(_own_first(list(paths), name)):
        stem = name if place == 0 else path.stem
        if stem in entries or (place and stem not in BESIDE and stem not in registers()):
            raise _no_such_file(path, stem in entries)
        if stem == "facts" and place:
            facts = stated_figures(read_csv(path, FACT_COLUMNS))
        elif stem == "observations" and place:
            observed = _observations(read_csv(path, ("indicator", "period", "value")))
        elif stem == "published" and place:
            lines = _published(path)
        else:
            read = read_file(known_register(stem), path)
            entries[stem] = as_known(read, known_on) if known_on else read
    return CouncilRegisters(entries, as_at, facts, observed, settings=settings_of(settings, "--set"), published=lines)


BESIDE = ("facts", "observations", "published")
"""Files beside the registers, by their names."""


def _own_first(paths: list[Place], name: str) -> list[Place]:
    """Its own file first: the first, or where that bears the name of another list the one of its own name."""
    if paths and paths[0].stem != name and paths[0].stem in (*BESIDE, *registers()):
        paths.sort(key=lambda path: path.stem != name)
    return paths


def _no_such_file(path: Place, twice: bool) -> Exception:
    from highneeds.vocabulary.errors import InputError

    if twice:
        return InputError("This register is given twice", where=path.name, remedy="Give one file of each name")
    remedy = f"Name it as its register, or {', '.join(BESIDE)}; highneeds register list names them"
    return InputError("No register has the name of this file", where=path.name, remedy=remedy)


def known_register(name: str) -> Register:
    """A register by its name; one that does not exist is refused with the names nearest to it."""
    from difflib import get_close_matches

    from highneeds.vocabulary.errors import InputError

    if name not in registers():
        close = get_close_matches(name, list(registers()), 3, 0.5)
        remedy = f"The nearest are {' and '.join(close)}" if close else "highneeds register list names them"
        raise InputError(f"There is no register '{name}'", where="--register", remedy=remedy)
    return registers()[name]


def read_file(register: Register, path: Place) -> Entries:
    """A register from a CSV file, or from the sheet Rows of a workbook."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        from highneeds.registers.mechanism.workbook import read_workbook

        return register.entries(read_workbook(path, register))
    return register.given(read_text(path, path.name), path.name)


def _fact_rows(folder: Place) -> list[CsvRow] | None:
    """Every fact of the workspace; None where it has no file of them."""
    places = [folder / name for name in FACT_FILES if (folder / name).is_file()]
    return [row for place in places for row in read_csv(place, FACT_COLUMNS)] if places else None


def _facts(rows: Sequence[CsvRow], folder: Place, day: date) -> dict[str, StatedFigure]:
    """The facts that were known on the day, by id, and those that finance/published.yaml gives a part under the name of
    that part."""
    days, path = document_days(folder), folder / PARTS
    facts = stated_figures(row for row in rows if _is_known(row, days, day))
    if not path.is_file():
        return facts
    parts = read_published_parts(path, {row["id"] for row in rows}, days, day).of_known(facts)
    named = {f"promised_{payer}": figure for payer, figure in parts.promised}
    named |= {"savings_needed": parts.savings_needed} if parts.savings_needed else {}
    return {**{part: facts[figure] for part, figure in named.items()}, **facts}


def _is_known(fact: CsvRow, days: Days, day: date) -> bool:
    since = known_on(fact, fact["source_doc"] or fact["source"], days)
    return since is None or since <= day


def _observed(folder: Place) -> dict[tuple[str, str], Decimal] | None:
    path = folder / "observations.csv"
    if not path.is_file():
        return None
    renamed = {"indicator_id": "indicator", "flag": "state"}
    return _observations(read_csv(path, ("indicator", "period", "value"), renamed=renamed))


def _observations(file: CsvFile) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for row in file:
        try:
            if row["value"]:
                found[row["indicator"], row["period"]] = Decimal(row["value"])
        except InvalidOperation:
            continue  # a value in words is no number; the dashboard's own check tells of it
    return found


def _published(path: Place) -> tuple[StatedMeasure, ...]:
    if not path.is_file():
        return ()
    return published(read_csv(path, COLUMNS[:2] + COLUMNS[5:6], optional=COLUMNS), registers())


def _beside(
    own: list[Measured], lines: list[StatedMeasure], register: Register, facts: Mapping[str, StatedFigure]
) -> list[Measured]:
    """The printed values in their places: each after the computed one, else after the last of its measure."""
    shown = list(own)
    for line in lines:
        printed = reported(line, register, facts)
        if printed is None:
            continue
        same = [i for i, one in enumerate(shown) if one.measure == line.measure]
        exact = [
            i
            for i in same
            if (shown[i].cut, shown[i].category, shown[i].period) == (line.cut, line.category, line.period)
            and shown[i].state is not State.REPORTED
        ]
        place = exact or same
        shown.insert(place[-1] + 1 if place else len(shown), printed)
    return shown


def _day(period: str) -> date | None:
    """The day of an as-at period; None of any other."""
    try:
        return date.fromisoformat(period) if len(period) == 10 else None
    except ValueError:
        return None
