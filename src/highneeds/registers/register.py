"""What a register is: a title, columns with their kinds, row rules, and a worked example."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.checks.rule import Rule
from highneeds.intake.csvfile import CsvFile, CsvRow, read_csv
from highneeds.intake.values import number
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pence
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.table import Table


class Kind(StrEnum):
    """What may stand in a cell."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    POUNDS = "pounds and pence"
    DAY = "date"
    MONTH = "month"
    FINANCIAL_YEAR = "financial year"
    CODE = "code"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Column:
    """name: in files; title: on screens; codes: code -> words, for columns of kind CODE."""

    name: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    help: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One row with its values read: pounds in pence, dates as dates, an empty cell as None."""

    file: str
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True)
class Entries:
    """A register read: its good rows, and what was found in the others."""

    register: "Register"
    rows: tuple[RegisterRow, ...]
    findings: Findings


@dataclass(frozen=True)
class Register:
    """One register.

    key        the column whose value is unique and names the row
    unit       what one row is
    rules      row rules, each over a RegisterRow
    example    rows as they stand in the CSV; the manual prints them and the tests read them
    folder     the folder of the workspace in which its file stands
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
    folder: str = "registers"

    @property
    def place(self) -> str:
        """Where its file stands in a workspace: 'registers/risks.csv'."""
        return f"{self.folder}/{self.name}.csv"

    def of_workspace(self, workspace: Path) -> "Entries | None":
        """What stands in a workspace's own file; None without one."""
        path = workspace / self.place
        return self.read(path, self.place) if path.exists() else None

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    def template(self) -> Table:
        """The empty CSV with its header, followed by the worked example."""
        names = [column.name for column in self.columns]
        return Table.of(names, ([row.get(name, "") for name in names] for row in self.example), self.title)

    def read(self, path: Path, name: str = "") -> Entries:
        """Read a CSV file of this register. A column that is missing or unknown is refused; a bad row is a finding."""
        optional = [column.name for column in self.columns if not column.required]
        return self.entries(read_csv(path, self.required, optional=optional, name=name))

    def entries(self, file: CsvFile) -> Entries:
        rows, problems = [], []
        for row in file:
            try:
                rows.append(self._row(row))
            except InputError as problem:
                problems.append(self._finding("ROW", Severity.MUST_FIX, row, "", problem.what, problem.remedy))
        results = [self._result("ROW", problems, len(file)), self._duplicates(rows)]
        results += [self._ask(one, rows) for one in self.rules]
        return Entries(self, tuple(rows), Findings(tuple(results)))

    def _row(self, row: CsvRow) -> RegisterRow:
        return RegisterRow(row.file, row.line, {column.name: read_cell(column, row) for column in self.columns})

    def _duplicates(self, rows: Iterable[RegisterRow]) -> RuleResult:
        seen: dict[Any, int] = {}
        problems = []
        for row in rows:
            first = seen.setdefault(row[self.key], row.line)
            if first != row.line:
                message = f"{self.key} {row[self.key]} stands on line {first} already"
                fix = "Remove one of the two rows or give it its own key"
                problems.append(self._finding("KEY", Severity.MUST_FIX, row, self.key, message, fix))
        return self._result("KEY", problems, len(seen))

    def _ask(self, one: Rule, rows: Iterable[RegisterRow]) -> RuleResult:
        answers = [(row, one(row)) for row in rows]
        problems = [
            Finding(one.code, one.severity, row.file, row.line, str(row[self.key]), "", answer, one.fix)
            for row, answer in answers
            if answer
        ]
        outcome = Outcome.FOUND if problems else Outcome.CLEAR
        return RuleResult(one.code, outcome, tuple(problems), looked_at=len(answers))

    def _finding(
        self, code: str, severity: Severity, row: CsvRow | RegisterRow, column: str, message: str, fix: str
    ) -> Finding:
        record = str(row[self.key]) if isinstance(row, RegisterRow) else row[self.key]
        return Finding(f"{self.name.upper()}-{code}", severity, row.file, row.line, record, column, message, fix)

    def _result(self, code: str, problems: list[Finding], looked_at: int) -> RuleResult:
        outcome = Outcome.FOUND if problems else Outcome.CLEAR
        return RuleResult(f"{self.name.upper()}-{code}", outcome, tuple(problems), looked_at=looked_at)


def read_cell(column: Column, row: CsvRow) -> Any:
    """The value of one cell by the column's kind; empty is None, or refused where the column is required."""
    text = row[column.name]
    if not text:
        if column.required:
            raise InputError(f"{column.name} is empty", where=row.where, remedy="Fill it in")
        return None
    return _READERS[column.kind](text, column, row.place(column.name))


def _number(text: str, column: Column, where: str) -> Decimal:
    try:
        return number(text)
    except InputError as problem:
        raise InputError(f"{column.name} {problem.what}", where=where, remedy=problem.remedy) from None


def _whole(text: str, column: Column, where: str) -> int:
    value = _number(text, column, where)
    if value != int(value):
        raise InputError(f"{column.name} '{text}' is not a whole number", where=where, remedy="Write a whole number")
    return int(value)


def _day(text: str, column: Column, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"{column.name} '{text}' is not a date", where=where, remedy="Write it as 2025-01-31"
        ) from None


def _code(text: str, column: Column, where: str) -> str:
    if text not in column.codes:
        known = ", ".join(column.codes)
        raise InputError(f"{column.name} '{text}' is not a known code", where=where, remedy=f"Use one of {known}")
    return text


def _yes_no(text: str, column: Column, where: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise InputError(f"{column.name} '{text}' is neither yes nor no", where=where, remedy="Write yes or no")
    return text.lower() == "yes"


_READERS = {
    Kind.TEXT: lambda text, column, where: text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.POUNDS: lambda text, column, where: pence(text, where),
    Kind.DAY: _day,
    Kind.MONTH: lambda text, column, where: Month.parse(text, where),
    Kind.FINANCIAL_YEAR: lambda text, column, where: FinancialYear.parse(text, where),
    Kind.CODE: _code,
    Kind.YES_NO: _yes_no,
}
