"""A folder of published statistics as a person would have it: the tables as CSV, and an invented later January."""

from pathlib import Path

import polars as pl

from highneeds.intake.published import Published

CENSUS = ("ehcp_caseload_total", "ehcp_caseload_by_setting", "ehcp_caseload_by_age_band")


def folder_of(published: Published, folder: Path, growth: float | None = None) -> Path:
    """Every table as a CSV file; with `growth`, the newest January again a year later, so much larger everywhere."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in published.files:
        table = published.table(name)
        if growth is not None and name in CENSUS:
            table = pl.concat([table, _a_year_later(table, growth)])
        table.write_csv(folder / f"{name}_2010_2026.csv")
    return folder


def _a_year_later(table: pl.DataFrame, growth: float) -> pl.DataFrame:
    newest = table.filter(pl.col("year") == table["year"].max())
    plans = (pl.col("plans") * (1 + growth)).round().cast(table.schema["plans"])
    return newest.with_columns((pl.col("year") + 1).cast(table.schema["year"]), plans)
