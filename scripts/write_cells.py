"""Write what one changed cell of each register's worked example changes: python scripts/write_cells.py

The example says what a register comes to. Here each of its cells, and of the tables beside it, is written otherwise,
one at a time: every code, the days about the as-at day and the other days of the row, nought, one, one more, nothing;
and the whole is asked on each day that stands in it or is due, and on the day after.
What is then measured, found or due otherwise stands in tests/golden/cells, so that a limit that moves by a day, or a
code that is spelt otherwise, shows in review as a changed line that can be checked with a pencil.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from highneeds.checks.finding import Outcome
from highneeds.registers.mechanism.column import COMMON, Column, Kind
from highneeds.registers.mechanism.declared import results_in
from highneeds.registers.mechanism.due import due_in
from highneeds.registers.mechanism.measure import Measure
from highneeds.registers.mechanism.measuring import TOTAL, Measured, measures_of
from highneeds.registers.mechanism.proof import example_situation
from highneeds.registers.mechanism.register import Register
from highneeds.registers.mechanism.row import as_day
from highneeds.registers.registry import registers
from highneeds.vocabulary.period import FinancialYear, Month, SchoolYear

CELLS = Path(__file__).resolve().parents[1] / "tests" / "golden" / "cells"
FIRST_ROWS = 4
"""Of each table so many rows are changed: the longest examples hold fifteen alike, and minutes are no use to anyone."""
PERIODS = {Kind.MONTH: Month, Kind.FINANCIAL_YEAR: FinancialYear, Kind.SCHOOL_YEAR: SchoolYear}
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One cell written otherwise: of the example, or of the table of another register beside it."""

    table: str
    line: int
    column: str
    written: str

    def __str__(self) -> str:
        return f"{self.table} {self.line}: {self.column} {self.written or 'empty'}"

    def of(self, register: Register) -> Register:
        def written(rows: tuple[Cells, ...]) -> tuple[Cells, ...]:
            return tuple(
                {**row, self.column: self.written} if line == self.line else row for line, row in enumerate(rows, 1)
            )

        if self.table == register.name:
            return replace(register, example=written(register.example))
        return replace(register, beside={**register.beside, self.table: written(register.beside[self.table])})


def cells_text(register: Register) -> str:
    """What the example comes to, then a line for each changed cell that comes to something else."""
    before = comes_to(register)
    lines = [f"{what}: {value}" for what, value in before.items()] + [""]
    lines += differing(
        before, {f"as at {day}": comes_to(replace(register, example_as_at=day)) for day in days(register)}
    )
    lines += differing(before, {str(change): comes_to(change.of(register)) for change in changes(register)})
    return "\n".join(lines) + "\n"


def differing(before: Cells, otherwise: Mapping[str, Cells]) -> Iterator[str]:
    """What each of the other cases comes to where it is not what it was before."""
    for case, after in otherwise.items():
        other = [what for what in dict.fromkeys((*before, *after)) if before.get(what) != after.get(what)]
        if other:
            now = "; ".join(f"{what}: {after.get(what, 'none')}" for what in other)
            yield f"{case} -> {now}"


def days(register: Register) -> list[date]:
    """Each day of the worked example, each due day, and the days after them: the last allowed and the first late."""
    at = example_situation(register)
    known = {day for row in at.rows[:FIRST_ROWS] for value in row.values.values() if (day := as_day(value))}
    known |= {one.due_on for one in due_in(at) if one.due_on}
    return sorted({day + timedelta(days=later) for day in known for later in (0, 1)} - {at.as_at})


def comes_to(register: Register) -> dict[str, str]:
    """Each measure, each rule that is not clear and each due day of the worked example."""
    at = example_situation(register)
    results = (*register.asked(at.rows).findings.results, *results_in(register, at))
    return {
        **{
            named(one, at.as_at): one.shown or one.value.reason
            for one in measures_of(at)
            if one.cut in (*register.parted, first_cut(register.measure(one.measure)) or one.cut)
        },
        **{one.rule: one.outcome.value for one in results if one.outcome is not Outcome.CLEAR},
        **{f"{one.clock} of {one.row}": f"{one.state} {one.due_on or one.reason}" for one in due_in(at)},
    }


def named(one: Measured, as_at: date) -> str:
    """A measure with its category and its period, where that is not the as-at day."""
    of = () if one.cut == TOTAL else (one.cut, one.category)
    return " ".join(filter(None, (one.measure, *of, "" if one.period == as_at.isoformat() else one.period)))


def first_cut(measure: Measure) -> str:
    """The total, else the first cut: how rows fall into the others is the same in every register."""
    return TOTAL if measure.total and measure.listed is None else next(iter(measure.cuts), "")


def changes(register: Register) -> Iterator[Change]:
    tables = {register.name: register.example, **register.beside}
    for table, rows in tables.items():
        of = registers().get(table, register)
        for line, row in enumerate(rows[:FIRST_ROWS], 1):
            for column in of.columns:
                if column.name == of.key or column in COMMON:
                    continue
                for written in dict.fromkeys(others(column, row, of, register.example_as_at)):
                    if written != str(row.get(column.name) or ""):
                        yield Change(table, line, column.name, written)


def others(column: Column, row: Cells, register: Register, as_at: date) -> Iterator[str]:
    """What else could stand in a cell; an empty one that must be filled is refused before anything is asked."""
    if not column.required:
        yield ""
    match column.kind:
        case Kind.CODE:
            yield from column.codes
        case Kind.YES_NO:
            yield from ("yes", "no")
        case Kind.WHOLE | Kind.NUMBER if column.least is None:
            yield from ("0", "1", str(int(float(row.get(column.name) or 0)) + 1))
        case Kind.POUNDS:
            yield from ("0.00", "1000000.00")
        case Kind.DAY:
            yield from (str(as_at + timedelta(days=days)) for days in (-1, 0, 1))
            yield from map(str, days_beside(column, row, register))
        case Kind.MONTH | Kind.FINANCIAL_YEAR | Kind.SCHOOL_YEAR:
            period = PERIODS[column.kind]
            yield from (str(period.of(as_at).plus(later)) for later in (-1, 0, 1))
            yield from (str(period.of(day)) for day in days_beside(column, row, register))


def days_beside(column: Column, row: Cells, register: Register) -> list[date]:
    """The other days of a row: what may not lie before another may mostly lie on it."""
    [read] = register.rows_of([row])
    return sorted({day for name, value in read.values.items() if name != column.name and (day := as_day(value))})


def main() -> None:
    CELLS.mkdir(parents=True, exist_ok=True)
    for register in registers().values():
        (CELLS / f"{register.name}.txt").write_text(cells_text(register), encoding="utf-8")


if __name__ == "__main__":
    main()
