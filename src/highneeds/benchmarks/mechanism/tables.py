"""The columns of the published tables that comparisons are made of: each with the keys geo_level, la_number, year."""

import polars as pl

from highneeds.benchmarks.mechanism.comparison import AREA
from highneeds.intake.published import ENGLAND, Published

POPULATION_YEAR = 2023
LEAST_PLACED = 0.5  # a return in which more than half the plans have no known placement says nothing of settings


def plans(published: Published) -> pl.DataFrame:
    """Plans each January."""
    return published.table("ehcp_caseload_total").select(*AREA, value=pl.col("plans"))


def plans_in(published: Published, *settings: str) -> pl.DataFrame:
    """Plans of these settings each January, for areas that returned placements."""
    chosen = placed(published).filter(pl.col("setting").is_in(settings))
    return chosen.group_by(AREA).agg(value=pl.col("plans").sum())


def plans_by_setting(published: Published) -> pl.DataFrame:
    """All plans of the table by setting, for areas that returned placements."""
    return placed(published).group_by(AREA).agg(value=pl.col("plans").sum())


def placed(published: Published) -> pl.DataFrame:
    """The table by setting without the areas that did not return placements in that January."""
    table = published.table("ehcp_caseload_by_setting")
    known = table.filter(pl.col("setting") != "placement_unknown").group_by(AREA).agg(known=pl.col("plans").sum())
    total = published.table("ehcp_caseload_total").select(*AREA, total=pl.col("plans"))
    returned = known.join(total, on=AREA).filter(pl.col("known") > pl.col("total") * LEAST_PLACED)
    return table.join(returned.select(AREA), on=AREA, how="semi")


def population(published: Published, ages: str) -> pl.DataFrame:
    """People of these ages ('0-25', '2-18') in the middle of 2023, by council; no area above councils is published."""
    table = published.table("population_2_18_and_0_25")
    chosen = table.filter((pl.col("age_range") == ages) & (pl.col("mid_year") == POPULATION_YEAR))
    return chosen.select(geo_level=pl.lit("LA"), la_number=pl.col("la_number"), value=pl.col("population"))


def share_of_pupils(published: Published, measure: str) -> pl.DataFrame:
    """A share of all pupils each January, which for councils is weighted by the people aged 2 to 18.

    Shares of several councils cannot be added; weighted by population they can, nearly as pupils would. England and
    the regions are as published, so they are not weighted. Statistics without the table compare nobody by it.
    """
    if not published.has("lait_sen_indicators"):
        return pl.DataFrame(
            schema={"geo_level": pl.String, "la_number": pl.String, "year": pl.Int64, "value": pl.Float64}
        )
    table = published.table("lait_sen_indicators").filter(pl.col("measure") == measure).drop_nulls("value")
    table = table.filter(pl.col("period").str.contains(r"^\d{4}$")).with_columns(year=pl.col("period").cast(pl.Int64))
    lookup = published.table("la_lookup")
    codes = lookup.select(area=pl.col("region").str.to_lowercase(), code="region_code").unique()
    named = table.with_columns(area=pl.col("name").str.to_lowercase())
    regions = named.join(codes, on="area").select(
        geo_level=pl.lit("REG"), la_number=pl.col("code"), year=pl.col("year"), value=pl.col("value")
    )
    england = table.filter(pl.col("name") == "England").select(
        geo_level=pl.lit("NAT"), la_number=pl.lit(ENGLAND), year=pl.col("year"), value=pl.col("value")
    )
    people = population(published, "2-18").select("la_number", people="value")
    councils = table.filter(pl.col("la_number").is_in(lookup["la_number"].implode())).join(people, on="la_number")
    weighted = councils.select(
        geo_level=pl.lit("LA"),
        la_number=pl.col("la_number"),
        year=pl.col("year"),
        value=pl.col("value") * pl.col("people") / 100,
    )
    return pl.concat([weighted, regions, england])


def process(published: Published, column: str) -> pl.DataFrame:
    """One column of the process table, by calendar year."""
    return published.table("ehcp_process").select(
        "geo_level", "la_number", year=pl.col("cal_year"), value=pl.col(column)
    )


def outturn(published: Published) -> pl.DataFrame:
    """Net outturn of the 1.2 lines, by financial year (its first calendar year)."""
    table = published.table("s251_outturn_high_needs_total")
    year = pl.col("fin_year").str.slice(0, 4).cast(pl.Int64)
    return table.select(
        geo_level=pl.lit("LA"), la_number=pl.col("la_number"), year=year, value=pl.col("high_needs_1_2_net_gbp")
    )
