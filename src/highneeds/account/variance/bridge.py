"""Why the money differs between a plan and what happened: volume, mix and price, line by line, exact to the penny."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from highneeds.account.pennies import nearest
from highneeds.intake.ledger.priced_lines import PricedLine
from highneeds.vocabulary.errors import InputError


@dataclass(frozen=True)
class Effects:
    """One row of the bridge in whole pence. The three effects add to the total, always."""

    line: str
    volume_effect: int
    mix_effect: int
    total: int

    @property
    def price_effect(self) -> int:
        """What balances the row."""
        return self.total - self.volume_effect - self.mix_effect


@dataclass(frozen=True)
class Bridge:
    """rows    one per line, plan's order first
    total   all lines together, of no line; each column of `rows` adds to it
    """

    rows: tuple[Effects, ...]
    total: Effects


@dataclass(frozen=True)
class _Pair:
    """One line on both sides, in exact numbers."""

    line: str
    planned_volume: Fraction
    planned_price: Fraction
    actual_volume: Fraction
    actual_price: Fraction

    @property
    def planned_cost(self) -> Fraction:
        return self.planned_volume * self.planned_price

    @property
    def actual_cost(self) -> Fraction:
        return self.actual_volume * self.actual_price

    @property
    def more(self) -> Fraction:
        return self.actual_volume - self.planned_volume

    def volume_effect(self, average: Fraction) -> Fraction:
        return self.more * average

    def mix_effect(self, average: Fraction) -> Fraction:
        return self.more * (self.planned_price - average)


def bridge(plan: Sequence[PricedLine], actual: Sequence[PricedLine]) -> Bridge:
    """Explain actual cost minus planned cost.

    volume   (actual - planned volume) x planned average price over all lines
    mix      (actual - planned volume) x (planned price - planned average price)
    price    actual volume x (actual - planned price), as the figure that balances its row

    Every row adds to its total, every column to the whole, and the whole is actual minus planned cost. Effects are
    rounded from exact values; the line with the greatest actual cost (the first of equals) carries the odd pennies.
    """
    pairs = _side_by_side(plan, actual)
    average = _planned_average_price(pairs)
    rows = [_rounded(pair.line, (pair,), average) for pair in pairs]
    total = _rounded("", pairs, average)
    carrier = max(range(len(pairs)), key=lambda index: pairs[index].actual_cost)
    rows[carrier] = _with_odd_pennies(rows[carrier], rows, total)
    return Bridge(tuple(rows), total)


def _side_by_side(plan: Sequence[PricedLine], actual: Sequence[PricedLine]) -> list[_Pair]:
    """Every line once; where a side lacks it, its volume there is 0 and its price the other side's."""
    planned, happened = {one.line: one for one in plan}, {one.line: one for one in actual}
    names = [*planned, *(name for name in happened if name not in planned)]
    return [_pair(name, planned.get(name), happened.get(name)) for name in names]


def _pair(name: str, planned: PricedLine | None, happened: PricedLine | None) -> _Pair:
    known = planned or happened
    assert known is not None
    absent = replace(known, volume=Decimal(0))
    before, after = planned or absent, happened or absent
    numbers = (before.volume, before.price, after.volume, after.price)
    return _Pair(name, *(Fraction(value) for value in numbers))


def _planned_average_price(pairs: Sequence[_Pair]) -> Fraction:
    volume = sum((pair.planned_volume for pair in pairs), Fraction(0))
    if not volume:
        raise InputError(
            "The plan has no volume, so it has no average price and the difference cannot be split",
            remedy="Give the planned places of at least one line",
        )
    return sum((pair.planned_cost for pair in pairs), Fraction(0)) / volume


def _rounded(line: str, pairs: Sequence[_Pair], average: Fraction) -> Effects:
    """The row of one line, or of several added up before rounding."""
    return Effects(
        line,
        nearest(sum((pair.volume_effect(average) for pair in pairs), Fraction(0))),
        nearest(sum((pair.mix_effect(average) for pair in pairs), Fraction(0))),
        nearest(sum((pair.actual_cost - pair.planned_cost for pair in pairs), Fraction(0))),
    )


def _with_odd_pennies(row: Effects, rows: Sequence[Effects], total: Effects) -> Effects:
    return replace(
        row,
        volume_effect=row.volume_effect + total.volume_effect - sum(one.volume_effect for one in rows),
        mix_effect=row.mix_effect + total.mix_effect - sum(one.mix_effect for one in rows),
        total=row.total + total.total - sum(one.total for one in rows),
    )
