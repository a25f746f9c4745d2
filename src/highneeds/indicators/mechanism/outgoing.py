"""The dashboard as it may leave the council: small counts are hidden, and so is what would give them away.

All counts of all months are one system: parts add up to totals, a share is a part of its whole, and what is underway or
in force at a month's end follows from the month before and the events between. Month by month, for each small count the
cheapest other figures are looked for that tell the same where figures are shown and in which the count is larger; what
differs in them is hidden too. A figure that is missing in a month is a count that nobody knows, and not a sum less: its
neighbours still tell of one another by way of it. Figures of earlier months that are shown stay shown, whatever later
months bring.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from highneeds.indicators.mechanism.disclosure import HIDDEN, MARGIN_COST, THRESHOLD, cheapest_other
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.indicators.mechanism.registry import indicators
from highneeds.indicators.mechanism.relation import AddsTo, PartOf, SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CountCell = tuple[str, str]
"""An indicator and which of its counts: 'value', 'part', 'whole', or 'rest', the whole without the part."""
PeriodCell = tuple[str, CountCell]
Addition = tuple[tuple[int, int], ...]
OFF, BELOW = 1_000_000.0, 1_000.0
"""What it costs that counts do not add up, or lie below nought: only where they contradict what is declared of them."""


def _cell(text: str) -> CountCell:
    indicator, _, count = text.rpartition(".")
    return indicator, count


@dataclass(frozen=True)
class _Flow:
    """A stock, by its indicator, what came and went, the sign of what else did, and of which some stayed a month."""

    stock: str
    came: tuple[CountCell, ...]
    went: tuple[CountCell, ...]
    unseen: int
    stayed: CountCell | None


class _Names(dict[CountCell, CountCell]):
    """A count -> the one name that it goes by; its own where no other is declared."""

    def __missing__(self, cell: CountCell) -> CountCell:
        return cell


@dataclass(frozen=True)
class _Relations:
    """What the definitions declare.

    sums     (parts, total): the parts make the total; what is left of one, printed nowhere, is a part of its own
    named    a count -> the one name that it goes by
    flows    stocks that follow from the month before
    totals   counts that others are parts of
    """

    sums: tuple[tuple[tuple[CountCell, ...], CountCell], ...]
    named: _Names
    flows: tuple[_Flow, ...]
    totals: frozenset[CountCell]


@cache
def _relations() -> _Relations:
    named = _Names()
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
                sums.setdefault((_cell(relation.total), left), [(left, "rest")]).append((one.id, relation.count))
            else:
                came, went = (tuple(map(_cell, cells)) for cells in (relation.came, relation.went))
                stayed = _cell(relation.stayed) if relation.stayed else None
                flows.append(_Flow(one.id, came, went, relation.unseen, stayed))
    while any(other in named for other in named.values()):
        named = _Names({cell: named[other] for cell, other in named.items()})
    totals = {named[total] for total, _ in sums} | {(flow.stock, "value") for flow in flows}
    shares = [
        (((one.id, "part"), (one.id, "rest")), (one.id, "whole")) for one in indicators() if one.unit.value == "percent"
    ]
    made = [(tuple(parts), total) for (total, _), parts in sums.items()]
    return _Relations((*shares, *made), named, tuple(flows), frozenset(totals))


@dataclass
class _System:
    """The counts of the months so far.

    at        (period, cell) -> the number of a count; the same count under several names has one number
    values    of what nobody knows, any by which the rest adds up
    known     False for what nobody knows: a figure that is missing, or how many came or went otherwise
    printed   False for what nobody prints; it may be any number that the rest allows
    lines     additions that come to nought: (number of a count, +1 or -1)
    """

    at: dict[PeriodCell, int] = field(default_factory=dict)
    values: list[float] = field(default_factory=list)
    known: list[bool] = field(default_factory=list)
    printed: list[bool] = field(default_factory=list)
    costly: list[bool] = field(default_factory=list)
    lines: list[Addition] = field(default_factory=list)

    def number(self, period: str, cell: CountCell) -> int:
        """The number of a count, which nobody knows until a figure or a sum tells it."""
        cell = _relations().named[cell]
        number = self.at.setdefault((period, cell), len(self.values))
        if number == len(self.values):
            self.values.append(np.nan)
            self.known.append(False)
            self.printed.append(False)
            self.costly.append(cell in _relations().totals)
        return number

    def tell(self, number: int, value: float) -> None:
        if not self.known[number]:
            self.values[number], self.known[number] = value, True

    def add_line(self, members: Iterable[tuple[int, int]]) -> None:
        together: dict[int, int] = {}
        for number, sign in members:
            together[number] = together.get(number, 0) + sign
        self.lines.append(tuple((number, sign) for number, sign in together.items() if sign))

    def additions(self) -> npt.NDArray[np.float64]:
        """(lines, counts) the lines as a matrix."""
        made = np.zeros((len(self.lines), len(self.values)))
        for row, line in enumerate(self.lines):
            for at, sign in line:
                made[row, at] = sign
        return made


def outgoing(measured: Iterable[IndicatorValue], threshold: int = THRESHOLD) -> tuple[IndicatorValue, ...]:
    """The dashboard as it may leave the council: small counts, and shares that tell them, are hidden with a reason.

    Give all months that have gone out with it, the earliest first: what they show is not hidden by a later one.
    """
    figures = tuple(measured)
    hidden = _hidden(figures, threshold)
    return tuple(_without(one, hidden) for one in figures)


@lru_cache(maxsize=4)
def _hidden(figures: tuple[IndicatorValue, ...], threshold: int) -> frozenset[PeriodCell]:
    """The counts that are small, or needed to keep a small one from being worked out.

    Every document that goes out asks it of the same figures, and it takes seconds: the last few answers are kept.
    """
    by_period: dict[Month | object, list[IndicatorValue]] = {}
    for one in figures:
        by_period.setdefault(one.period, []).append(one)
    system, hidden, others = _System(), set[int](), dict[int, npt.NDArray[np.float64]]()
    for period in sorted(by_period, key=str):
        shown_before = {number for number, printed in enumerate(system.printed) if printed} - hidden
        begins = len(system.lines)
        _add_period(system, period, by_period[period])
        both_ways = _both_ways(system.additions())
        small = [at for at, value in enumerate(system.values) if system.known[at] and 0 < value < threshold]
        hidden |= {number for number in small if system.printed[number]}
        for number in small:
            if number not in others or not _adds_up(system, begins, others[number]):
                change = _other(system, both_ways, number, threshold - 1, hidden, shown_before)
                hidden |= {int(at) for at in np.nonzero(np.abs(change) > 1e-7)[0] if system.printed[at]}
                others[number] = np.array(system.values) + change
    return frozenset(key for key, number in system.at.items() if number in hidden)


def _add_period(system: _System, period: object, figures: Iterable[IndicatorValue]) -> None:
    """The counts of one month and how they hang together, with those of the month before."""
    name, begins = str(period), len(system.lines)
    for one in figures:
        for cell, value in _counts(one):
            number = system.number(name, cell)
            system.tell(number, value)
            system.printed[number] = True
    for parts, total in _relations().sums:
        system.add_line([*((system.number(name, cell), 1) for cell in parts), (system.number(name, total), -1)])
    _tell_what_sums_tell(system, system.lines[begins:])
    if isinstance(period, Month):
        _add_stocks(system, name, str(period.plus(-1)))
    _explain(system)


def _counts(one: IndicatorValue) -> Iterator[tuple[CountCell, int]]:
    """Each count that a figure prints: the part and the whole of a share, or the count itself."""
    name = one.indicator.id
    if one.part is not None and one.whole is not None:
        yield (name, "part"), one.part
        yield (name, "whole"), one.whole
    elif one.indicator.unit.value == "count" and isinstance(one.value, int):
        yield (name, "value"), one.value


def _tell_what_sums_tell(system: _System, lines: list[Addition]) -> None:
    """A sum of which all but one count is known tells that one, though nobody prints it."""
    known = -1
    while known < sum(system.known):
        known = sum(system.known)
        for line in lines:
            missing = [(at, sign) for at, sign in line if not system.known[at]]
            if len(missing) == 1:
                [(at, sign)] = missing
                system.tell(at, -sign * sum(each * system.values[number] for number, each in line if number != at))


def _add_stocks(system: _System, period: str, before: str) -> None:
    """Each stock as the one of the month before with what came in and went out; what is missing may be any number."""
    if before not in {month for month, _ in system.at}:
        return
    for flow in _relations().flows:
        stock = (flow.stock, "value")
        line = [(system.number(period, stock), -1), (system.number(before, stock), 1)]
        line += [(system.number(period, cell), 1) for cell in flow.came]
        line += [(system.number(period, cell), -1) for cell in flow.went]
        line.append((system.number(period, (flow.stock, "came or went otherwise")), flow.unseen))
        if flow.stayed:
            line.append((_stayed(system, before, flow.stock, flow.stayed), -1))
            line.append((_stayed(system, period, flow.stock, flow.stayed), 1))
        system.add_line(line)


def _stayed(system: _System, period: str, stock: str, counted: CountCell) -> int:
    """How many of those who were counted are still in the stock at the month's end: none to all, printed nowhere."""
    new = (period, (stock, "stayed")) not in system.at
    stayed = system.number(period, (stock, "stayed"))
    if new:
        left = system.number(period, (stock, "did not stay"))
        system.add_line([(stayed, 1), (left, 1), (system.number(period, counted), -1)])
    return stayed


def _explain(system: _System) -> None:
    """Give what nobody knows numbers by which everything adds up, none larger than it must be.

    Where none do, one is below nought or a sum is off: so much the counts contradict what is declared of them.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    known, values, additions = np.array(system.known), np.array(system.values), system.additions()
    unknown, off = additions[:, ~known], np.eye(len(additions))
    found = linprog(
        np.repeat([1, BELOW, OFF, OFF], [unknown.shape[1]] * 2 + [len(off)] * 2),
        A_eq=csr_array(np.hstack([unknown, -unknown, off, -off])),
        b_eq=-additions[:, known] @ values[known],
        method="highs",
    )
    values[~known] = found.x[: unknown.shape[1]] - found.x[unknown.shape[1] : 2 * unknown.shape[1]]
    system.values = values.tolist()


def _adds_up(system: _System, begins: int, figures: npt.NDArray[np.float64]) -> bool:
    """Whether figures that were found earlier still add up where new lines meet them, new counts being as they are."""
    together = np.array(system.values, dtype=np.float64)
    together[: len(figures)] = figures
    return all(abs(sum(sign * together[at] for at, sign in line)) < 1e-6 for line in system.lines[begins:])


def _both_ways(additions: npt.NDArray[np.float64]) -> "csr_array":
    """Each line as what its counts may rise by, and as what they may fall by. Made once for all counts of a month."""
    from scipy.sparse import csr_array

    return csr_array(np.hstack([additions, -additions]))


def _other(
    system: _System, both_ways: "csr_array", number: int, more: int, hidden: set[int], shown_before: set[int]
) -> npt.NDArray[np.float64]:
    """The change to the cheapest other figures in which one count is `more` larger."""
    values = np.array(system.values, dtype=np.float64)
    cost = 1 + values.clip(0) / (values.max() + 1)
    cost[np.array(system.costly)] *= MARGIN_COST
    cost[[at for at in range(len(values)) if at in hidden or not system.printed[at]]] = 1e-6
    fixed = np.isin(np.arange(len(values)), list(shown_before))
    return cheapest_other(values.clip(0), cost, both_ways, number, more, fixed)


def _without(one: IndicatorValue, hidden: frozenset[PeriodCell]) -> IndicatorValue:
    """The figure with its hidden counts left out; a share goes with any of them."""
    if not any((str(one.period), _relations().named[cell]) in hidden for cell, _ in _counts(one)):
        return one
    return replace(one, part=None, whole=None, value=None, state=State.UNAVAILABLE, reason=HIDDEN)
