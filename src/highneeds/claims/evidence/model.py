"""What a text is held against: series by period, single facts, comparisons of places, and what must add up."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month, Period, parse_period
from highneeds.vocabulary.source import Source


@dataclass(frozen=True)
class EvidenceSeries:
    """Values by period under one definition.

    unit            percent, count, places, gbp ...
    good_direction  up, down or none
    gaps            period -> why there is no value
    also_called     further names, from the indicator's definition and the council's own
    kind            indicator, facts (single facts that state one thing at several dates) or table
    """

    id: str
    title: str
    unit: str
    points: Mapping[Period, Decimal]
    good_direction: str = "none"
    gaps: Mapping[Period, str] = field(default_factory=dict)
    sources: Mapping[Period, Source] = field(default_factory=dict)
    kind: str = "indicator"
    also_called: tuple[str, ...] = ()

    @cached_property
    def months(self) -> tuple[Month, ...]:
        return tuple(sorted(period for period in self.points if isinstance(period, Month)))


@dataclass(frozen=True)
class EvidenceFact:
    """One figure. `written` is the value as filed ('2028-03' for a date); `later` after the report.

    kind   recorded (facts.csv), register or account
    firm   False where it may confirm a text and never accuse one
    difference   True for a sum that says how far two others are apart
    """

    id: str
    value: Decimal | None
    value_high: Decimal | None
    written: str
    unit: str
    period: str
    qualifier: str
    printed: str
    meaning: str
    source: Source
    confidence: str = "high"
    later: bool = False
    also_called: tuple[str, ...] = ()
    kind: str = "recorded"
    firm: bool = True
    difference: bool = False


@dataclass(frozen=True)
class SumOfParts:
    """A whole that its parts must make up, by the council's own catalogue."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class SharedWhole:
    """Two counts that share one whole, such as agreed and declined: what was decided is their sum."""

    one: str
    other: str

    @property
    def id(self) -> str:
        return f"{self.one}+{self.other}"


@dataclass(frozen=True)
class FactsOfOneThing:
    """Facts that state one and the same thing."""

    about: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class TableTotal:
    """A printed total beside the parts that make it: (table cell id, value) each."""

    table: str
    total: Decimal
    parts: tuple[Decimal, ...]
    total_source: Source
    part_source: Source


@dataclass(frozen=True)
class TableHeading:
    """The heading of a column of a printed table, in the order of the table."""

    table: str
    heading: str
    source: Source


@dataclass(frozen=True)
class ClaimEvidence:
    """Facts by their ids, as agreement.yaml lists them:

    reports         those that date the published monitoring reports, in their printed order
    lengths         those that say how many years the agreement runs
    budget_shares   those that give an amount of the same place and period as a share of the whole budget
    """

    series: tuple[EvidenceSeries, ...] = ()
    facts: tuple[EvidenceFact, ...] = ()
    sums: tuple[SumOfParts, ...] = ()
    together: tuple[SharedWhole, ...] = ()
    same_things: tuple[FactsOfOneThing, ...] = ()
    totals: tuple[TableTotal, ...] = ()
    columns: tuple[TableHeading, ...] = ()
    reports: tuple[str, ...] = ()
    lengths: tuple[str, ...] = ()
    budget_shares: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    first_year: FinancialYear | None = None
    last_year: FinancialYear | None = None
    rollover_month: int = 9

    @cached_property
    def latest(self) -> Month:
        return max(self._months, default=Month(2000, 1))

    @cached_property
    def first(self) -> Month:
        return min(self._months, default=Month(2000, 1))

    @property
    def _months(self) -> Iterator[Month]:
        return (month for series in self.series if series.kind == "indicator" for month in series.months)

    @cached_property
    def recorded(self) -> tuple[EvidenceFact, ...]:
        """The facts that somebody published, without what is worked out of them or kept in a register."""
        return tuple(fact for fact in self.facts if fact.kind == "recorded")

    @cached_property
    def wholes(self) -> tuple[EvidenceSeries, ...]:
        """What two counts that share a whole make together, in each period that has both."""
        known = {one.id: one for one in self.series}
        return tuple(
            EvidenceSeries(
                pair.id, f"{known[pair.one].title}, and the other", known[pair.one].unit,
                {period: value + known[pair.other].points[period] for period, value in known[pair.one].points.items()
                 if period in known[pair.other].points},
                kind="together",
            )
            for pair in self.together if {pair.one, pair.other} <= set(known)
        )  # fmt: skip

    def series_named(self, name: str) -> EvidenceSeries | None:
        return next((series for series in (*self.series, *self.wholes) if series.id == name), None)

    def fact_named(self, name: str) -> EvidenceFact | None:
        return next((fact for fact in self.facts if fact.id == name), None)


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period | None:
    """The month or financial year a fact names; None where it names something else ('agreement', '2025-Q1')."""
    day = re.fullmatch(r"(\d{4}-\d{2})-\d{2}", text.strip())
    try:
        return parse_period(day[1] if day else text.strip())
    except InputError:
        return None
