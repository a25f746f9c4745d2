"""The registers as evidence: every date, sum and number of a row as a figure named by the row; how many rows there are;
how conditions and risks are rated."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from highneeds.account.pennies import decimal_pounds
from highneeds.claims.evidence.from_account import place_of
from highneeds.claims.evidence.model import Fact
from highneeds.registers.definitions.openings import slip_in_months
from highneeds.registers.register import Column, Entries, Kind, RegisterRow
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import millions, pounds
from highneeds.vocabulary.source import Source

TITLES = ("title", "provider", "school", "factor")
FEW = 500
"""A register of more rows lists children or requests; a narrative does not name them one by one."""
SAID = {
    "planned": ("planned to open", "due to open", "original opening"),
    "expected": ("now expected to open", "opens at the earliest"),
    "opened": ("opened",),
    "starts": ("starts",),
    "due_on": ("due",),
    "received_on": ("received",),
}
COUNTED = ("status", "state", "confidence", "outcome", "decision")


def register_facts(registers: Mapping[str, Entries]) -> tuple[Fact, ...]:
    return tuple(fact for name, entries in registers.items() for fact in _of_register(name, entries))


def _of_register(name: str, entries: Entries) -> Iterator[Fact]:
    yield from _counts(name, entries)
    label = next((one for one in TITLES if any(column.name == one for column in entries.register.columns)), "")
    if len(entries.rows) > FEW or entries.register.casework:
        return  # a list of many rows is told by its counts, and one of children by nothing else
    for row in entries.rows:
        title = str(row[label] or "") if label else _by_its_codes(entries, row)
        for column in entries.register.columns:
            value = row[column.name]
            if value is not None and column.name != entries.register.key:
                yield from _of_cell(f"{name}_{row[entries.register.key]}", entries, row, title, column)
        if name == "openings" and (slip := slip_in_months(row)):
            yield from _slip(f"{name}_{row['opening']}", row, title, slip)


def _by_its_codes(entries: Entries, row: RegisterRow) -> str:
    """A row without a title is named by who and when: 'Department for Education instalment 2022-23'."""
    who = [
        column.codes.get(row[column.name], "")
        for column in entries.register.columns
        if column.kind is Kind.CODE and column.name not in COUNTED
    ]
    return " ".join([*who[:1], entries.register.unit.removeprefix("one ")]).strip()


def _of_cell(stem: str, entries: Entries, row: RegisterRow, title: str, column: Column) -> Iterator[Fact]:
    value, unit = row[column.name], _unit(column)
    if not unit:
        return
    names = tuple(f"{title} {words}" for words in SAID.get(column.name, ()))
    meaning, figure = f"{title}: {column.title.lower()}", None
    if isinstance(value, date | Month):
        written = shown = str(value) if isinstance(value, Month) else value.isoformat()
    else:
        figure = decimal_pounds(value) if unit == "gbp" else Decimal(value)
        written, shown = str(figure), _shown(figure, unit)
    period = str(row["financial_year"]) if _has(entries, "financial_year") and row["financial_year"] else ""
    yield Fact(
        f"{stem}_{column.name}", figure, None, written, unit, period, "exact", shown, meaning, _place(entries, row),
        also_called=names, kind="register",
    )  # fmt: skip


def _shown(value: Decimal, unit: str) -> str:
    if unit == "gbp":
        return millions(value) if abs(value) >= 1_000_000 else pounds(value)
    return f"{value.normalize():f}%" if unit == "percent" else f"{value:,}"


def _unit(column: Column) -> str:
    """The unit of a column's figures; '' where it holds words."""
    if column.kind in (Kind.MONTH, Kind.DAY):
        return "date"
    if column.kind is Kind.POUNDS:
        return "gbp"
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        return "percent" if column.name.endswith("percent") else "count"
    return ""


def _slip(stem: str, row: RegisterRow, title: str, months: int) -> Iterator[Fact]:
    """How late it is: in months, and in years where they are whole."""
    source = place_of(row["source"] or f"{row.file} line {row.line}")
    units = [("months", months)] + ([("years", months // 12)] if months % 12 == 0 else [])
    for unit, value in units:
        yield Fact(
            f"{stem}_late_{unit}", Decimal(value), None, str(value), unit, "", "exact", f"{value} {unit}",
            f"{title}: late against the plan", source, also_called=(f"{title} delayed",), kind="register",
        )  # fmt: skip


def _counts(name: str, entries: Entries) -> Iterator[Fact]:
    """How many rows the register has, and how many of each status."""
    register = entries.register
    source = place_of(entries.rows[0].file if entries.rows else f"registers/{name}.csv")
    many = {"": sum(row.n for row in entries.rows)}
    for column in register.columns:
        if column.kind is Kind.CODE and column.name in COUNTED:
            held: Counter[str] = Counter()
            for row in entries.rows:
                if row[column.name] is not None:
                    held[column.codes.get(row[column.name], row[column.name])] += row.n
            many |= held
    for words, count in many.items():
        stem = re.sub(r"\W+", "_", words.lower()).strip("_") or "all"
        yield Fact(
            f"{name}_{stem}", Decimal(count), None, str(count), "count", "", "exact", str(count),
            f"{register.title} in the register {words.lower()}".strip(), source, kind="register", firm=False,
        )  # fmt: skip


def _has(entries: Entries, column: str) -> bool:
    return any(one.name == column for one in entries.register.columns)


def _place(entries: Entries, row: RegisterRow) -> Source:
    named = str(row["source"] or "") if _has(entries, "source") else ""
    found = place_of(named)
    return found if found.line else Source(f"{row.file} line {row.line}")
