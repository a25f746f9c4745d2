"""The registers that a council keeps, for their pages: what each measures, and its rows in words."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from highneeds.registers.mechanism.column import Column, Kind, Sensitivity, in_words
from highneeds.registers.mechanism.due import Due
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.register import Entries, Register
from highneeds.registers.registry import registers
from highneeds.report.document import long_date
from highneeds.report.evidence import Evidence
from highneeds.report.pages.results.parts import ColumnResult, PageFinding, TableResult
from highneeds.report.pages.results.registers import RegisterPage, Registers
from highneeds.report.sections.registers import FEWEST, headline, said_exceptions, shown_measures
from highneeds.report.words import pages as words
from highneeds.report.words import registers as register_words
from highneeds.report.words.heads import head
from highneeds.report.words.plainly import plain_names
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.unit import Unit
from highneeds.vocabulary.words import capitalised

FOR_PROGRAMS = ("figure", "figures", "claims", "counted_on")
"""Short names of facts, and the day of a count: they are in the file."""
DAY, MONTH = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-(0[1-9]|1[0-2])")
MOST_ROWS = 200
"""As many as a person reads through; of more the file is read."""
NUMERIC = (Kind.WHOLE, Kind.NUMBER, Kind.POUNDS)


def registers_result(evidence: Evidence) -> Registers:
    """Those that are kept, by title; and the titles of the others."""
    every, kept = registers(), evidence.council_registers.entries
    pages = [_page(evidence, every[name], entries) for name, entries in kept.items()]
    return Registers(
        PageFinding.of(words.registers_sentence(len(pages), len(every))),
        tuple(sorted(pages, key=lambda page: page.title)),
        tuple(sorted(one.title for name, one in every.items() if name not in kept)),
        _due(evidence.council_registers.calendar()),
    )


def _due(lines: Iterable[Due]) -> TableResult:
    """The calendar in its order. Lines about single children are one for each clock and state: how many there are."""
    held = list(lines)
    together = Counter(_of_casework(one) for one in held)
    rows = []
    for one in held:
        what, register = _of_casework(one), registers()[one.register]
        if not register.casework:
            when = words.due_when(one.state, one.days)
            rows.append((_what(one, register), register.title, _period(str(one.due_on or "")), when, one.basis))
        elif number := together.pop(what, 0):
            many = register_words.FEW if number < FEWEST else str(number)
            rows.append((one.title, register.title, "", words.due_many(one.state, many), one.basis))
    columns = tuple(ColumnResult(head, False) for head in words.DUE_HEADS)
    return TableResult(columns, tuple(rows))


def _what(one: Due, register: Register) -> str:
    """'Monitoring report 7: publish': of several clocks the one that runs."""
    return one.title if len(register.clocks) < 2 else f"{one.title}: {one.clock.replace('_', ' ')}"


def _of_casework(one: Due) -> tuple[str, str, str]:
    return one.register, one.clock, one.state


def _page(evidence: Evidence, register: Register, entries: Entries) -> RegisterPage:
    known = evidence.council_registers
    rows = counted(entries.rows)
    return RegisterPage(
        id=register.name,
        title=register.title,
        words=register.help,
        headline=headline(known, register.name) if register.headline else "",
        rows=words.FEW_ROWS if register.casework and rows < FEWEST else words.rows(rows),
        attention=said_exceptions(known, register.name),
        casework=register.casework,
        place=register.place,
        measures=_measures(evidence, register),
        table=None if register.casework else _rows(register, entries.rows[:MOST_ROWS]),
        left_out=words.left_out(MOST_ROWS, len(entries.rows)) if len(entries.rows) > MOST_ROWS else "",
    )


def _measures(evidence: Evidence, register: Register) -> TableResult:
    """Each measure in its latest period, with how it is counted; small counts hidden."""
    heads = (register_words.MEASURE, register_words.PERIOD, register_words.VALUE, words.COUNTED, register_words.STATE)
    formulas = {measure.name: measure.formula for measure in register.measures}
    rows = [
        (head(one.measure), _period(one.period), value, plain_names(formulas.get(one.measure, "")), plain_names(said))
        for one, value, said in shown_measures(evidence.council_registers, register)
    ]
    places = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    columns = tuple(ColumnResult(heads[at], heads[at] == register_words.VALUE) for at in places)
    return TableResult(columns, tuple(tuple(row[at] for at in places) for row in rows))


def _period(text: str) -> str:
    """'2025-04-02' -> '2 April 2025', '2024-11' -> 'Nov 2024'; a year as it is."""
    if DAY.fullmatch(text):
        return long_date(date.fromisoformat(text))
    return Month.parse(text).label if MONTH.fullmatch(text) else text


def _rows(register: Register, rows: Iterable[RegisterRow]) -> TableResult:
    """The columns that hold anything, the one that names a row first; not what is personal or for programs."""
    held = list(rows)
    columns = [
        one for one in register.columns if one.sensitivity is not Sensitivity.PERSONAL and one.name not in FOR_PROGRAMS
    ]
    columns = [one for one in columns if not one.refers and any(row.values.get(one.name) is not None for row in held)]
    naming = register.named_by if any(one.name == register.named_by for one in columns) else register.key
    columns = [one for one in columns if one.name == naming or one.name != register.key]
    columns.sort(key=lambda one: one.name != naming)
    heads = tuple(ColumnResult(_head(one), one.kind in NUMERIC) for one in columns)
    body = tuple(tuple(_shown(one, row) for one in columns) for row in held)
    return TableResult(heads, body)


def _head(column: Column) -> str:
    """'Fee asked, £ a year', 'Share, %': the unit stands in the head, unless the title has words of its own."""
    name = ColumnName(column.name)
    if name.unit is Unit.PERCENT and column.title == in_words(column.name):
        return f"{in_words(name.stem)}, %"
    if column.kind is Kind.POUNDS:
        return f"{column.title}, £{f' {column.unit}' if column.unit else ''}"
    return f"{column.title}, {column.unit}" if column.unit else column.title


def _shown(column: Column, row: RegisterRow) -> str:
    """The cell as a reader sees it; where it cites a document, with a capital."""
    said = _cell(column, row.values.get(column.name))
    return capitalised(said) if column.name in row.cites else said


def _cell(column: Column, value: Any) -> str:
    """A value as a reader sees it; money is held in pence."""
    if value is None:
        return ""
    if column.kind is Kind.YES_NO:
        return "Yes" if value else "No"
    if column.kind is Kind.POUNDS:
        return with_commas(value / 100, 2 if value % 100 else 0)
    if isinstance(value, Month):
        return value.label
    if isinstance(value, date):
        return long_date(value)
    if column.codes:
        return column.codes.get(str(value)) or str(value).replace("_", " ")
    return with_commas(value) if column.kind is Kind.WHOLE and value >= 10_000 else str(value).replace("|", "; ")
