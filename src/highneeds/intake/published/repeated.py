"""A figure of the region printed on the row of each of its councils: it is no council's own, and so it is missing.

The table of calendar year 2022 as revised gives every council of Yorkshire and The Humber the region's 6,078 new plans.
"""

import polars as pl

LEAST_COUNCILS = 3
"""So many councils of one region with the region's own figure is no chance."""

_KEYS = ("geo_level", "la_number", "cal_year")


def without_figures_of_the_region(table: pl.DataFrame, lookup: pl.DataFrame) -> pl.DataFrame:
    """The same rows; counts of councils that are their region's are null.

    table    one row per area and calendar year, and a column per count
    lookup   la_lookup
    """
    counts = [name for name in table.columns if name not in _KEYS and table[name].dtype.is_integer()]
    regions = table.filter(pl.col("geo_level") == "REG").select(
        "cal_year",
        pl.col("la_number").alias("region_code"),
        *(pl.col(name).alias(f"{name}_of_region") for name in counts),
    )
    councils = lookup.select("la_number", "region_code").unique("la_number")
    beside = table.join(councils, on="la_number", how="left", maintain_order="left")
    beside = beside.join(regions, on=["cal_year", "region_code"], how="left", maintain_order="left")
    return beside.with_columns(_own(name) for name in counts).select(table.columns)


def _own(name: str) -> pl.Expr:
    same = (pl.col("geo_level") == "LA") & (pl.col(name) > 0) & (pl.col(name) == pl.col(f"{name}_of_region"))
    many = same.sum().over("cal_year", "region_code") >= LEAST_COUNCILS
    return pl.when(same & many).then(None).otherwise(pl.col(name)).alias(name)
