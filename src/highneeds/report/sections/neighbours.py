"""Other councils: two measures as sorted bars with our neighbours, the others as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import polars as pl

from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod
from highneeds.benchmarks.mechanism.neighbours import neighbours
from highneeds.intake.published import Published
from highneeds.report import document as doc
from highneeds.report.charts import Bar, ChartWords, bar_chart
from highneeds.report.evidence import Evidence
from highneeds.report.words import others as words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.unit import Unit
from highneeds.vocabulary.words import listed

CHARTED = 2


@dataclass(frozen=True)
class ComparedMeasure:
    """One comparison at its newest period: ours, England, region, neighbours (by name) and the rank of all."""

    comparison: Comparison
    period: str
    own: float
    england: float | None
    region: float | None
    median: float | None
    rank: int
    of: int
    neighbours: tuple[tuple[str, float], ...]


def section(evidence: Evidence) -> doc.Section | None:
    found = standings_of(evidence)
    if not found:
        return None
    opening = words.OPENING if any(one.neighbours for one in found) else words.NO_NEIGHBOURS
    blocks: list[doc.Block] = [doc.Paragraph(opening)]
    blocks += [chart(evidence, one) for one in charted(found)]
    blocks.append(table(found))
    return doc.Section("others", words.TITLE, tuple(blocks))


@lru_cache(maxsize=2)
def standings_of(evidence: Evidence) -> tuple[ComparedMeasure, ...]:
    """Every comparison of this council, as published by the day of the report."""
    published, la_number = evidence.published, evidence.workspace.council.la_number
    standings = (_standing(published, *compared, la_number) for compared in evidence.comparisons)
    return tuple(one for one in standings if one)


def _standing(
    published: Published, comparison: Comparison, frame: pl.DataFrame, la_number: str
) -> ComparedMeasure | None:
    own = frame.filter((pl.col("la_number") == la_number) & pl.col("value").is_not_null()).sort("period")
    if own.is_empty():
        return None
    row = own.row(-1, named=True)
    names = dict(published.table("la_lookup").select("la_number", "la_name").iter_rows())
    day = comparison.when.last_day(int(str(row["period"])[:4]))
    near = neighbours(published, day).filter(pl.col("la_number") == la_number)["neighbour"].to_list()
    theirs = frame.filter(
        (pl.col("period") == row["period"]) & pl.col("la_number").is_in(near) & pl.col("value").is_not_null()
    )
    values = tuple(
        (str(names.get(one["la_number"], one["la_number"])), float(one["value"]))
        for one in theirs.iter_rows(named=True)
    )
    return ComparedMeasure(
        comparison,
        str(row["period"]),
        float(row["value"]),
        row["england"],
        row["region"],
        row["neighbour_median"],
        int(row["rank"]),
        int(row["n_councils"]),
        values,
    )


def charted(found: tuple[ComparedMeasure, ...]) -> list[ComparedMeasure]:
    """The comparisons in which we stand furthest from England, measured by how far our neighbours lie apart."""

    def distance(one: ComparedMeasure) -> float:
        values = [value for _, value in one.neighbours]
        spread = max(values) - min(values)
        return abs(one.own - (one.england or 0)) / spread if spread else 0.0

    ranked = sorted((one for one in found if one.neighbours and one.england), key=distance, reverse=True)
    chosen: dict[str, ComparedMeasure] = {}
    for one in ranked:
        chosen.setdefault(one.comparison.variant_of or one.comparison.id, one)
    return list(chosen.values())[:CHARTED]


def chart(evidence: Evidence, one: ComparedMeasure) -> doc.ChartBlock:
    own_name = evidence.workspace.council.short_name
    bars = [Bar(own_name, cell(one, one.own), own=True)]
    bars += [Bar(name, cell(one, value)) for name, value in one.neighbours]
    bars += [Bar("England", cell(one, one.england))] if one.england is not None else []
    bars += [Bar("Our region", cell(one, one.region))] if one.region is not None else []
    return bar_chart(
        ChartWords(
            f"others-{one.comparison.id.replace('_', '-')}"[:60],
            words.title(one.comparison.title, cell(one, one.own).text, cell(one, one.england).text, period(one)),
            words.SOURCE,
        ),
        bars=bars,
        name_head="Council",
        value_head=one.comparison.title,
        height=19,
    )


def period(one: ComparedMeasure) -> str:
    return Month.parse(one.period).label if one.comparison.when is ComparisonPeriod.JANUARY else one.period


def cell(one: ComparedMeasure, value: float | None) -> doc.Cell:
    if value is None:
        return doc.Cell.words("")
    unit = one.comparison.unit
    places = 0 if unit is Unit.GBP else 1
    exact = round_half_away(Decimal(str(value)), places)
    return doc.Cell.figure(exact, unit, decimals=places)


def table(found: tuple[ComparedMeasure, ...]) -> doc.DataTable:
    right = doc.Align.RIGHT
    columns = (
        doc.TableColumn("Measure", width=4.6),
        doc.TableColumn("Period"),
        doc.TableColumn("Ours", align=right),
        doc.TableColumn("England", align=right),
        doc.TableColumn("Region", align=right),
        *((doc.TableColumn(words.NEIGHBOURS, align=right, width=1.4),) if _has_neighbours(found) else ()),
        doc.TableColumn(words.RANK, align=right, width=1.3),
    )
    return doc.DataTable(
        "others-table",
        words.TABLE,
        columns,
        tuple(_rows(found)),
        notes=tuple(_not_given(found)),
        source=words.SOURCE,
        small=True,
    )


def _not_given(found: tuple[ComparedMeasure, ...]) -> Iterator[str]:
    """What no row of the table is divided by, and why: each reason once, with the subjects that it is true of."""
    reasons = dict.fromkeys(one.comparison.not_given for one in found if one.comparison.not_given)
    for reason in reasons:
        subjects = dict.fromkeys(one.comparison.subject for one in found if one.comparison.not_given == reason)
        yield words.not_given(listed(f"{one[:1].lower()}{one[1:]}" for one in subjects), reason)


def _has_neighbours(found: tuple[ComparedMeasure, ...]) -> bool:
    return any(one.median is not None for one in found)


def _rows(found: tuple[ComparedMeasure, ...]) -> Iterator[doc.Row]:
    """What is measured of one subject in two ways stands together."""
    subjects = [one.comparison.subject for one in found]
    for one in sorted(found, key=lambda one: subjects.index(one.comparison.subject)):
        near = (one.median,) if _has_neighbours(found) else ()
        figures = (cell(one, value) for value in (one.own, one.england, one.region, *near))
        yield doc.Row.of(one.comparison.title, period(one), *figures, words.rank(one.rank, one.of))
