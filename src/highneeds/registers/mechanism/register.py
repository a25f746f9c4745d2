"""What a register is: one definition declares it, and everything else follows from that."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from highneeds.checks.finding import Finding, Findings, RuleResult, Severity
from highneeds.checks.rule import Rule
from highneeds.intake.csvfile import CsvFile, CsvRow, parse_csv, read_csv
from highneeds.registers.mechanism.cells import read_cell, value_of
from highneeds.registers.mechanism.clock import Clock
from highneeds.registers.mechanism.column import KNOWN_ON, Column, Kind, with_common
from highneeds.registers.mechanism.ladder import Ladder, Move
from highneeds.registers.mechanism.measure import Measure
from highneeds.registers.mechanism.personal import unless_personal, without_personal
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import NO_ROW, WholeRule, named
from highneeds.registers.mechanism.situation import Situation
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.harmless import as_written
from highneeds.vocabulary.table import Table

__all__ = ["Entries", "Feed", "Register", "read_cell"]

ROLES = ("analyst", "finance_partner", "programme_manager", "condition_owner", "section_151", "director")


CITING = ("source", "notes")
"""Columns of every register in which its keeper cites documents."""


@dataclass(frozen=True)
class Entries:
    """A register read: its good rows, and what was found in the others."""

    register: "Register"
    rows: tuple[RegisterRow, ...]
    findings: Findings


def as_known(entries: Entries, day: date) -> Entries:
    """The entries without the rows that became known after a day, and without what was found in those."""
    later = {row.line for row in entries.rows if (known := row.values.get(KNOWN_ON)) is not None and known > day}
    if not later:
        return entries
    results = [
        RuleResult.of(one.rule, tuple(f for f in one.findings if f.line not in later), one.looked_at, NO_ROW)
        for one in entries.findings.results
    ]
    rows = tuple(row for row in entries.rows if row.line not in later)
    return Entries(entries.register, rows, Findings(tuple(results)))


def with_places(entries: Entries, placed: Callable[[str], str]) -> Entries:
    """The same entries, in which what is cited of a document is said as a reader would look it up.

    placed   'REPORT line 42: five' -> 'monitoring report, programme overview, page 2: five'
    """

    def said(row: RegisterRow) -> RegisterRow:
        cited = {name: placed(row.values[name]) for name in CITING if row.values.get(name)}
        cites = frozenset(name for name, words in cited.items() if words != row.values[name])
        return replace(row, values={**row.values, **cited}, cites=cites) if cites else row

    return replace(entries, rows=tuple(map(said, entries.rows)))


@dataclass(frozen=True)
class Feed:
    """kind: indicator, saving, forecast, account, assurance or report; target: its name; how: in words."""

    kind: str
    target: str
    how: str = ""


@dataclass(frozen=True)
class Register:
    """One register.

    key            the column whose value is unique and names the row
    named_by       the column that names it better to a reader; the key without one
    unit           what one row is
    folder         the folder of the workspace in which its file stands
    systems        the systems of the programme that it serves: 'F5 A9'
    kept_by, decides   roles that may keep rows, and that may decide, separated by spaces
    used           when in the month or year it is kept
    klass          public, council or casework; casework exactly when a column is personal
    rules          row rules, each over a RegisterRow
    whole_rules    rules over the whole register and others
    ladder, moves  states in order, and the changes of them that are allowed
    decided        columns of a row that stands already whose change is a decision, separated by spaces
    clocks         due days beside the deadline columns
    measures       the numbers it gives
    begins         of a register without states the columns that say since when a row is, the first filled one counts,
                   separated by spaces: a row that begins later counts in no measure
    counted        number columns that are those of `counted_on`: before that day nobody knew them
    parted         name -> function (row, situation) -> category, for cuts that are no column
    parted_order   the order of their categories, where it is not that of the alphabet
    headline       one sentence with names of measures in it. A count has its words for one and for several, and for
                   none where these are not 'no' with several: '{open:action is|actions are} open',
                   '{late:is|are|none are} late'
    feeds          what rests on it
    example        rows as they stand in the CSV; the manual prints them and the tests read them
    example_as_at  the day on which `expects` holds
    example_asks   codes of the queries that the example raises on purpose, separated by spaces: '06'
    beside         rows of other registers that the example needs
    expects        measures of the example: (measure, cut, category, period, value as printed)
    """

    name: str
    title: str
    unit: str
    source: str
    key: str
    columns: tuple[Column, ...]
    example: tuple[Mapping[str, str], ...]
    rules: tuple[Rule, ...] = ()
    help: str = ""
    named_by: str = ""
    folder: str = "registers"
    systems: str = ""
    kept_by: str = "programme_manager"
    decides: str = ""
    used: str = ""
    klass: str = "council"
    whole_rules: tuple[WholeRule, ...] = ()
    ladder: Ladder | None = None
    moves: tuple[Move, ...] = ()
    decided: str = ""
    clocks: tuple[Clock, ...] = ()
    measures: tuple[Measure, ...] = ()
    begins: str = ""
    counted: str = ""
    parted: Mapping[str, Any] = field(default_factory=dict)
    parted_order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headline: str = ""
    feeds: tuple[Feed, ...] = ()
    example_as_at: date = date(2025, 4, 2)
    example_settings: Mapping[str, Any] = field(default_factory=dict)
    example_council: Mapping[str, Any] = field(default_factory=dict)
    example_asks: str = ""
    beside: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    expects: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", with_common(self.columns))
        for rules in ("rules", "whole_rules"):
            full = tuple(named(one, self.prefix, self.source) for one in getattr(self, rules))
            object.__setattr__(self, rules, full)

    @property
    def prefix(self) -> str:
        """How its codes begin: 'FEEUPLIFTS'."""
        return self.name.replace("_", "").upper()

    @property
    def place(self) -> str:
        """Where its file stands in a workspace: 'registers/risks.csv'."""
        return f"{self.folder}/{self.name}.csv"

    @property
    def casework(self) -> bool:
        return any(column.personal for column in self.columns)

    def feeds_into(self, kind: str) -> bool:
        """Whether anything of that kind rests on it: 'account', 'forecast', 'indicator' ..."""
        return any(one.kind == kind for one in self.feeds)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """Columns that are the two ends of a stretch of time."""
        from highneeds.registers.mechanism.declared import pairs_of

        return tuple(pairs_of(self.by_name))

    def clock(self, name: str) -> Clock:
        return next(one for one in self.clocks if one.name == name)

    def measure(self, name: str) -> Measure:
        found = next((one for one in self.measures if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in self.measures) or "none"
            raise InputError(
                f"{self.name} has no measure '{name}'", where="--measure", remedy=f"Its measures are {known}"
            )
        return found

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    # reading

    def of_workspace(self, workspace: Place) -> "Entries | None":
        """What stands in a workspace's own file; None without one."""
        path = workspace / self.place
        return self.read(path, self.place) if path.exists() else None

    def kept_file(self, workspace: Place) -> CsvFile | None:
        """A workspace's own file as it stands; None without one."""
        path = workspace / self.place
        return self._file(path, self.place) if path.exists() else None

    def readable_rows(self, file: CsvFile) -> tuple[RegisterRow, ...]:
        """The good rows of a file, without asking any rule of them."""
        return self._counted(self._readable(file)[0])

    def template(self) -> Table:
        """The empty CSV with its header, followed by the worked example."""
        names = [column.name for column in self.columns]
        return Table.of(names, ([row.get(name, "") for name in names] for row in self.example), self.title)

    def read(self, path: Place, name: str = "") -> Entries:
        """Read a CSV file of this register. A column that is missing or unknown is refused; a bad row is a finding."""
        return self.entries(self._file(path, name))

    def given(self, text: str, file: str) -> Entries:
        """The text of a CSV that a person filled; what went out harmless to spreadsheets is again what it was."""
        found = parse_csv(text, file, self.required, optional=self.optional)
        rows = (replace(row, cells={name: as_written(cell) for name, cell in row.cells.items()}) for row in found)
        return self.entries(replace(found, rows=tuple(rows)))

    def _file(self, path: Place, name: str) -> CsvFile:
        return read_csv(path, self.required, optional=self.optional, name=name)

    @property
    def optional(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if not column.required)

    def entries(self, file: CsvFile) -> Entries:
        """The rows that can be read and whose key is unique, and the findings that need nothing else."""
        rows, problems = self._readable(file)
        return self._asked(rows, self.result("ROW", problems, len(file)))

    def asked(self, rows: Iterable[RegisterRow]) -> Entries:
        """Rows that were read already, with the findings that need nothing else."""
        every = list(rows)
        return self._asked(every, self.result("ROW", [], len(every)))

    def _asked(self, rows: list[RegisterRow], readable: RuleResult) -> Entries:
        from highneeds.registers.mechanism.declared import row_results

        results = [readable, self._duplicates(rows), *row_results(self, rows)]
        results += [self._ask(one, rows) for one in self.rules]
        return Entries(self, self._counted(rows), Findings(tuple(results)))

    def _readable(self, file: CsvFile) -> tuple[list[RegisterRow], list[Finding]]:
        """The rows that can be read, and what is wrong with the others."""
        rows: list[RegisterRow] = []
        problems: list[Finding] = []
        read = _FastReader(self, file)
        for row in file:
            try:
                rows.append(read(row))
            except InputError:
                problems += self._wrong_cells(row)
        return rows, problems

    def _wrong_cells(self, row: CsvRow) -> Iterator[Finding]:
        """What is wrong with each cell of a row that cannot be read."""
        for column in self.columns:
            try:
                if row.cells.get(column.name) or column.required:
                    read_cell(column, row)
            except InputError as problem:
                what = without_personal(problem.what)
                yield self.finding("ROW", Severity.MUST_FIX, row, column.name, what, problem.remedy)

    def _counted(self, rows: list[RegisterRow]) -> tuple[RegisterRow, ...]:
        """The first row of each key: a key that stands twice fails -KEY, and its later rows count nowhere."""
        first: dict[Any, RegisterRow] = {}
        for row in rows:
            first.setdefault(row[self.key], row)
        return tuple(first.values())

    def rows_of(self, rows: Iterable[Mapping[str, Any]], file: str = "") -> tuple[RegisterRow, ...]:
        """Rows given as mappings: text is read by its column's kind, other values stand as they are."""
        return tuple(self._given(row, file or f"{self.name}.csv", line) for line, row in enumerate(rows, 2))

    def _given(self, row: Mapping[str, Any], file: str, line: int) -> RegisterRow:
        values: dict[str, Any] = dict.fromkeys(self.by_name)
        for name, cell in row.items():
            column = self.by_name[name]
            text = isinstance(cell, str) and column.kind not in (Kind.TEXT, Kind.CODE)
            values[name] = (value_of(cell, column) if cell else None) if text else (cell if cell != "" else None)
        return RegisterRow(file, line, values)

    def _duplicates(self, rows: Iterable[RegisterRow]) -> RuleResult:
        seen: dict[Any, int] = {}
        problems = []
        for row in rows:
            first = seen.setdefault(row[self.key], row.line)
            if first != row.line:
                named = self._named(row) or "(not repeated here)"
                message = f"{self.key} {named} stands on line {first} already"
                fix = "Remove one of the two rows or give it its own key"
                problems.append(self.finding("KEY", Severity.MUST_FIX, row, self.key, message, fix))
        return self.result("KEY", problems, len(seen))

    def _ask(self, one: Rule, rows: list[RegisterRow]) -> RuleResult:
        problems = [
            Finding(
                one.code, one.severity, row.file, row.line, unless_personal(str(row[self.key])), "", answer, one.fix
            )
            for row in rows
            if (answer := one.ask(row))
        ]
        return RuleResult.of(one.code, tuple(problems), len(rows), NO_ROW)

    # findings, as this register words them

    def _named(self, row: RegisterRow) -> str:
        return unless_personal(str(row[self.key]))

    def finding(
        self, code: str, severity: Severity, row: CsvRow | RegisterRow, column: str, message: str, fix: str
    ) -> Finding:
        record = str(row[self.key]) if isinstance(row, RegisterRow) else row[self.key]
        named = unless_personal(record)
        return Finding(f"{self.prefix}-{code}", severity, row.file, row.line, named, column, message, fix)

    def result(self, code: str, problems: list[Finding], looked_at: int) -> RuleResult:
        return RuleResult.of(f"{self.prefix}-{code}", tuple(problems), looked_at, NO_ROW)

    def situation(self, rows: tuple[RegisterRow, ...], as_at: date, **more: Any) -> Situation:
        return Situation(self, as_at, rows, day=as_at, **more)

    def like(self, name: str, **more: Any) -> "Register":
        """This register under another name, for tests that add one."""
        return replace(self, name=name, **more)


class _FastReader:
    """Reads rows of one file; each different text of a column is read once, for most cells repeat others."""

    def __init__(self, register: Register, file: CsvFile) -> None:
        self._columns: list[tuple[Column, dict[str, Any] | None]] = [
            (column, {} if column.kind is not Kind.TEXT else None) for column in register.columns
        ]
        self._empty = dict.fromkeys(column.name for column in register.columns)

    def __call__(self, row: CsvRow) -> RegisterRow:
        values: dict[str, Any] = dict(self._empty)
        for column, seen in self._columns:
            text = row.cells.get(column.name, "")
            if not text:
                if column.required:
                    read_cell(column, row)
                continue
            if seen is None:
                values[column.name] = text
                continue
            if text not in seen:
                seen[text] = read_cell(column, row)
            values[column.name] = seen[text]
        return RegisterRow(row.file, row.line, values)
