"""A council's ten statistical neighbours, by the newest model that was known at the time."""

from datetime import date

import polars as pl

from highneeds.intake.published import Published

HOW_MANY = 10


def neighbours(published: Published, on: date) -> pl.DataFrame:
    """la_number, neighbour: ten rows per council from the newest model published by `on`; none before the first."""
    table = published.table("stat_neighbours")
    known = table.filter(pl.col("model_version") <= f"{on.year:04d}-{on.month:02d}")
    newest = known.filter(pl.col("model_version") == pl.col("model_version").max())
    return newest.filter(pl.col("rank") <= HOW_MANY).select("la_number", neighbour=pl.col("neighbour_la_number"))
