"""What came true, in the rows of a forecast: published plans by total, age and setting, and the flows of a year."""

from collections.abc import Iterator

import polars as pl

from highneeds.forecast.learning.evidence import by_band, by_setting
from highneeds.forecast.state import AGE_BANDS, SETTINGS
from highneeds.forecast.vintages import Actual
from highneeds.intake.published import Published

FLOWS = {
    "requests": "requests_received_in_year",
    "assessments": "assess_in_year",
    "plans_after_assessment": "assess_issued",
    "ceased": "total_ceased",
}
"""Measures of a forecast, and the published column of the same meaning."""


def published_actuals(published: Published, la_number: str, after: int) -> tuple[Actual, ...]:
    """Everything published of a council for the Januaries after `after`."""
    return (
        *_totals(published, la_number, after),
        *_parts(published, la_number, after),
        *_flows(published, la_number, after),
    )


def money_actual(year: str, measure: str, gbp: float) -> Actual:
    """An in-year or accumulated position that came true."""
    return Actual(measure, "total", "total", year, "financial_year", gbp)


def _of(published: Published, table: str, la_number: str, column: str, first: int) -> pl.DataFrame | None:
    if not published.has(table):
        return None
    rows = published.table(table)
    return rows.filter((pl.col("la_number") == la_number) & (pl.col(column) >= first)).sort(column)


def _totals(published: Published, la_number: str, after: int) -> Iterator[Actual]:
    rows = _of(published, "ehcp_caseload_total", la_number, "year", after + 1)
    for row in rows.iter_rows(named=True) if rows is not None else ():
        if row["plans"]:
            yield Actual("plans", "total", "total", f"{row['year']}-01", "census", float(row["plans"]))


def _parts(published: Published, la_number: str, after: int) -> Iterator[Actual]:
    """Plans by age band and setting, for Januaries whose parts are published."""
    bands = tuple(name for name, _, _ in AGE_BANDS)
    for table, cut, names, summed in (
        ("ehcp_caseload_by_age_band", "age_band", bands, by_band),
        ("ehcp_caseload_by_setting", "setting", SETTINGS, by_setting),
    ):
        rows = _of(published, table, la_number, "year", after + 1)
        if rows is None:
            continue
        for year in rows["year"].unique(maintain_order=True):
            values = summed(rows.filter(pl.col("year") == year), "plans")
            if values.sum() > 0:
                for name, value in zip(names, values, strict=True):
                    yield Actual("plans", cut, name, f"{year}-01", "census", float(value))


def _flows(published: Published, la_number: str, after: int) -> Iterator[Actual]:
    """Flows of a calendar year stand in a forecast under the January that ends it."""
    rows = _of(published, "ehcp_process", la_number, "cal_year", after)
    for row in rows.iter_rows(named=True) if rows is not None else ():
        for measure, column in FLOWS.items():
            if row[column] is not None:
                yield Actual(measure, "total", "total", f"{row['cal_year'] + 1}-01", "census", float(row[column]))
