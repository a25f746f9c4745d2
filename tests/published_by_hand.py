"""Published statistics written by hand, as a small table."""

from collections.abc import Mapping

import polars as pl

from highneeds.intake.published import ENGLAND, Published
from highneeds.intake.published.schema import TABLES


def published(
    totals: str, successors: Mapping[str, str] | None = None, ages: Mapping[str, Mapping[str, int]] | None = None
) -> Published:
    """Totals as `council | year | year ...`; a council in `successors` has its last January where its figures end.

    `ages` are a council's plans by age band in the newest January.
    """
    heading, *rows = [[cell.strip() for cell in line.split("|")] for line in totals.strip().splitlines()]
    years = [int(year) for year in heading[1:]]
    figures = {row[0]: dict(zip(years, row[1:], strict=True)) for row in rows}
    tables = {
        "ehcp_caseload_total": _totals(figures),
        "la_lookup": _lookup(figures, successors or {}),
        "ehcp_caseload_by_age_band": _ages(ages or {}, max(years)),
    }
    return _ByHand("a table by hand", tables)


class _ByHand(Published):
    def __init__(self, where: str, tables: Mapping[str, pl.DataFrame], january: int | None = None) -> None:
        super().__init__(where, dict.fromkeys(tables), january, dict(tables))  # type: ignore[dict-item]

    def known_at(self, january: int) -> Published:
        from highneeds.intake.published.known import known_at

        return _ByHand(self.where, {name: known_at(table, january) for name, table in self._read.items()}, january)


def _totals(figures: Mapping[str, Mapping[int, str]]) -> pl.DataFrame:
    rows = [
        ("NAT" if council == "England" else "LA", ENGLAND if council == "England" else council, year, int(plans))
        for council, years in figures.items()
        for year, plans in years.items()
        if plans
    ]
    return pl.DataFrame(rows, schema=["geo_level", "la_number", "year", "plans"], orient="row")


def _lookup(figures: Mapping[str, Mapping[int, str]], successors: Mapping[str, str]) -> pl.DataFrame:
    rows = [
        (council, min(y for y, p in years.items() if p), max(y for y, p in years.items() if p), successors.get(council))
        for council, years in figures.items()
        if council != "England"
    ]
    wanted = {"la_number": pl.String, "first_year": pl.Int64, "last_year": pl.Int64, "successor_la_number": pl.String}
    return pl.DataFrame(rows, schema=wanted, orient="row")


def _ages(ages: Mapping[str, Mapping[str, int]], year: int) -> pl.DataFrame:
    rows = [("LA", council, year, band, plans) for council, bands in ages.items() for band, plans in bands.items()]
    return pl.DataFrame(rows, schema=dict(TABLES["ehcp_caseload_by_age_band"].columns), orient="row")
