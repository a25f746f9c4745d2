"""What a council has printed: facts with their value, and which measure of which register each of them states."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from highneeds.checks.finding import Finding, RuleResult, Severity
from highneeds.intake.csvfile import CsvFile, CsvRow
from highneeds.intake.values import number
from highneeds.registers.mechanism.measure import MeasureValue
from highneeds.registers.mechanism.measuring import TOTAL, Measured, rounded
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.state import State

if TYPE_CHECKING:
    from highneeds.registers.mechanism.register import Register

FACT_COLUMNS = ("id", "value", "unit")
COLUMNS = ("register", "measure", "cut", "category", "period", "figure", "note")
_SCALE = {"m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000, "k": 1_000}


@dataclass(frozen=True)
class StatedFigure:
    """One published figure: its value (None where it is cut off or a date), unit, and how it was printed."""

    id: str
    value: Decimal | None
    high: Decimal | None
    unit: str
    written: str
    printed: str
    qualifier: str

    @property
    def last_digit(self) -> Decimal:
        """What one unit of the last printed digit is worth: £1m -> 1,000,000; 88% -> 1; 0.667 -> 0.001."""
        text = self.printed if re.search(r"\d", self.printed) else self.written
        found = re.search(r"(\d[\d,]*)(?:\.(\d+))?\s*(m|million|bn|billion|k)?\b", text)
        if not found:
            return Decimal(1)
        step = Decimal(1).scaleb(-len(found[2] or ""))
        return step * _SCALE.get(found[3] or "", 1)


def stated_figures(rows: Iterable[CsvRow]) -> dict[str, StatedFigure]:
    """Facts by id, of rows as facts.csv has them."""
    return {row["id"]: _figure(row) for row in rows}


def _figure(row: CsvRow) -> StatedFigure:
    return StatedFigure(
        row["id"],
        _number(row["value"]),
        _number(row["value_high"]),
        row["unit"],
        row["value"],
        row["raw"],
        row["qualifier"],
    )


def _number(text: str) -> Decimal | None:
    """None of a figure that is cut off, or is a date; what is no number at all is refused where facts.csv is read."""
    try:
        return number(text) if text else None
    except InputError:
        return None


@dataclass(frozen=True)
class StatedMeasure:
    """One line of published.csv: the fact that states the council's own printed value of a measure."""

    line: int
    file: str
    register: str
    measure: str
    cut: str
    category: str
    period: str
    figure: str
    note: str


def published(file: CsvFile, registers: "Mapping[str, Register]") -> tuple[StatedMeasure, ...]:
    """The lines of published.csv. A register or measure that does not exist is refused."""
    return tuple(_published(row, registers) for row in file)


def _published(row: CsvRow, registers: "Mapping[str, Register]") -> StatedMeasure:
    register = registers.get(row["register"])
    if register is None or all(one.name != row["measure"] for one in register.measures):
        raise InputError(
            f"'{row['register']}.{row['measure']}' is no measure of a register",
            where=row.where,
            remedy="highneeds register list names the registers, the reference their measures",
        )
    return StatedMeasure(
        row.line,
        row.file,
        row["register"],
        row["measure"],
        row["cut"] or TOTAL,
        row["category"],
        row["period"],
        row["figure"],
        row["note"],
    )


def reported(one: StatedMeasure, register: "Register", facts: Mapping[str, StatedFigure]) -> Measured | None:
    """The printed value of a measure; None where its fact is not given."""
    measure, fact = register.measure(one.measure), facts.get(one.figure)
    if fact is None:
        return None
    value = None if fact.value is None else fact.value * _times(measure.unit, fact.unit)
    words = "; ".join(
        part
        for part in (f"printed as {one.figure}", "" if fact.qualifier == "exact" else fact.qualifier, one.note)
        if part
    )
    state = State.UNAVAILABLE if value is None else State.REPORTED
    return Measured(
        one.register,
        one.measure,
        one.cut,
        one.category,
        one.period,
        MeasureValue(value, reason=words),
        measure.unit,
        measure.decimals,
        state,
    )


def _times(unit: str, fact_unit: str) -> int:
    """Money is kept in pence; a share of 0.667 is 66.7 percent."""
    return (
        100
        if unit == "gbp"
        or (unit == "percent" and (fact_unit in ("ratio", "fraction") or fact_unit.partition("_of_")[0] == "share"))
        else 1
    )


def contradictions(
    register: "Register", measured: list[Measured], lines: list[StatedMeasure], facts: Mapping[str, StatedFigure]
) -> RuleResult:
    """-PUBLISHED: a computed value differs from the printed one by more than half a unit of its last printed digit."""
    computed = {(one.measure, one.cut, one.category, one.period): one for one in measured}
    problems: list[Finding] = []
    looked_at = 0
    for line in lines:
        own = computed.get((line.measure, line.cut, line.category, line.period))
        printed = reported(line, register, facts)
        if own is None or printed is None or own.value.value is None or printed.value.value is None:
            continue
        looked_at += 1
        fact = facts[line.figure]
        half = fact.last_digit * _times(own.unit, fact.unit) / 2
        if abs(Decimal(own.value.value) - printed.value.value) > half:
            shown = with_commas(Decimal(rounded(printed.value.value, own.unit, own.decimals)), own.decimals)
            computed_as = with_commas(Decimal(own.shown), own.decimals)
            message = f"{line.measure}: the rows give {computed_as}, and {shown} is printed"
            problems.append(
                Finding(
                    f"{register.prefix}-PUBLISHED",
                    Severity.QUERY,
                    line.file,
                    line.line,
                    line.measure,
                    "figure",
                    message,
                    "Find out which of the two is wrong; both stay shown",
                )
            )
    return RuleResult.of(f"{register.prefix}-PUBLISHED", problems, looked_at, "no measure of it is printed")
