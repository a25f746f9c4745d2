"""The measures of a register as rows: by period and cut, computed, with every gap and its reason."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from highneeds.registers.mechanism.column import Kind
from highneeds.registers.mechanism.measure import (
    Measure,
    MeasurePeriod,
    MeasureValue,
    Test,
    Within,
    absent,
    gap,
    lacking,
)
from highneeds.registers.mechanism.personal import looks_personal
from highneeds.registers.mechanism.row import RegisterRow, as_day, counted, first_day
from highneeds.registers.mechanism.situation import NotAtHand, Situation
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.period import FinancialYear, Month, SchoolYear
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.registers.mechanism.register import Register

COLUMNS = ("register", "measure", "cut", "category", "period", "part", "whole", "value", "unit", "state", "reason")
TOTAL = "total"
NOT_STATED = "not_stated"


@dataclass(frozen=True)
class Measured:
    """One value: of which measure, cut, category and period. Money in pence; `as_row` gives pounds."""

    register: str
    measure: str
    cut: str
    category: str
    period: str
    value: MeasureValue
    unit: str
    decimals: int
    state: State

    @property
    def shown(self) -> str:
        """The value as a file has it, rounded once: '' for a gap."""
        if self.value.value is None:
            return ""
        return rounded(self.value.value, self.unit, self.decimals)

    def as_row(self) -> tuple[Any, ...]:
        show = _pounds if self.value.money else _plain
        part, whole = show(self.value.part), show(self.value.whole)
        return (
            self.register,
            self.measure,
            self.cut,
            self.category,
            self.period,
            part,
            whole,
            self.shown,
            self.unit,
            self.state.value,
            str(self.value.reason),
        )


def rounded(value: Any, unit: str, decimals: int) -> str:
    """Halves away from zero; money is in pence and is printed in pounds with two decimals."""
    if unit == "gbp":
        in_pence = Decimal(value) if decimals == 2 else round_half_away(Decimal(value) / 100) * 100
        return pounds_text(int(round_half_away(in_pence)))
    return str(round_half_away(Decimal(value), decimals))


def _pounds(value: Any) -> str:
    return "" if value is None else pounds_text(int(round_half_away(Decimal(value))))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    exact = Decimal(value)
    return str(int(exact)) if exact == int(exact) else str(exact.normalize())


def table(measured: Iterable[Measured]) -> Table:
    return Table.of(COLUMNS, (one.as_row() for one in measured), "Measures")


def measures_of(at: Situation, only: str = "") -> list[Measured]:
    """Every measure of a register in its order: total first, categories in theirs, periods rising."""
    wanted = (at.register.measure(only),) if only else at.register.measures
    return [one for measure in wanted for one in _measured(measure, at)]


def absent_measures(register: "Register", only: str = "") -> list[Measured]:
    """One gap for each measure of a register that is not given."""
    wanted = (register.measure(only),) if only else register.measures
    return [_as(register, one, TOTAL, "", "", gap(absent(register.name))) for one in wanted]


def _as(register: "Register", measure: Measure, cut: str, category: str, period: str, value: MeasureValue) -> Measured:
    state = State.UNAVAILABLE if value.value is None else State.COMPUTED
    said = "not_repeated" if looks_personal(category) else category  # -PERSONAL names the line
    return Measured(register.name, measure.name, cut, said, period, value, measure.unit, measure.decimals, state)


def _measured(measure: Measure, at: Situation) -> Iterator[Measured]:
    for period in measure.periods:
        try:
            yield from _of_period(measure, period, at)
        except NotAtHand as missing:
            yield _as(at.register, measure, TOTAL, "", _label(period, at), gap(missing.reason))


def _label(period: MeasurePeriod, at: Situation) -> str:
    return at.day.isoformat() if period.kind == "as_at" else ""


def _of_period(measure: Measure, period: MeasurePeriod, at: Situation) -> Iterator[Measured]:
    rows = _meant(measure, at)
    if measure.listed is not None:
        for label, group, then in _parts(measure, period, rows, at):
            for cut, category, own, value in measure.listed(group, then):
                if not _inside(own, at):
                    continue
                yield _as(at.register, measure, cut, category, own or label, value)
        return
    assert measure.compute is not None
    if measure.total:
        yield from _of_group(measure, period, TOTAL, "", rows, at, known(at))
    for cut in measure.cuts:
        cuts = at.keep(("cut", cut, measure.where), partial(_categories, cut, rows, at))
        for category, group in cuts:
            if not _has_periods(measure, period, group, at):
                continue
            yield from _of_group(measure, period, cut, category, group, at, group)


def _has_periods(measure: Measure, period: MeasurePeriod, rows: Sequence[RegisterRow], at: Situation) -> bool:
    """Whether a category has a line at all: one whose rows have no day lies in no period."""
    if period.kind == "years":
        return bool(_begun(measure, rows))
    return not period.column or bool(_periods_in(period, rows, at))


def _of_group(
    measure: Measure,
    period: MeasurePeriod,
    cut: str,
    category: str,
    rows: Sequence[RegisterRow],
    at: Situation,
    span: Sequence[RegisterRow],
) -> Iterator[Measured]:
    """The values of one category; `span` are the rows whose periods are given, whether or not they are meant."""
    assert measure.compute is not None
    if period.kind == "as_at" and cut == TOTAL and (counted_until := last_count(at)):
        raise NotAtHand(f"nothing is counted on {at.day}; the last count goes to {counted_until}")
    for label, group, then in _parts(measure, period, rows, at, span):
        if cut != TOTAL and not group and period.kind in ("as_at", "all"):
            continue
        try:
            value = measure.compute(group, then)
        except NotAtHand as missing:
            value = gap(missing.reason)
        if value.rests_on is None:
            value = replace(value, rests_on=counted(group))
        yield _as(at.register, measure, cut, category, label, value)


def last_count(at: Situation) -> date | None:
    """The last day that the counts of a register speak of, where every row is a count with a stretch of days and none
    speaks of the day: what there was on it nobody has counted, and that is not nought. Else None."""
    found: date | None = at.keep("last count", lambda: _last_count(at))
    return found


def _last_count(at: Situation) -> date | None:
    rows = known(at)
    if not at.register.ranges or not rows or any(row.values.get("count") is None for row in rows):
        return None
    begins, ends = at.register.ranges[0]
    if any(at.live(row, begins, ends) for row in rows):
        return None
    return max((end for row in rows if (end := as_day(row[ends])) is not None and end < at.day), default=None)


def known(at: Situation) -> tuple[RegisterRow, ...]:
    """Rows that are known by the day: counted by then, and begun by then where they have states."""
    found: tuple[RegisterRow, ...] = at.keep("known", lambda: _known(at))
    return found


def _known(at: Situation) -> tuple[RegisterRow, ...]:
    ladder, numbers, begins = at.register.ladder, at.register.counted.split(), at.register.begins.split()
    rows = [row for row in at.rows if row.values.get("count") is None or not _counted_later(row, at)]
    if ladder is not None:
        rows = [row for row in rows if at.state(row) is not None or ladder.written(row) is None]
    if begins:
        rows = [row for row in rows if not _begins_later(row, begins, at)]
    return tuple([_without_later_counts(row, numbers, at) for row in rows] if numbers else rows)


def _begins_later(row: RegisterRow, begins: Sequence[str], at: Situation) -> bool:
    day = next((found for name in begins if (found := first_day(row.values[name])) is not None), None)
    return day is not None and day > at.day


def _counted_later(row: RegisterRow, at: Situation) -> bool:
    """A row that stands for several is known from the day of its count."""
    day = row.values.get("counted_on")
    return day is not None and day > at.day


def _without_later_counts(row: RegisterRow, numbers: Sequence[str], at: Situation) -> RegisterRow:
    """The row as it was known on the day: what was counted later is not there yet."""
    if row["counted_on"] is None or row["counted_on"] <= at.day:
        return row
    return replace(row, values={**row.values, **dict.fromkeys(numbers)})


def _meant(measure: Measure, at: Situation) -> tuple[RegisterRow, ...]:
    return known(at) if measure.where is None else _for_which(measure.where, at)


def _for_which(where: Test, at: Situation) -> tuple[RegisterRow, ...]:
    found: tuple[RegisterRow, ...] = at.keep(("meant", where), lambda: _asked(where, at))
    return found


def _asked(where: Test, at: Situation) -> tuple[RegisterRow, ...]:
    rows, test = (_for_which(where.wider, at), where.test) if isinstance(where, Within) else (known(at), where)
    return tuple([row for row in rows if test(row, at)])


# periods


def _parts(
    measure: Measure,
    period: MeasurePeriod,
    rows: Sequence[RegisterRow],
    at: Situation,
    span: Sequence[RegisterRow] = (),
) -> Iterator[tuple[str, Sequence[RegisterRow], Situation]]:
    """(period as written, its rows, the situation in it), periods rising, those that --from and --to leave in."""
    if period.kind == "as_at":
        yield at.day.isoformat(), rows, at
    elif period.kind == "all":
        yield "", rows, at
    elif period.kind == "years":
        yield from _each_year(measure, rows, at)
    else:
        yield from _by_column(period, rows, at, span)


def _each_year(
    measure: Measure, rows: Sequence[RegisterRow], at: Situation
) -> Iterator[tuple[str, Sequence[RegisterRow], Situation]]:
    begun = _begun(measure, rows)
    if not begun and rows:
        raise NotAtHand(lacking(rows, rows, measure.since.split()[0]))
    if not begun:
        yield "", [], at
        return
    until = measure.until(at) if measure.until else FinancialYear.of(at.as_at)
    for year in FinancialYear.of(min(begun)).through(until):
        if _wanted(year, at):
            yield str(year), rows, at.in_year(year)


def _begun(measure: Measure, rows: Sequence[RegisterRow]) -> list[date]:
    return [day for row in rows for name in measure.since.split() if (day := first_day(row[name])) is not None]


_OF_DAY: dict[str, Callable[[date], Any]] = {
    "month": Month.of,
    "fy": FinancialYear.of,
    "sy": SchoolYear.of,
    "cy": lambda day: CalendarYear(day.year),
}


@dataclass(frozen=True, order=True)
class CalendarYear:
    start: int

    @property
    def first_day(self) -> date:
        return date(self.start, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.start, 12, 31)

    def plus(self, years: int) -> "CalendarYear":
        return CalendarYear(self.start + years)

    def __str__(self) -> str:
        return str(self.start)


def _by_column(
    period: MeasurePeriod, rows: Sequence[RegisterRow], at: Situation, span: Sequence[RegisterRow]
) -> Iterator[tuple[str, Sequence[RegisterRow], Situation]]:
    of_cell = _period_of(period, at)
    groups: dict[Any, list[RegisterRow]] = {}
    for row in rows:
        if (one := of_cell(row.values[period.column])) is not None:
            groups.setdefault(one, []).append(row)
    order = sorted(groups.keys() | _periods_in(period, span, at))
    if not order and rows and all(row.values[period.column] is None for row in rows):
        raise NotAtHand(lacking(rows, rows, period.column))
    if not order:
        yield "", [], at
    every = list(order) if period.kind == "row" else order[:1]
    while every and every[-1] < order[-1]:
        every.append(every[-1].plus(1))
    for one in every:
        if _wanted(one, at):
            yield str(one), groups.get(one, []), at.in_year(one) if isinstance(one, FinancialYear) else at


def _periods_in(period: MeasurePeriod, rows: Sequence[RegisterRow], at: Situation) -> set[Any]:
    """The periods in which a row lies; of all that are known, asked once for the measures that share the period."""
    of_cell = _period_of(period, at)

    def make() -> set[Any]:
        return {of_cell(row.values[period.column]) for row in rows} - {None}

    return at.keep(("periods", period), make) if rows is known(at) else make()


def _period_of(period: MeasurePeriod, at: Situation) -> Callable[[Any], Any]:
    """What gives the period of a cell: the year written there, or that of its day; None without one, or after the
    as-at day. Most cells repeat others, and each is asked once."""

    @cache
    def of_cell(cell: Any) -> Any:
        if cell is None or period.kind == "row":
            return cell
        day = first_day(cell)
        return _OF_DAY[period.kind](day) if day is not None and day <= at.as_at else None

    return of_cell


def _wanted(period: Any, at: Situation) -> bool:
    """Whether a period lies wholly inside --from and --to; a plain number is a year."""
    if isinstance(period, int):
        period = CalendarYear(period)
    if not hasattr(period, "first_day"):
        return True
    first, last = span_of(at.first), span_of(at.last)
    return (first is None or period.first_day >= first[0]) and (last is None or period.last_day <= last[1])


def _inside(own: str, at: Situation) -> bool:
    """Whether a period that a measure names itself lies inside --from and --to."""
    if not own or not (at.first or at.last):
        return True
    span, first, last = span_of(own), span_of(at.first), span_of(at.last)
    assert span is not None
    return (first is None or span[0] >= first[0]) and (last is None or span[1] <= last[1])


def span_of(written: str) -> tuple[date, date] | None:
    """The first and last day of a period as written: a day, month, financial, school or calendar year."""
    from highneeds.vocabulary.errors import InputError

    if not written:
        return None
    if len(written) == 10 and written[4] == "-":
        try:
            return (day := date.fromisoformat(written)), day
        except ValueError:
            pass
    elif "/" in written:
        year = SchoolYear.parse(written, "--from or --to")
        return year.first_day, year.last_day
    elif written.isdigit() and len(written) == 4:
        return date(int(written), 1, 1), date(int(written), 12, 31)
    else:
        from highneeds.vocabulary.period import parse_period

        period = parse_period(written, "--from or --to")
        return period.first_day, period.last_day
    raise InputError(f"'{written}' is no period", where="--from or --to", remedy="Write 2025-01-31, 2025-01 or 2024-25")


# cuts


def _categories(cut: str, rows: Sequence[RegisterRow], at: Situation) -> list[tuple[str, list[RegisterRow]]]:
    """The categories that occur, in the order of their codes, else by name; not_stated last."""
    parts = cut.split("/")
    columns = [_categories_of(part, rows, at) for part in parts]
    groups: dict[tuple[str, ...], list[RegisterRow]] = {}
    for row, values in zip(rows, zip(*columns, strict=True), strict=True):
        if None not in values:
            groups.setdefault(values, []).append(row)
    orders = [_order_of(part, at) for part in parts]
    ordered = sorted(groups, key=lambda values: [order(value) for order, value in zip(orders, values, strict=True)])
    return [("/".join(values), groups[values]) for values in ordered]


def _categories_of(part: str, rows: Sequence[RegisterRow], at: Situation) -> list[Any]:
    """The category of each row; a function of the register may leave a row out of a cut with None."""
    ladder = at.register.ladder
    if part in at.register.parted:
        parted = at.register.parted[part]
        return [parted(row, at) for row in rows]
    if ladder and ladder.column == part:
        return [at.state(row) or NOT_STATED for row in rows]
    words = cache(_in_words)
    return [words(row.values[part]) for row in rows]


def _in_words(cell: Any) -> str:
    """The category of a cell: a code as it is, an empty one not stated."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return NOT_STATED if cell is None else str(cell)


def _order_of(part: str, at: Situation) -> Callable[[str], tuple[int, Any]]:
    column = at.register.by_name.get(part)
    coded = list(column.codes) if column is not None and column.kind is Kind.CODE else []
    codes = list(at.register.parted_order.get(part, coded))
    if codes:
        return lambda value: (codes.index(value) if value in codes else len(codes), value)
    return lambda value: (1 if value == NOT_STATED else 0, value)
