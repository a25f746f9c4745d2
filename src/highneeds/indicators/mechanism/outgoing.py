"""The dashboard as it may leave the council: small counts are hidden, and so is what would give them away.

All counts of all months are one system: parts add up to totals, a share is a part of its whole, and what is underway or
in force at a month's end follows from the month before and the events between. Month by month, for each small count the
cheapest other figures are looked for that tell the same where figures are shown and in which the count is larger; what
differs in them is hidden too. Figures of earlier months that are shown stay shown, whatever later months bring.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from highneeds.indicators.mechanism.disclosure import HIDDEN, MARGIN_COST, THRESHOLD, cheapest_other
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.relation import AddsTo, PartOf, SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State

CountCell = tuple[str, str]
"""An indicator and which of its counts: 'value', 'part', 'whole', or 'rest', the whole without the part."""
PeriodCell = tuple[str, CountCell]
Addition = tuple[tuple[int, int], ...]
UNSEEN = ("came or went otherwise", "stayed", "did not stay")
"""How a stock came to be what it is, where nobody prints it: no counts of anything that is shown."""


def _cell(text: str) -> CountCell:
    indicator, _, count = text.rpartition(".")
    return indicator, count


@dataclass(frozen=True)
class _Flow:
    """A stock, what came and went, the sign of what else did, and the count of which some stayed a month, or None."""

    stock: CountCell
    came: tuple[CountCell, ...]
    went: tuple[CountCell, ...]
    unseen: int
    stayed: CountCell | None


@dataclass(frozen=True)
class _Stock:
    """A stock in one month, as it follows from the month before.

    line     what comes to nought with the rest: (number of a count, +1 or -1)
    other    the number of what else came or went; unseen: its sign
    stayed   the numbers of what stayed at the end of the month before and of this one, or none
    """

    line: Addition
    other: int
    unseen: int
    stayed: tuple[int, ...]


@dataclass(frozen=True)
class _Relations:
    """What the definitions declare.

    sums     (parts, total, ''), or with the name of what is left of the total, which is printed nowhere
    named    a count -> the one name that it goes by
    flows    stocks that follow from the month before
    totals   counts that others are parts of
    """

    sums: tuple[tuple[tuple[CountCell, ...], CountCell, str], ...]
    named: Mapping[CountCell, CountCell]
    flows: tuple[_Flow, ...]
    totals: frozenset[CountCell]


@cache
def _relations() -> _Relations:
    named: dict[CountCell, CountCell] = {}
    sums: dict[tuple[CountCell, str], list[CountCell]] = {}
    flows = []
    for one in indicators():
        for relation in one.relations:
            if isinstance(relation, SameAs):
                named[one.id, relation.count] = _cell(relation.other)
            elif isinstance(relation, AddsTo):
                sums.setdefault((_cell(relation.total), ""), []).append((one.id, relation.count))
            elif isinstance(relation, PartOf):
                left = f"left of {relation.total} by {relation.together or f'{one.id}.{relation.count}'}"
                sums.setdefault((_cell(relation.total), left), []).append((one.id, relation.count))
            else:
                came, went = (tuple(map(_cell, cells)) for cells in (relation.came, relation.went))
                stayed = _cell(relation.stayed) if relation.stayed else None
                flows.append(_Flow((one.id, "value"), came, went, relation.unseen, stayed))
    while any(other in named for other in named.values()):
        named = {cell: named.get(other, other) for cell, other in named.items()}
    totals = {named.get(total, total) for total, _ in sums} | {flow.stock for flow in flows}
    made = tuple((tuple(parts), total, left) for (total, left), parts in sums.items())
    return _Relations(made, named, tuple(flows), frozenset(totals))


@dataclass
class _System:
    """The counts of the months so far.

    at        (period, cell) -> the number of a count; the same count under several names has one number
    printed   False for what nobody prints; it may be any number that the rest allows
    lines     additions that come to nought: (number of a count, +1 or -1)
    stocks    the stocks of each month, the earliest first; left: of what stayed, the number of what did not
    """

    at: dict[PeriodCell, int] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    printed: list[bool] = field(default_factory=list)
    costly: list[bool] = field(default_factory=list)
    lines: list[Addition] = field(default_factory=list)
    stocks: list[_Stock] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)

    def add(self, key: PeriodCell, value: int, printed: bool = True) -> int:
        """The number of a count. One that is printed under any of its names is printed."""
        number = self.at.setdefault(key, len(self.values))
        if number == len(self.values):
            self.values.append(value)
            self.printed.append(printed)
            self.costly.append(key[1] in _relations().totals)
        self.printed[number] = self.printed[number] or printed
        return number

    def add_line(self, members: Iterable[tuple[int, int]]) -> None:
        together: dict[int, int] = {}
        for number, sign in members:
            together[number] = together.get(number, 0) + sign
        self.lines.append(tuple((number, sign) for number, sign in together.items() if sign))


def outgoing(measured: Iterable[IndicatorValue], threshold: int = THRESHOLD) -> tuple[IndicatorValue, ...]:
    """The dashboard as it may leave the council: small counts, and shares that tell them, are hidden with a reason.

    Give all months that have gone out with it, the earliest first: what they show is not hidden by a later one.
    """
    figures = tuple(measured)
    hidden = _hidden(figures, threshold)
    return tuple(_without(one, hidden) for one in figures)


def _hidden(figures: tuple[IndicatorValue, ...], threshold: int) -> frozenset[PeriodCell]:
    """The counts that are small, or needed to keep a small one from being worked out."""
    by_period: dict[Month | object, list[IndicatorValue]] = {}
    for one in figures:
        by_period.setdefault(one.period, []).append(one)
    system, hidden, others = _System(), set[int](), dict[int, npt.NDArray[np.float64]]()
    for period in sorted(by_period, key=str):
        shown_before = {number for number, printed in enumerate(system.printed) if printed} - hidden
        begins = len(system.lines)
        _add_period(system, period, by_period[period])
        small = [number for number, value in enumerate(system.values) if 0 < value < threshold]
        small = [number for number in small if number not in _loose(system)]
        hidden |= {number for number in small if system.printed[number]}
        for number in small:
            if number not in others or not _adds_up(system, begins, others[number]):
                change = _other(system, number, threshold - 1, hidden, shown_before)
                hidden |= {int(at) for at in np.nonzero(np.abs(change) > 1e-7)[0] if system.printed[at]}
                others[number] = np.array(system.values) + change
    return frozenset(key for key, number in system.at.items() if number in hidden)


def _loose(system: _System) -> frozenset[int]:
    """The numbers of `UNSEEN`."""
    return frozenset(number for (_, (_, kind)), number in system.at.items() if kind in UNSEEN)


def _add_period(system: _System, period: object, figures: Iterable[IndicatorValue]) -> None:
    """The counts of one month and how they hang together, with those of the month before."""
    name = str(period)
    for one in figures:
        for cell, value in _counts(one):
            system.add((name, _relations().named.get(cell, cell)), value, printed=cell[1] != "rest")
        if one.part is not None and one.whole is not None:
            parts = [_number(system, name, (one.indicator.id, kind)) for kind in ("part", "rest", "whole")]
            system.add_line(zip(_present(parts), (1, 1, -1), strict=True))
    for members, total in _sums(system, name):
        system.add_line([*((number, 1) for number in members), (total, -1)])
    if isinstance(period, Month):
        _add_stocks(system, name, str(period.plus(-1)))
        _explain(system)


def _counts(one: IndicatorValue) -> Iterator[tuple[CountCell, int]]:
    """Each count of a figure: the part, the whole and the rest of a share, or the count itself."""
    name = one.indicator.id
    if one.part is not None and one.whole is not None:
        yield (name, "part"), one.part
        yield (name, "whole"), one.whole
        yield (name, "rest"), one.whole - one.part
    elif one.indicator.unit.value == "count" and isinstance(one.value, int):
        yield (name, "value"), one.value


def _number(system: _System, period: str, cell: CountCell) -> int | None:
    return system.at.get((period, _relations().named.get(cell, cell)))


def _present(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]


def _sums(system: _System, period: str) -> Iterator[tuple[list[int], int]]:
    """The sums of the month that are there; what is left of a larger count is a part of its own."""
    for parts, total, left in _relations().sums:
        numbers = [_number(system, period, cell) for cell in (*parts, total)]
        if None in numbers:
            continue
        *members, whole = _present(numbers)
        if left:
            rest = system.values[whole] - sum(system.values[number] for number in members)
            members = [*members, system.add((period, (left, "rest")), rest, printed=False)]
        yield members, whole


def _add_stocks(system: _System, period: str, before: str) -> None:
    """Each stock as the one of the month before with what came in and went out, where all of it is known."""
    for flow in _relations().flows:
        ends = (_number(system, period, flow.stock), _number(system, before, flow.stock))
        events = [_number(system, period, cell) for cell in (*flow.came, *flow.went)]
        if None in (*ends, *events):
            continue
        now, then = _present(ends)
        signs = [1] * len(flow.came) + [-1] * len(flow.went)
        line = ((now, -1), (then, 1), *zip(_present(events), signs, strict=True))
        stayed = [_stayed(system, month, flow.stock[0], flow.stayed) for month in (before, period) if flow.stayed]
        other = system.add((period, (flow.stock[0], "came or went otherwise")), 0, printed=False)
        numbers = [*stayed, other]
        system.add_line([*line, *zip(numbers, (-1, 1, flow.unseen) if stayed else (flow.unseen,), strict=True)])
        system.stocks.append(_Stock(line, other, flow.unseen, tuple(stayed)))


def _stayed(system: _System, period: str, stock: str, counted: CountCell) -> int:
    """How many of those who were counted are still in the stock at the month's end: none to all, printed nowhere."""
    key, whole = (period, (stock, "stayed")), _number(system, period, counted)
    if key not in system.at and whole is not None:
        left = system.add((period, (stock, "did not stay")), system.values[whole], printed=False)
        system.add_line([(system.add(key, 0, printed=False), 1), (left, 1), (whole, -1)])
        system.left[system.at[key]] = left
    return system.add(key, 0, printed=False)


def _explain(system: _System) -> None:
    """Give what nobody prints numbers by which each stock adds up, from the last month back: as few stay as can.

    Where none do, what else came is below nought: so much the counts contradict what is declared of them.
    """
    values = system.values
    for stock in reversed(system.stocks):
        short = sum(sign * values[at] for at, sign in stock.line)
        if stock.stayed:
            before, now = stock.stayed
            short += values[now]
            left = system.left.get(before)
            most = short if left is None else values[before] + values[left]
            values[before] = min(max(short, 0), max(most, 0))
            if left is not None:
                values[left] = most - values[before]
            short -= values[before]
        values[stock.other] = -stock.unseen * short


def _adds_up(system: _System, begins: int, figures: npt.NDArray[np.float64]) -> bool:
    """Whether figures that were found earlier still add up where new lines meet them, new counts being as they are."""
    together = np.array(system.values, dtype=np.float64)
    together[: len(figures)] = figures
    return all(abs(sum(sign * together[at] for at, sign in line)) < 1e-6 for line in system.lines[begins:])


def _other(
    system: _System, number: int, more: int, hidden: set[int], shown_before: set[int]
) -> npt.NDArray[np.float64]:
    """The change to the cheapest other figures in which one count is `more` larger."""
    values = np.array(system.values, dtype=np.float64)
    cost = 1 + values.clip(0) / (values.max() + 1)
    cost[np.array(system.costly)] *= MARGIN_COST
    cost[[at for at in range(len(values)) if at in hidden or not system.printed[at]]] = 1e-6
    additions = np.zeros((len(system.lines), len(values)))
    for row, line in enumerate(system.lines):
        for at, sign in line:
            additions[row, at] = sign
    fixed = np.isin(np.arange(len(values)), list(shown_before))
    return cheapest_other(values.clip(0), cost, additions, number, more, fixed)


def _without(one: IndicatorValue, hidden: frozenset[PeriodCell]) -> IndicatorValue:
    """The figure with its hidden counts left out; a share goes with any of them."""
    cells = [(one.indicator.id, kind) for kind in ("value", "part", "whole", "rest")]
    printed = [cell for cell in cells if cell[1] != "rest" and cell in dict(_counts(one))]
    if not any((str(one.period), _relations().named.get(cell, cell)) in hidden for cell in printed):
        return one
    return replace(one, part=None, whole=None, value=None, state=State.UNAVAILABLE, reason=HIDDEN)
