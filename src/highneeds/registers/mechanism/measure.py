"""What a measure is, and short ways to write one.

A line of the design such as `rows | fy(applied_on); decision, panel | count` is written
`count("applications", "every application", "fy(applied_on); decision, panel")`: what is counted in words, then the
periods, then the cuts beside the total.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from highneeds.registers.mechanism.column import in_words
from highneeds.registers.mechanism.reckoning import weighted_median
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.situation import NotAtHand, Situation

Rows = Sequence[RegisterRow]
Test = Callable[[RegisterRow, Situation], bool]
Of = Callable[[RegisterRow, Situation], Any]

NOTHING = "nothing in the whole"


@dataclass(frozen=True, eq=False)
class Within:
    """A test that only rows of a wider one can pass: the wider is asked once for all the measures that share it."""

    wider: Test
    test: Test

    def __call__(self, row: RegisterRow, at: Situation) -> bool:
        return self.wider(row, at) and self.test(row, at)


@dataclass(frozen=True)
class SomeRows:
    """What is so of some of the rows, '3 of 17 rows left aside: no cost', its numbers as data: of casework each row is
    a child, and who tells of them asks first how many.

    said     'left aside: no cost', 'have no cost'
    things   what the rows are: 'rows', 'actions'
    beside   what else is so: 'over', said first
    """

    part: int
    whole: int
    said: str
    things: str = "rows"
    beside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.with_number(f"{self.part} of {self.whole}")

    def with_number(self, number: str) -> str:
        """In words, with `number` for how many."""
        rows = [f"{number} {self.things} {self.said}"] if self.part or not self.beside else []
        return "; ".join([*self.beside, *rows])


Reason = str | SomeRows


@dataclass(frozen=True)
class MeasureValue:
    """One value of a measure, exact, money in pence.

    value    None is a gap, with its reason
    part, whole   the two numbers of a ratio; a count has its number in part
    reason   of a gap, or what was left aside
    money    whether part and whole are pence
    rests_on how many things stand behind the value: rows that are left aside or add nothing do not; None: nobody said
    """

    value: Any
    part: Any = None
    whole: Any = None
    reason: Reason = ""
    money: bool = False
    rests_on: int | None = None


def gap(reason: Reason) -> MeasureValue:
    return MeasureValue(None, reason=reason)


Compute = Callable[[Rows, Situation], MeasureValue]
Listed = Callable[[Rows, Situation], Iterable[tuple[str, str, str, MeasureValue]]]


@dataclass(frozen=True)
class MeasurePeriod:
    """kind: as_at, all, month, fy, sy, cy, row, years; column: the day or year it goes by."""

    kind: str
    column: str = ""


@dataclass(frozen=True)
class Measure:
    """One number that a register gives.

    formula   in words, with the part first and then the whole
    unit      count, places, gbp, percent, points, days, weeks, months, score, ratio ...
    periods   each gives its own rows
    cuts      columns by which it is parted, beside the total; two joined by a slash
    compute   from the rows meant to a value
    listed    instead, for measures that name their own categories
    where     which rows are meant
    dated     a column whose day must not lie after the as-at day, for measures without a period of their own
    """

    name: str
    formula: str
    unit: str
    periods: tuple[MeasurePeriod, ...]
    cuts: tuple[str, ...]
    compute: Compute | None
    listed: Listed | None = None
    where: Test | None = None
    decimals: int = 0
    total: bool = True
    part: str = ""
    whole: str = ""
    since: str = ""
    until: Callable[[Situation], Any] | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        return in_words(re.sub(r"_(gbp|pct)$", "", self.name))


DECIMALS = {"percent": 1, "points": 1, "gbp": 2, "days": 1, "weeks": 1, "score": 1, "miles": 1, "per_1000": 1}


def periods_and_cuts(written: str) -> tuple[tuple[MeasurePeriod, ...], tuple[str, ...]]:
    """'month(lodged_on) fy(lodged_on); about, state' -> periods, cuts."""
    periods, _, cuts = written.partition(";")
    return (
        tuple(_period(one) for one in periods.split()),
        tuple(cut.strip() for cut in cuts.split(",") if cut.strip()),
    )


def _period(written: str) -> MeasurePeriod:
    found = re.fullmatch(r"(\w+)(?:\((\w+)\))?", written)
    assert found, f"'{written}' is no period"
    kind, column = found[1], found[2] or ""
    if kind == "row" and not column:
        column = "financial_year"
    return MeasurePeriod("years" if kind == "fy" and not column else kind, column)


def worked(
    name: str,
    formula: str,
    when: str,
    compute: Callable[[Rows, Situation], Any],
    *,
    unit: str = "count",
    decimals: int | None = None,
    where: Test | None = None,
    total: bool = True,
    since: str = "",
    until: Callable[[Situation], Any] | None = None,
    part: str = "",
    whole: str = "",
) -> Measure:
    """A measure with a sum of its own. `compute` gives a Value, or a plain number; None is nothing in the whole."""
    periods, cuts = periods_and_cuts(when)

    def asked(rows: Rows, at: Situation) -> MeasureValue:
        found = compute(rows, at)
        return found if isinstance(found, MeasureValue) else (gap(NOTHING) if found is None else MeasureValue(found))

    places = DECIMALS.get(unit, 0) if decimals is None else decimals
    return Measure(
        name, formula, unit, periods, cuts, asked, None, where, places, total, part, whole, since=since, until=until
    )


def listed(
    name: str,
    formula: str,
    when: str,
    by: Callable[[Rows, Situation], Iterable[tuple[Any, ...]]],
    *,
    unit: str = "count",
    decimals: int | None = None,
    where: Test | None = None,
) -> Measure:
    """A measure that names its own categories: `by` yields (cut, category, value), or a period before the value."""
    periods, _ = periods_and_cuts(when)

    def asked(rows: Rows, at: Situation) -> Iterable[tuple[str, str, str, MeasureValue]]:
        for cut, category, *own, found in by(rows, at):
            value = (
                found if isinstance(found, MeasureValue) else (gap(NOTHING) if found is None else MeasureValue(found))
            )
            yield cut, category, own[0] if own else "", value

    places = DECIMALS.get(unit, 0) if decimals is None else decimals
    return Measure(name, formula, unit, periods, (), None, asked, where, places)


def count(
    name: str,
    formula: str,
    when: str,
    where: Test | None = None,
    *,
    of: Of | None = None,
    needs: str = "",
    unit: str = "count",
    decimals: int = 0,
    aside: bool = False,
) -> Measure:
    """How many: n of the rows, or the sum of `of` over them."""

    def compute(filled: Rows, at: Situation, reason: Reason) -> MeasureValue:
        if reason and not filled:
            return gap(reason)
        number = counted(filled) if of is None else sum(of(row, at) for row in filled)
        return MeasureValue(number, part=number, reason=reason)

    return worked(name, formula, when, of_filled(needs, aside, compute), unit=unit, decimals=decimals, where=where)


def tally(
    name: str,
    formula: str,
    when: str,
    of: Callable[[Rows, Situation], int],
    *,
    where: Test | None = None,
    total: bool = True,
) -> Measure:
    """A number of things that are no rows: schools, pairs, sets."""

    def compute(rows: Rows, at: Situation) -> MeasureValue:
        number = of(rows, at)
        return MeasureValue(number, part=number)

    return worked(name, formula, when, compute, where=where, total=total)


def distinct_count(name: str, formula: str, when: str, column: str, where: Test | None = None) -> Measure:
    """Different values of a column, plus the rows in which it is empty."""
    from highneeds.registers.mechanism.situation import distinct

    return tally(name, formula, when, lambda rows, at: distinct(rows, column), where=where)


def total(
    name: str,
    formula: str,
    when: str,
    of: Of | None = None,
    *,
    needs: str = "",
    where: Test | None = None,
    aside: bool = False,
    empty_is_none: bool = False,
    or_fact: str = "",
    lacks: str = "amount",
    unit: str = "gbp",
    decimals: int | None = None,
    since: str = "",
    until: Callable[[Situation], Any] | None = None,
) -> Measure:
    """A sum. One missing cell of `needs` stops it; `aside` leaves such rows out and says so.

    of             the amount of a row; by default the column in `needs`
    empty_is_none  an empty cell adds nothing, and that is said
    or_fact        the column whose amount a fact may state instead
    lacks          what a row for which `of` gives None has not got
    """
    columns = tuple(needs.split())

    def amount(row: RegisterRow, at: Situation) -> Any:
        if or_fact:
            return at.amount(row, or_fact)
        return of(row, at) if of is not None else row[columns[0]]

    def compute(rows: Rows, at: Situation) -> MeasureValue:
        filled, reason = without(rows, columns)
        if reason and not aside and not empty_is_none:
            return gap(_missing(rows, columns))
        if reason and not filled and not empty_is_none:
            return gap(reason)
        amounts = [(row, amount(row, at)) for row in filled]
        known = [value for _, value in amounts if value is not None]
        if len(known) < len(amounts):
            rest = [row for row, value in amounts if value is None]
            if not aside:
                return gap(lacking(rest, rows, or_fact or lacks))
            reason = _aside(rest, rows, or_fact or lacks)
            if not known:
                return gap(reason)
        adding = counted(row for row, value in amounts if value)
        return MeasureValue(sum(known), reason=reason, rests_on=adding)

    return worked(name, formula, when, compute, unit=unit, decimals=decimals, where=where, since=since, until=until)


def pct(
    name: str,
    formula: str,
    when: str,
    part: Test,
    whole: Test | None = None,
    *,
    needs: str = "",
) -> Measure:
    """Of the rows that `whole` means, the percentage for which `part` holds. Rows that lack `needs` are left aside."""

    def compute(filled: Rows, at: Situation, reason: Reason) -> MeasureValue:
        return ratio(counted(at.those(part, filled)), counted(filled), reason=reason)

    return worked(name, formula, when, of_filled(needs, True, compute), unit="percent", where=whole)


def share(
    name: str,
    formula: str,
    when: str,
    part: Of,
    whole: Of,
    *,
    needs: str = "",
    where: Test | None = None,
    aside: bool = False,
    money: bool = False,
    unit: str = "percent",
    decimals: int | None = None,
) -> Measure:
    """One sum over another: in percent, or in the unit given."""

    def compute(filled: Rows, at: Situation, reason: Reason) -> MeasureValue:
        parts, wholes = sum(part(row, at) for row in filled), sum(whole(row, at) for row in filled)
        return ratio(parts, wholes, reason=reason, money=money, times=100 if unit == "percent" else 1)

    return worked(name, formula, when, of_filled(needs, aside, compute), unit=unit, decimals=decimals, where=where)


def median(
    name: str,
    formula: str,
    when: str,
    of: Of,
    *,
    needs: str = "",
    where: Test | None = None,
    unit: str = "days",
    decimals: int | None = None,
) -> Measure:
    """The middle value, each weighed by what its row stands for. Rows that lack `needs` are left aside."""

    def compute(filled: Rows, at: Situation, reason: Reason) -> MeasureValue:
        middle = weighted_median([(of(row, at), row.n) for row in filled])
        return gap(reason or NOTHING) if middle is None else MeasureValue(middle, reason=reason)

    return worked(name, formula, when, of_filled(needs, True, compute), unit=unit, decimals=decimals, where=where)


def mean(
    name: str,
    formula: str,
    when: str,
    of: Of,
    *,
    needs: str = "",
    where: Test | None = None,
    unit: str = "gbp",
    decimals: int | None = None,
) -> Measure:
    """The plain mean over rows. Rows that lack `needs` are left aside."""

    def compute(filled: Rows, at: Situation, reason: Reason) -> MeasureValue:
        if not filled:
            return gap(reason or NOTHING)
        return MeasureValue(Decimal(sum(of(row, at) for row in filled)) / len(filled), reason=reason)

    return worked(name, formula, when, of_filled(needs, True, compute), unit=unit, decimals=decimals, where=where)


def each(
    name: str,
    formula: str,
    when: str,
    of: Of,
    *,
    needs: str = "",
    where: Test | None = None,
    unit: str = "score",
    decimals: int | None = None,
) -> Measure:
    """A value that belongs to one row: no total; the cut, mostly the key, names the row."""
    columns = tuple(needs.split())

    def compute(rows: Rows, at: Situation) -> Any:
        if empty := rows[0].lacks(columns):
            return gap(f"{empty} is empty")
        return of(rows[0], at)

    return worked(name, formula, when, compute, unit=unit, decimals=decimals, where=where, total=False)


def ratio(part: Any, whole: Any, *, reason: Reason = "", money: bool = False, times: int = 100) -> MeasureValue:
    """part / whole, in percent unless told otherwise; nothing in the whole is a gap."""
    if not whole:
        return MeasureValue(None, part, whole, reason or NOTHING, money)
    return MeasureValue(Decimal(part) * times / Decimal(whole), part, whole, reason, money)


def of_filled(needs: str, aside: bool, of: Callable[[Rows, Situation, Reason], MeasureValue]) -> Compute:
    """What `of` gives for the rows in which every column of `needs` is filled, told of the rest.

    One missing cell stops it; with `aside` such rows are left out and `of` is given the words for that.
    """
    columns = tuple(needs.split())

    def compute(rows: Rows, at: Situation) -> MeasureValue:
        filled, reason = without(rows, columns)
        if reason and not aside:
            return gap(_missing(rows, columns))
        return replace(of(filled, at, reason), rests_on=counted(filled))

    return compute


def without(rows: Rows, columns: tuple[str, ...]) -> tuple[list[RegisterRow], Reason]:
    """The rows in which every one of `columns` is filled, and what is said of the others."""
    filled = list(rows)
    for column in columns:
        filled = [row for row in filled if row.values.get(column) is not None]
    if len(filled) == len(rows):
        return filled, ""
    rest = [row for row in rows if row.lacks(columns)]
    return filled, _aside(rest, rows, rest[0].lacks(columns))


def _aside(rest: Rows, rows: Rows, column: str) -> SomeRows:
    return SomeRows(counted(rest), counted(rows), f"left aside: no {column}")


def left_aside(part: int, whole: int, why: str = "", *, things: str = "rows", beside: Iterable[str] = ()) -> Reason:
    """Of a value that leaves `part` of `whole` rows aside; '' where it leaves none and nothing else is to be said."""
    said = f"left aside: {why}" if why else "left aside"
    also = tuple(dict.fromkeys(beside))
    return SomeRows(part, whole, said, things, also) if part or also else ""


def lacking(rest: Rows, rows: Rows, column: str) -> SomeRows:
    """Of a sum that is a gap: `rest` of the rows have nothing in a column."""
    return SomeRows(counted(rest), counted(rows), f"have no {column}")


def _missing(rows: Rows, columns: tuple[str, ...]) -> SomeRows:
    rest = [row for row in rows if row.lacks(columns)]
    return lacking(rest, rows, rest[0].lacks(columns))


def absent(name: str) -> str:
    """What is said of each measure of a register that is not kept."""
    return str(NotAtHand(f"no register of {name} is given"))
