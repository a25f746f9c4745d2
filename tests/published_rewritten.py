"""The pack as it would be if everything after an origin were missing, or wrong."""

import polars as pl

from highneeds.intake.published import open_pack


def rewritten(folder, origin: int, later):
    """The pack as CSV files, every row dated after the origin's January handed to `later`."""
    pack = open_pack()
    for name in pack.files:
        table = pack.table(name)
        then = table.filter(~dated_after(table, origin))
        pl.concat([then, later(table.filter(dated_after(table, origin)))]).write_csv(folder / f"{name}.csv")
    return open_pack(folder)


def dated_after(table: pl.DataFrame, origin: int) -> pl.Expr:
    """Written apart from the code under test: a census after the origin, any flow of the origin's year or later, and
    every financial year that had not ended.
    """
    first = {
        "year": origin + 1,
        "cal_year": origin,
        "mid_year": origin,
        "fin_year": origin - 1,
        "model_version": origin,
    }
    for column, year in first.items():
        if column in table.columns:
            return pl.col(column).cast(pl.String).str.slice(0, 4).cast(pl.Int64) >= year
    if "period" in table.columns:
        return pl.col("period").str.slice(0, 4).cast(pl.Int64) >= origin
    return pl.lit(False)


def nothing(table: pl.DataFrame) -> pl.DataFrame:
    return table.clear()


def nonsense(table: pl.DataFrame) -> pl.DataFrame:
    numbers = [
        column
        for column, kind in table.schema.items()
        if kind.is_numeric() and column not in ("year", "cal_year", "mid_year")
    ]
    return table.with_columns((pl.col(numbers) * 7 + 1).fill_null(3)) if numbers else table
