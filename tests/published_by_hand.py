"""Published statistics written by hand, as a small table."""

from collections.abc import Mapping

import polars as pl

from highneeds.intake.published import ENGLAND, Published
from highneeds.intake.published.schema import TABLES


def published(
    totals: str,
    successors: Mapping[str, str] | None = None,
    ages: Mapping[str, Mapping[str, int]] | None = None,
    outturn: str = "",
    flows: str = "",
) -> Published:
    """Totals as `council | year | year ...`; a council in `successors` has its last January where its figures end.

    `ages` are a council's plans by age band in the newest January; `outturn` is in thousands of pounds, a table
    `council | 2017-18 | 2018-19 ...`; `flows` are England's, or a council's, `council | year | requests | new plans`.
    """
    heading, *rows = _cells(totals)
    years = [int(year) for year in heading[1:]]
    figures = {row[0]: dict(zip(years, row[1:], strict=True)) for row in rows}
    tables = {
        "ehcp_caseload_total": _totals(figures),
        "la_lookup": _lookup(figures, successors or {}),
        "ehcp_caseload_by_age_band": _ages(ages or {}, max(years)),
    }
    if outturn:
        tables["s251_outturn_high_needs_total"] = _outturn(outturn)
    if flows:
        tables["ehcp_process"] = _flows(flows)
    return _ByHand("a table by hand", tables)


def _cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def _outturn(text: str) -> pl.DataFrame:
    heading, *rows = _cells(text)
    found = [
        (row[0], year, 1000.0 * float(gbp))
        for row in rows
        for year, gbp in zip(heading[1:], row[1:], strict=True)
        if gbp
    ]
    return pl.DataFrame(found, schema=["la_number", "fin_year", "high_needs_1_2_net_gbp"], orient="row")


def _flows(text: str) -> pl.DataFrame:
    columns = dict(TABLES["ehcp_process"].columns)
    found = [
        {
            "geo_level": "NAT" if council == "England" else "LA",
            "la_number": ENGLAND if council == "England" else council,
            "cal_year": int(year),
            "requests_received_in_year": int(requests),
            "new_ehc_plans": int(new) if new else None,
        }
        for council, year, requests, new in _cells(text)[1:]
    ]
    return pl.DataFrame([dict.fromkeys(columns) | row for row in found], schema=columns)


class _ByHand(Published):
    def __init__(self, where: str, tables: Mapping[str, pl.DataFrame], january: int | None = None) -> None:
        super().__init__(where, dict.fromkeys(tables), january, _read=dict(tables))  # type: ignore[dict-item]

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
