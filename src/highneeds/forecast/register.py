"""The rows of the register of assumptions that speak of money: every price, its rise, the grant, the contributions."""

from collections.abc import Iterator

from highneeds.forecast.assumptions import Assumption, Assumptions
from highneeds.forecast.costs.prices import PriceLine, Prices
from highneeds.forecast.summary import ForecastInputs
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.words import within


def money_rows(assumptions: Assumptions, inputs: ForecastInputs | None = None) -> tuple[Assumption, ...]:
    """One row each; none where nothing is known of money."""
    prices: Prices | None = assumptions.prices
    return () if prices is None else tuple(_rows(prices, inputs))


def _rows(prices: Prices, inputs: ForecastInputs | None) -> Iterator[Assumption]:
    yield from map(_price, prices.lines)
    rises: dict[str, Assumption] = {}
    for row in map(_rise, prices.lines):
        rises.setdefault(row.name, row)
    yield from rises.values()
    if prices.grant is not None:
        grant, last = prices.grant, str(FinancialYear(max(prices.grant.known)))
        (middle, low, high), stated = grant.growth.next_year, 100 * grant.growth.stated
        yield Assumption(
            "grant_growth",
            f"Growth of the high needs block in the year after {last}; later years come back to {stated:g}% a year",
            round(middle, 4),
            round(low, 4),
            round(high, 4),
            "share per year",
            grant.source,
            last,
            "in-year position",
        )
    if inputs is not None and inputs.opening is not None and inputs.promised_gbp:
        yield _contributions(inputs)


def _price(line: PriceLine) -> Assumption:
    low, high = sorted((line.low, line.high))
    year = str(FinancialYear(line.base_year))
    whose = "" if not line.estimate else ". Estimate from published statistics, never the council's own price"
    return Assumption(
        f"price {line.name}",
        f"{line.title}: price for {line.basis.value}, in prices of {year}",
        round(line.gbp, 2),
        round(low, 2),
        round(high, 2),
        "£",
        f"{line.source}{whose}" if isinstance(line.source, str) else line.source,
        year,
        f"cost of {within(line.title)}" + ("" if line.in_dsg else "; not in the DSG"),
    )


def _rise(line: PriceLine) -> Assumption:
    """Lines with the same rise share a row, named after the first."""
    title = "Yearly rise of prices: " + ("services" if not line.settings else within(line.title))
    return Assumption(
        f"inflation {line.inflation:g}",
        title,
        line.inflation,
        line.inflation_low,
        line.inflation_high,
        "share per year",
        "assumption",
        "",
        "cost of every line with this rise",
        assumed=True,
    )


def _contributions(inputs: ForecastInputs) -> Assumption:
    left = max(inputs.promised_gbp - inputs.paid_gbp, 0.0)
    return Assumption(
        "contributions",
        "Promised contributions of department and council still to come, spread evenly over the years left",
        left / 2,
        0.0,
        left,
        "£",
        "assumption: the instalments were never published; drawn evenly between none and all not known to be paid",
        inputs.opening.year if inputs.opening else "",
        "accumulated deficit",
        assumed=True,
    )
