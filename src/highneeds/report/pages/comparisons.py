"""Other councils, for their pages: every published measure with England, the region, the neighbours and all others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import polars as pl
from pydantic import TypeAdapter

from highneeds.benchmarks.mechanism.compare import comparisons
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod
from highneeds.benchmarks.mechanism.neighbours import neighbours
from highneeds.report.charts.over_time import drawn_over_time, over_time_in_words
from highneeds.report.pages.results.comparisons import AreaKind, ComparedArea, Comparisons, PublishedComparison
from highneeds.report.pages.results.parts import PageFinding
from highneeds.report.pages.results.whole import INTERNAL
from highneeds.report.render.tables import csv_for_people
from highneeds.report.words import pages as words
from highneeds.store.cache import fingerprint_of, kept_or_made
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away, with_commas
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit

if TYPE_CHECKING:
    from highneeds.intake.workspace import DashboardIndicator
    from highneeds.report.evidence import Evidence

FOLDER = f"{INTERNAL}/comparisons"
PERIODS = 6
"""As many as fit a table on a telephone's screen, and long enough to see a direction; the file has them all."""
COLUMNS = ("measure", "period", "council", "la_number", "value", "england", "region", "rank", "councils")


ROOMS = ("report", "benchmarks", "intake/published", "vocabulary")
LIBRARIES = ("polars", "pydantic")


@dataclass(frozen=True)
class ComparisonPages:
    """result: what the pages show; files: path -> text of every council and period, and of every drawing."""

    result: Comparisons
    files: dict[str, str]


def comparisons_result(evidence: "Evidence") -> Comparisons:
    """Every comparison of which this council has a figure."""
    return _pages(evidence).result


def comparison_files(evidence: "Evidence") -> Mapping[str, bytes]:
    """Every council and period of each comparison, as a file."""
    return {name: text.encode("utf-8") for name, text in _pages(evidence).files.items()}


@lru_cache(maxsize=2)
def _pages(evidence: "Evidence") -> ComparisonPages:
    """Made once of the same statistics: nothing that the council writes is in them but its number and name."""
    council, published = evidence.workspace.council, evidence.published
    said = f"{council.la_number} {council.short_name} {published.day} {published.january}"
    name = fingerprint_of(said, published.files.values(), ROOMS, LIBRARIES)
    shape = _shape()
    return shape.validate_json(
        kept_or_made(evidence.kept, "comparison-pages", name, lambda: shape.dump_json(_made(evidence)))
    )


@cache
def _shape() -> TypeAdapter[ComparisonPages]:
    return TypeAdapter(ComparisonPages)


def _made(evidence: "Evidence") -> ComparisonPages:
    names, frames = _names(evidence), _frames(evidence)
    found = tuple(_result(evidence, one, frame) for one, frame in frames)
    ours = [(area.values[-1], one.areas[1].values[-1]) for one in found if (area := one.areas[0])]
    both = [(Decimal(own), Decimal(theirs)) for own, theirs in ours if own is not None and theirs is not None]
    said = words.comparisons_sentence(sum(own > theirs for own, theirs in both), len(both))
    tables = {_file(one): csv_for_people(_table(one, frame, names)).decode("utf-8") for one, frame in frames}
    drawings = {one.drawn: drawn_over_time(one, one.areas) for one in found}
    return ComparisonPages(Comparisons(PageFinding.of(said), found), tables | drawings)


def beside(evidence: "Evidence", indicator: "DashboardIndicator") -> tuple[str, ...]:
    """Ids of the comparisons that speak of the same thing as an indicator: the catalogue's, and those it names itself.

    Raises InputError where it names one that there is not.
    """
    known = {one.id for one in comparisons()}
    for name in indicator.compared_with:
        if name not in known:
            raise InputError(
                f"'{name}' is no published comparison", where=indicator.where, remedy=words.COMPARED_WITH_REMEDY
            )
    shown = {one.id for one in comparisons_result(evidence).measures}
    named = [one for one in comparisons() if one.id in indicator.compared_with or indicator.id in one.beside]
    return tuple(one.id for one in named if one.id in shown)


def _frames(evidence: "Evidence") -> tuple[tuple[Comparison, pl.DataFrame], ...]:
    """(comparison, its rows for every council and period), where this council has a figure in the newest of its own."""
    number = evidence.workspace.council.la_number
    return tuple((one, frame) for one, frame in evidence.comparisons if not _own(frame, number).is_empty())


def _own(frame: pl.DataFrame, number: str) -> pl.DataFrame:
    return frame.filter((pl.col("la_number") == number) & pl.col("value").is_not_null()).sort("period")


def _names(evidence: "Evidence") -> dict[str, str]:
    return dict(evidence.published.table("la_lookup").select("la_number", "la_name").iter_rows())


def _file(one: Comparison) -> str:
    return f"{FOLDER}/{one.id}.csv"


def _table(one: Comparison, frame: pl.DataFrame, names: dict[str, str]) -> Table:
    """Values are not rounded in files."""
    known = frame.filter(pl.col("value").is_not_null()).sort("period", "la_number")
    columns = known.select("period", "la_number", "value", "england", "region", "rank", "n_councils")
    rows = [(one.title, period, names.get(la, la), la, *rest) for period, la, *rest in columns.iter_rows()]
    return Table.of(COLUMNS, rows, one.title)


def _result(evidence: "Evidence", one: Comparison, frame: pl.DataFrame) -> PublishedComparison:
    council, names = evidence.workspace.council, _names(evidence)
    own = {row["period"]: row for row in _own(frame, council.la_number).iter_rows(named=True)}
    newest = list(own.values())[-1]
    periods = list(own)[-PERIODS:]
    known = _values(frame, periods)
    near = _near(evidence, one, newest["period"])

    def ours(id: AreaKind, name: str, column: str) -> ComparedArea:
        return _area(one, id, name, id, {period: own[period][column] for period in periods}, periods)

    areas = [
        ours("own", council.short_name, "value"),
        ours("england", "England", "england"),
        ours("region", _region(evidence), "region"),
        ours("middle", words.MIDDLE, "neighbour_median"),
    ]
    theirs = [_area(one, each, names[each], "neighbour", known.get(each, {}), periods) for each in near]
    areas += sorted(theirs, key=lambda area: area.name)
    england = areas[1].texts[-1] if areas[1].values[-1] is not None else ""
    made = PublishedComparison(
        id=one.id,
        title=one.title,
        sentence=PageFinding.of(
            words.comparison_sentence(one.title, areas[0].texts[-1], england, _label(one, newest["period"]))
        ),
        subject=one.subject,
        per=one.per.value,
        part=one.part,
        whole=one.whole,
        unit=one.unit.value,
        source=". ".join(filter(None, (one.source, one.not_given))),
        periods=tuple(_label(one, period) for period in periods),
        areas=tuple(areas),
        others=tuple(_others(one, known, periods, {council.la_number, *near}, names)),
        rank=words.RANK.format(place=newest["rank"], of=newest["n_councils"]),
        csv=_file(one),
        drawn=f"{FOLDER}/{one.id}.svg",
        alt="",
    )
    return replace(made, alt=over_time_in_words(made, made.areas))


def _values(frame: pl.DataFrame, periods: list[str]) -> dict[str, dict[str, float]]:
    """council -> period -> its value, where it has one in these periods: read once, for there are 150 councils."""
    there = frame.filter(pl.col("period").is_in(periods) & pl.col("value").is_not_null())
    found: dict[str, dict[str, float]] = {}
    for council, period, value in there.select("la_number", "period", "value").iter_rows():
        found.setdefault(council, {})[period] = value
    return found


def _near(evidence: "Evidence", one: Comparison, period: str) -> list[str]:
    day = one.when.last_day(int(period[:4]))
    pairs = neighbours(evidence.published, day)
    names = _names(evidence)
    found = pairs.filter(pl.col("la_number") == evidence.workspace.council.la_number)["neighbour"].to_list()
    return [each for each in found if each in names]


def _region(evidence: "Evidence") -> str:
    lookup = evidence.published.table("la_lookup")
    found = lookup.filter(pl.col("la_number") == evidence.workspace.council.la_number)["region"].to_list()
    return str(found[0]) if found and found[0] else words.OUR_REGION


def _area(
    one: Comparison, id: str, name: str, kind: AreaKind, known: Mapping[str, float | None], periods: list[str]
) -> ComparedArea:
    values = [_exact(one, known.get(period)) for period in periods]
    texts = tuple("Not published" if value is None else _shown(one, value) for value in values)
    return ComparedArea(id, name, kind, tuple(None if value is None else str(value) for value in values), texts)


def _others(
    one: Comparison,
    known: Mapping[str, Mapping[str, float]],
    periods: list[str],
    already: set[str],
    names: dict[str, str],
) -> Iterator[ComparedArea]:
    for number in sorted(known.keys() - already, key=lambda number: (names.get(number, number), number)):
        yield _area(one, number, names.get(number, number), "other", known[number], periods)


def _exact(one: Comparison, value: float | None) -> Decimal | None:
    """Rounded once, as it is shown."""
    return None if value is None else round_half_away(Decimal(str(value)), 0 if one.unit is Unit.GBP else 1)


def _shown(one: Comparison, value: Decimal) -> str:
    places = 0 if one.unit is Unit.GBP else 1
    return one.unit.show(value, places) if one.unit in (Unit.GBP, Unit.PERCENT) else with_commas(value, places)


def _label(one: Comparison, period: str) -> str:
    return Month.parse(period).label if one.when is ComparisonPeriod.JANUARY else period
