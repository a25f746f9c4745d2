"""One reading of a clause: its series, what its times mean, and what it takes over from the clause before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from highneeds.claims.evidence.model import EvidenceSeries
from highneeds.claims.evidence.names import SeriesNames
from highneeds.claims.judge.verdict import NotRead
from highneeds.claims.language.items import Item
from highneeds.claims.language.number import Counts, Number
from highneeds.claims.language.when import Stretch
from highneeds.vocabulary.period import Month, Period

if TYPE_CHECKING:
    from highneeds.claims.kinds._kind import Facet


def unit_of(series: EvidenceSeries) -> str:
    """percent, gbp or count: what a number about the series is printed in."""
    return "percent" if series.unit == "percent" else "gbp" if series.unit.startswith("gbp") else "count"


UNIT = {Counts.PERCENT: "percent", Counts.POINTS: "percent", Counts.GBP: "gbp", Counts.COUNT: "count"}
FLOWS = frozenset({"agree", "decline", "move", "to_special", "to_mainstream", "issued", "request"})
"""Ideas of things that happen in a month and can be added up over months; the others are states at a month's end."""

SINCE_THEN = -2
"""'It peaked in August and has fallen by 36%': of a movement without times of its own one reading is from then on."""


@dataclass
class Frame:
    """by_unit   the series the clause is about, one for each unit it may be printed in
    times     what each TIME of the clause means in this reading, by its place in the sentence
    own       the clause's own times, in order
    facets    everything the kinds read in the clause, and which of it has been accounted for
    said_at   the time taken over where the clause names none; firm: False where it is only the latest month
    back      months back to which a movement without a first date is taken to count
    joint     the pivot by which the clause hangs from the one before; compared: what that one says of the two
    lead      since, throughout ...: the word before the clause's stretch of time
    before    the reading of the clause before, whose subject and times are taken over where this one has none
    """

    names: SeriesNames
    ideas: frozenset[str]
    by_unit: dict[str, EvidenceSeries]
    times: dict[int, Stretch]
    own: tuple[Stretch, ...]
    facets: Sequence["Facet"]
    before: "Frame | None" = None
    said_at: "Stretch | None" = None
    back: int = 0
    joint: str = ""
    pivoted: bool = False
    compared: Sequence["Facet"] = ()
    own_subject: bool = True
    heard: frozenset[str] = frozenset()
    lead: str = ""
    firm: bool = True
    used: set[int] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    start: Stretch | None = None
    end: Stretch | None = None

    def afresh(self, back: int | None = None, by_unit: dict[str, EvidenceSeries] | None = None) -> "Frame":
        """The same reading before anything of it was checked, from another month back or of fewer series."""
        return replace(self, back=self.back if back is None else back, by_unit=by_unit or self.by_unit, used=set(),
                       units=set(), start=None, end=None)  # fmt: skip

    # -- what the clause is about --------------------------------------------------------------------------------

    def series_for(self, number: Number) -> EvidenceSeries:
        wanted = UNIT.get(number.counts)
        found = self.by_unit.get(wanted or "")
        if found is None:
            raise NotRead("No series in the unit of this figure is named")
        self.units.add(wanted or "")
        return found

    def subjects(self) -> tuple[EvidenceSeries, ...]:
        """Every series that is meant where no figure says the unit; a word ('share', 'number') may."""
        if not self.by_unit:
            raise NotRead("It names no series of the workspace")
        numbers = [facet.number.number for facet in self.facets if facet.number and facet.number.number]
        units = {UNIT[one.counts] for one in numbers if one.counts in (Counts.COUNT, Counts.GBP, Counts.POINTS)}
        if "share" in self.ideas:
            units = {"percent"}
        elif "number" in self.ideas:
            units = {"count"}
        elif not units and not self.own_subject and self.before and len(self.before.units) == 1:
            units = self.before.units
        elif not units and any(one.counts is Counts.PERCENT for one in numbers) and self.level_in_percent():
            units = {"percent"}
        chosen = tuple(series for unit, series in self.by_unit.items() if not units or unit in units)
        return tuple(sorted(chosen or self.by_unit.values(), key=lambda one: unit_of(one) == "percent"))

    def level_in_percent(self) -> bool:
        levels = [one.number.number for one in self.facets if one.role in ("value", "start", "end") and one.number]
        return any(number is not None and number.counts is Counts.PERCENT for number in levels)

    # -- when ----------------------------------------------------------------------------------------------------

    def time_of(self, facet: "Facet") -> Stretch | None:
        return self.times.get(facet.time.start) if facet.time else None

    @property
    def moments(self) -> tuple[Stretch, ...]:
        return tuple(one for one in self.own if one.is_month or (one.year and not one.begins))

    @property
    def stretch(self) -> Stretch | None:
        return next((one for one in self.own if not one.is_month), None)

    def value(self, series: EvidenceSeries, when: Stretch) -> Decimal:
        period = self.period(series, when)
        value = series.points.get(period)
        if value is None:
            why = series.gaps.get(period, "")
            raise NotRead(f"'{series.title}' has no figure for {period}{': ' + why if why else ''}")
        return value

    def period(self, series: EvidenceSeries, when: Stretch) -> Period:
        if when.begins:
            raise NotRead("It is not said in which year of the stretch the figure stood")
        if when.year is not None:
            return when.year
        if not when.is_month:
            raise NotRead("It is not said at which month the figure stood")
        return when.last

    def months(self, series: EvidenceSeries, when: Stretch) -> tuple[tuple[Month, Decimal], ...]:
        """Every month of the stretch with its value; one missing and the stretch cannot be judged."""
        wanted = when.first.through(when.last)
        if len(wanted) > 240 or any(month not in series.points for month in wanted):
            raise NotRead(f"'{series.title}' does not have every month from {when.first} to {when.last}")
        return tuple((month, series.points[month]) for month in wanted)

    def default_start(self, end: Stretch) -> Stretch | None:
        if self.back <= 0:
            return None
        if end.year is not None:
            year = end.year.plus(-1)
            return Stretch(end.first.plus(-12), end.last.plus(-12), year)
        return Stretch(end.last.plus(-self.back), end.last.plus(-self.back))

    # -- what has been accounted for -----------------------------------------------------------------------------

    def take(self, *items: Item) -> None:
        self.used |= {item.start for item in items}

    def of_role(self, *roles: str) -> list["Facet"]:
        return [facet for facet in self.facets if facet.role in roles and facet.items[0].start not in self.used]
