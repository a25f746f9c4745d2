"""The savings register beside what the forecast says of it: needs the forecast, so only what asks for it loads it."""

from highneeds.account.pennies import decimal_pounds
from highneeds.account.savings.priced import PricedRegister, PricedSaving, Together
from highneeds.report.words.savings import together
from highneeds.vocabulary.table import Table


def priced_table(priced: PricedRegister) -> Table:
    """The register's own sum beside what the forecast prices it at, with the reason where it cannot; then the whole."""
    columns = (
        "saving",
        "lever",
        "financial_year",
        "register_gbp",
        "forecast_gbp",
        "forecast_low_gbp",
        "forecast_high_gbp",
        "difference_gbp",
        "state",
        "reason",
        "overlap",
    )
    rows = [_cells(one) for one in priced.actions]
    whole = _whole(priced.together) if priced.together else []
    totals = (len(rows), len(rows) + 2) if whole else ()
    return Table.of(columns, [*rows, *whole], "Savings as the register has them and as forecast", totals)


def _whole(one: Together) -> list[tuple[object, ...]]:
    """The prices alone, what they count twice, and the actions done together."""
    year, register = str(one.year), decimal_pounds(one.register)
    alone, overlap, mean, low, high = (
        decimal_pounds(round(value * 100)) for value in (one.alone, one.overlap, one.mean, one.low, one.high)
    )
    nothing = (None, None, None)
    return [
        ("TOTAL alone, added up", "", year, None, alone, *nothing, "estimated", "", ""),
        ("Overlap between actions, taken out", "", year, None, -overlap, *nothing, "estimated", "", ""),
        ("TOTAL done together", "", year, register, mean, low, high, mean - register, "estimated", "", together(one)),
    ]


def _cells(one: PricedSaving) -> tuple[object, ...]:
    register = None if one.register is None else decimal_pounds(one.register)
    sums = [None if value is None else decimal_pounds(round(value * 100)) for value in (one.mean, one.low, one.high)]
    difference = None if register is None or sums[0] is None else sums[0] - register
    state = "unavailable" if one.mean is None else "estimated"
    year = str(one.year) if one.year else None
    return (one.saving.name, one.lever, year, register, *sums, difference, state, one.reason, one.overlaps)
