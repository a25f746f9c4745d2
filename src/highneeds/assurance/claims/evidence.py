"""What a text is held against: series by period, single facts, comparisons of places, and what must add up."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from highneeds.intake.workspace.wording import read_wording
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import MONTH_NAMES, FinancialYear, Month, parse_period
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    from highneeds.intake.workspace import Workspace

Period = Month | FinancialYear


@dataclass(frozen=True)
class Series:
    """Values by period under one definition.

    unit            percent, count, places, gbp ...
    good_direction  up, down or none
    gaps            period -> why there is no value
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

    @cached_property
    def months(self) -> tuple[Month, ...]:
        return tuple(sorted(period for period in self.points if isinstance(period, Month)))

    def within(self, first: Month, last: Month) -> tuple[tuple[Month, Decimal], ...]:
        return tuple((month, self.points[month]) for month in self.months if first <= month <= last)


@dataclass(frozen=True)
class Fact:
    """One published figure. `written` is the value as filed ('2028-03' for a date); `later` after the report."""

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


@dataclass(frozen=True)
class PlaceFigure:
    """One measure for one area: own, england, south_east or neighbours."""

    measure: str
    area: str
    value: Decimal
    unit: str
    source: Source


@dataclass(frozen=True)
class SumOfParts:
    """A whole that its parts must make up, by the council's own catalogue."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class SameThing:
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
class Column:
    """The heading of a column of a printed table, in the order of the table."""

    table: str
    heading: str
    source: Source


@dataclass(frozen=True)
class Evidence:
    series: tuple[Series, ...] = ()
    facts: tuple[Fact, ...] = ()
    places: tuple[PlaceFigure, ...] = ()
    sums: tuple[SumOfParts, ...] = ()
    same_things: tuple[SameThing, ...] = ()
    totals: tuple[TableTotal, ...] = ()
    columns: tuple[Column, ...] = ()
    reports: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    first_year: FinancialYear | None = None
    last_year: FinancialYear | None = None
    rollover_month: int = 9

    @cached_property
    def latest(self) -> Month:
        months = [series.months[-1] for series in self.series if series.kind == "indicator" and series.months]
        return max(months, default=Month(2000, 1))

    @cached_property
    def first(self) -> Month:
        months = [series.months[0] for series in self.series if series.kind == "indicator" and series.months]
        return min(months, default=Month(2000, 1))

    def series_named(self, name: str) -> Series | None:
        return next((series for series in self.series if series.id == name), None)

    def fact_named(self, name: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.id == name), None)


AREAS = {"england": "england", "south_east": "south_east", "region": "south_east", "nearest_10": "neighbours"}


def evidence_of(workspace: "Workspace", benchmarks_document: str = "PAGE") -> Evidence:
    """All that a workspace knows, in the shape the reader of claims uses."""
    council = workspace.council
    wording = read_wording(workspace.folder, frozenset(one.id for one in workspace.facts))
    facts = tuple(
        Fact(
            one.id, one.value, one.value_high, one.written, one.unit, one.period, one.qualifier, one.printed,
            one.meaning, one.source, one.confidence, one.later, wording.get(one.id, ()),
        )
        for one in workspace.facts
    )  # fmt: skip
    return Evidence(
        series=(*_indicators(workspace), *series_of_facts(facts), *_tables(workspace)),
        facts=facts,
        places=_places(workspace, benchmarks_document),
        sums=tuple(SumOfParts(one.result, one.terms) for one in workspace.identities if one.kind == "sum_of_parts"),
        same_things=tuple(SameThing(one.about, one.facts) for one in workspace.agreement.same_thing),
        totals=_totals(workspace),
        columns=_columns(workspace),
        reports=workspace.agreement.reports,
        own_names=tuple({council.name, council.short_name}),
        first_year=workspace.agreement.first_year,
        last_year=workspace.agreement.last_year,
        rollover_month=council.rollover_month,
    )  # fmt: skip


def _places(workspace: "Workspace", document: str) -> tuple[PlaceFigure, ...]:
    return tuple(
        PlaceFigure(one.measure, AREAS.get(one.area, "own"), one.value, one.unit, Source(document, one.source_line))
        for one in workspace.benchmarks
        if one.value is not None
    )


def _indicators(workspace: "Workspace") -> tuple[Series, ...]:
    cells = defaultdict(list)
    for observation in workspace.observations:
        cells[observation.indicator].append(observation)
    return tuple(
        Series(
            one.id,
            one.title,
            one.unit.value,
            {cell.period: cell.value for cell in cells[one.id] if cell.value is not None},
            one.good_direction.value,
            {cell.period: cell.reason or cell.state.words for cell in cells[one.id] if cell.value is None},
            {cell.period: cell.source for cell in cells[one.id]},
        )
        for one in workspace.indicators
    )


def period_of(text: str) -> Period | None:
    """The month or financial year a fact names; None where it names something else ('agreement', '2025-Q1')."""
    day = re.fullmatch(r"(\d{4}-\d{2})-\d{2}", text.strip())
    try:
        return parse_period(day[1] if day else text.strip())
    except InputError:
        return None


def series_of_facts(facts: tuple[Fact, ...]) -> tuple[Series, ...]:
    """Facts of one meaning and unit at several dates are a short series."""
    groups: dict[tuple[str, str], list[tuple[Period, Fact]]] = defaultdict(list)
    for fact in facts:
        period = period_of(fact.period)
        generic = fact.meaning.lower().startswith(("same", "of ", "data label"))
        if fact.value is not None and fact.value_high is None and period and not generic and fact.confidence != "low":
            groups[fact.meaning, fact.unit].append((period, fact))
    return tuple(
        Series(
            _common_id([fact.id for _, fact in group]),
            meaning,
            unit,
            {period: fact.value for period, fact in group if fact.value is not None},
            sources={period: fact.source for period, fact in group},
            kind="facts",
        )
        for (meaning, unit), group in groups.items()
        if len({period for period, _ in group}) > 1
    )


MONTH_WORDS = {name.lower() for name in MONTH_NAMES}


def _common_id(ids: list[str]) -> str:
    parts = [name.split("_") for name in ids]
    shared = []
    for words in zip(*parts, strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    while shared and shared[-1] in MONTH_WORDS:
        shared.pop()
    return "_".join(shared) or ids[0]


def _tables(workspace: "Workspace") -> tuple[Series, ...]:
    groups = defaultdict(list)
    for cell in workspace.placements:
        period = period_of(cell.period)
        if cell.value is not None and period is not None:
            groups[cell.table, cell.measure].append((period, cell))
    return tuple(
        Series(
            f"{table}_{measure}",
            f"{table} {measure}".replace("_", " "),
            cells[0][1].unit,
            {period: cell.value for period, cell in cells if cell.value is not None},
            sources={period: cell.source for period, cell in cells},
            kind="table",
        )
        for (table, measure), cells in groups.items()
        if len({period for period, _ in cells}) == len(cells) > 1
    )


def _columns(workspace: "Workspace") -> tuple[Column, ...]:
    """The headings of each table, as its first measure prints them."""
    first = {cell.table: cell.measure for cell in reversed(workspace.placements)}
    return tuple(
        Column(cell.table, cell.cohort, cell.source)
        for cell in workspace.placements
        if cell.measure == first[cell.table]
    )


def _totals(workspace: "Workspace") -> tuple[TableTotal, ...]:
    """Rows of a printed table whose cohort is called a total, beside the other cohorts of the same measure."""
    groups = defaultdict(list)
    for cell in workspace.placements:
        if cell.value is not None and cell.unit in ("count", "places", "placements"):
            groups[cell.table, cell.measure, cell.period].append(cell)
    found = []
    for (table, measure, _), cells in groups.items():
        total = [cell for cell in cells if "total" in cell.cohort.lower()]
        parts = [cell for cell in cells if "total" not in cell.cohort.lower()]
        if len(total) == 1 and len(parts) > 1 and total[0].value is not None:
            values = tuple(cell.value for cell in parts if cell.value is not None)
            found.append(TableTotal(f"{table} {measure}", total[0].value, values, total[0].source, parts[0].source))
    return tuple(found)
