"""SEN transport: outside the DSG, in no account, and shown beside every scenario where the council has given it."""

from dataclasses import replace

import polars as pl

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.costs.prices import PriceBasis, PriceLine
from highneeds.forecast.defaults import default
from highneeds.forecast.state import SETTINGS
from highneeds.forecast.summary import Balance
from highneeds.intake.published import Published
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

NAME = "SEN transport"
NOT_GIVEN = Note.of("transport.not_given")


def with_transport(assumptions: Assumptions, published: Published, la_number: str, given: Balance) -> Assumptions:
    """The assumptions with a line beside the DSG: the given sum over the plans of its year, for every plan."""
    if assumptions.prices is None:
        return assumptions
    year = FinancialYear.parse(given.year)
    plans = _plans(published, la_number, year) or float(assumptions.opening.plans.sum())
    half, rises = default("unit_cost_range").value, default("inflation_services")
    each = given.gbp / max(plans, 1.0)
    line = PriceLine(
        name=NAME,
        title="SEN transport, outside the DSG",
        settings=SETTINGS,
        basis=PriceBasis.PLAN,
        gbp=each,
        low=each * (1 - half),
        high=each * (1 + half),
        base_year=year.start,
        inflation=rises.value,
        inflation_low=rises.low,
        inflation_high=rises.high,
        source=Note.of("transport.own_cost", year=given.year, plans=plans, sources=(given.source,)),
        estimate=False,
        in_dsg=False,
    )
    return replace(assumptions, prices=replace(assumptions.prices, lines=(*assumptions.prices.lines, line)))


def _plans(published: Published, la_number: str, year: FinancialYear) -> float | None:
    """Plans of a financial year: the mean of the Januaries before and in it that are published."""
    rows = published.table("ehcp_caseload_total").filter(
        (pl.col("la_number") == la_number) & pl.col("year").is_in([year.start, year.start + 1]) & (pl.col("plans") > 0)
    )
    return None if rows.is_empty() else float(rows["plans"].to_numpy().mean())
