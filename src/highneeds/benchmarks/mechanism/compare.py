"""Every comparison of every council: value, England, region, neighbours, rank."""

from collections.abc import Collection, Sequence
from datetime import date

import polars as pl

from highneeds.benchmarks import definitions
from highneeds.benchmarks.mechanism.comparison import Comparison
from highneeds.benchmarks.mechanism.neighbours import neighbours
from highneeds.intake.published import ENGLAND, Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in
from highneeds.vocabulary.table import Table

COLUMNS = (
    "indicator",
    "period",
    "la_number",
    "value",
    "england",
    "region",
    "neighbour_mean",
    "neighbour_median",
    "neighbour_pooled",
    "neighbours_available",
    "rank",
    "n_councils",
)


def comparisons() -> tuple[Comparison, ...]:
    """In the order of their ids."""
    found = definitions_in(definitions, Comparison)
    return tuple(sorted(found, key=lambda one: one.id))


def benchmark(
    published: Published, councils: Collection[str] | None = None, period: str | None = None
) -> tuple[Table, tuple[str, ...]]:
    """The contract's table for these councils (None for all), and what aggregates rest on, in sentences.

    period   only this one, such as 2024-01, 2023 or 2023-24; what is not given in any is then not said
    """
    frames, notes = [], []
    for one in comparisons():
        frame, said = compare(published, one, period)
        frames.append(frame)
        notes += said
    whole = pl.concat(frames)
    chosen = whole if councils is None else whole.filter(pl.col("la_number").is_in(list(councils)))
    chosen = chosen if period is None else chosen.filter(pl.col("period") == period)
    rows = chosen.sort("indicator", "period", "la_number").select(COLUMNS).rows()
    return Table.of(COLUMNS, rows, "Benchmarks"), tuple(notes)


def benchmark_of(published: Published, council: str, period: str | None = None) -> tuple[Table, tuple[str, ...]]:
    """The same of one council by its LA number, or of 'all'. InputError where nothing is published of it."""
    if council != "all" and council not in set(published.table("la_lookup")["la_number"]):
        raise InputError(f"{council} is no council of these statistics", where="--council", remedy="Give its LA number")
    councils = None if council == "all" else [council]
    table, notes = benchmark(published, councils, period)
    if not table.rows:
        other = "Give a period such as 2024-01, 2023 or 2023-24"
        remedy = other if period and benchmark(published, councils)[0].rows else "Give newer figures as --open-data"
        raise InputError(f"Nothing is published of {council}" + (f" for {period}" if period else ""), remedy=remedy)
    return table, notes


def compare(published: Published, one: Comparison, period: str | None = None) -> tuple[pl.DataFrame, list[str]]:
    """One comparison for every council and period, and how many councils each summed aggregate rests on."""
    ratios = one.ratios(published).with_columns(value=one.scale * pl.col("part") / pl.col("whole"))
    own = ratios.filter(pl.col("geo_level") == "LA").join(_regions(published), on="la_number", how="left")
    england, summed = _aggregate(one, ratios, own, "NAT", pl.lit(ENGLAND))
    region, _ = _aggregate(one, ratios, own, "REG", pl.col("region_code"))
    frame = (
        own.join(england.rename({"aggregate": "england"}).drop("area"), on="year", how="left")
        .join(
            region.rename({"aggregate": "region"}),
            left_on=["year", "region_code"],
            right_on=["year", "area"],
            how="left",
        )
        .join(_of_neighbours(published, one, own), on=["la_number", "year"], how="left")
        .with_columns(
            rank=pl.col("value").rank("min", descending=True).over("year"),
            n_councils=pl.len().over("year"),
            neighbours_available=pl.col("neighbours_available").fill_null(0),
            indicator=pl.lit(one.id),
            period=pl.col("year").map_elements(one.when.label, return_dtype=pl.String),
        )
    )
    of_period = [year for year in summed if period in (None, one.when.label(year))]
    notes = [f"{one.id}: {one.not_given}."] if one.not_given and period is None else []
    return frame.select(COLUMNS), [*notes, *_summed_notes(published, one, own, of_period)]


def _regions(published: Published) -> pl.DataFrame:
    return published.table("la_lookup").select("la_number", "region_code")


def _aggregate(
    one: Comparison, ratios: pl.DataFrame, own: pl.DataFrame, level: str, area: pl.Expr
) -> tuple[pl.DataFrame, Sequence[int]]:
    """(year, area, aggregate): the published one where there is one, else summed over the councils that have both.

    Also the years of which the aggregate had to be summed.
    """
    published = ratios.filter(pl.col("geo_level") == level).select("year", area="la_number", aggregate="value")
    sums = own.with_columns(area=area).group_by("year", "area").agg(pl.col("part").sum(), pl.col("whole").sum())
    summed = sums.select("year", "area", aggregate=one.scale * pl.col("part") / pl.col("whole"))
    missing = summed.join(published, on=["year", "area"], how="anti")
    return pl.concat([published, missing], how="vertical_relaxed"), sorted(missing["year"].unique().to_list())


def _of_neighbours(published: Published, one: Comparison, own: pl.DataFrame) -> pl.DataFrame:
    """Mean and median of the neighbours' values, and their summed parts over their summed wholes."""
    years = sorted(own["year"].unique().to_list())
    none_known = neighbours(published, date.min).with_columns(year=pl.lit(0, pl.Int64))
    by_year = (neighbours(published, one.when.last_day(y)).with_columns(year=pl.lit(y, pl.Int64)) for y in years)
    pairs = pl.concat([none_known, *by_year])
    theirs = own.select("year", "value", "part", "whole", neighbour="la_number")
    return (
        pairs.join(theirs, on=["year", "neighbour"])
        .group_by("la_number", "year")
        .agg(
            neighbour_mean=pl.col("value").mean(),
            neighbour_median=pl.col("value").median(),
            neighbour_pooled=one.scale * pl.col("part").sum() / pl.col("whole").sum(),
            neighbours_available=pl.len(),
        )
    )


def _summed_notes(published: Published, one: Comparison, own: pl.DataFrame, summed: Sequence[int]) -> list[str]:
    """'..., 2024-01: England is summed over 101 of 153 councils, for no aggregate is published.'"""
    lookup = published.table("la_lookup")
    newest = pl.col("last_year").max()  # a council listed up to the newest year is still there
    notes = []
    for year in summed:
        there = (pl.col("first_year") <= year) & (pl.col("last_year") >= pl.min_horizontal(newest, pl.lit(year)))
        active = lookup.filter(there).height
        have = own.filter(pl.col("year") == year).height
        notes.append(
            f"{one.id}, {one.when.label(year)}: England is summed over {have} of {active} councils; none is published."
        )
    return notes
