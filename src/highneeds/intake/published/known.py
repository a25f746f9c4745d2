"""What was known at a January: the rows of a published table that could be read on that census day.

A census of that January is known. Flows of a calendar year and populations of a mid-year are known from the next
January, a financial year from the January after the one in which it ends.
"""

from collections.abc import Callable
from datetime import date

import polars as pl


def known_at(table: pl.DataFrame, january: int) -> pl.DataFrame:
    """The rows of `table` dated no later than `january`; a table without dates is returned whole."""
    for column, dated in _DATED:
        if column in table.columns:
            table = table.filter(dated(pl.col(column)) <= january)
    return table


def known_on(table: pl.DataFrame, name: str, day: date) -> pl.DataFrame:
    """The rows of the published table `name` that had been published by that day; one without dates is whole."""
    for column, published in _PUBLISHED:
        if column in table.columns:
            since = _grant if (name, column) == ("dsg_allocations", "fin_year") else published
            table = table.filter(since(pl.col(column)) <= day)
    return table


def _on(year: pl.Expr, month: int) -> pl.Expr:
    return pl.date(year, month, 1)


def _grant(text: pl.Expr) -> pl.Expr:
    """DfE updates a year's grant while it runs; the file holds the last update."""
    return _on(_first_year(text) + 1, 4)


def _census(year: pl.Expr) -> pl.Expr:
    return year


def _calendar_year(year: pl.Expr) -> pl.Expr:
    return year + 1


def _first_year(text: pl.Expr) -> pl.Expr:
    return text.str.extract(r"(\d{4})", 1).cast(pl.Int64)


def _financial_year(text: pl.Expr) -> pl.Expr:
    return _first_year(text) + 2


def _version(text: pl.Expr) -> pl.Expr:
    return _first_year(text) + 1


def _lait_period(text: pl.Expr) -> pl.Expr:
    """Some measures are a census and some a calendar year: the later date is the safe one."""
    return pl.when(text.str.contains(r"\d{4}-\d{2}")).then(_financial_year(text)).otherwise(_first_year(text) + 1)


_DATED = (
    ("year", _census),
    ("cal_year", _calendar_year),
    ("mid_year", _calendar_year),
    ("fin_year", _financial_year),
    ("model_version", _version),
    ("period", _lait_period),
)

_PUBLISHED: tuple[tuple[str, Callable[[pl.Expr], pl.Expr]], ...] = (
    ("year", lambda year: _on(year, 7)),
    ("cal_year", lambda year: _on(year + 1, 7)),
    ("mid_year", lambda year: _on(year + 1, 8)),
    ("fin_year", lambda text: _on(_first_year(text) + 2, 1)),
    ("model_version", lambda text: _on(_first_year(text), 1).dt.offset_by(text.str.slice(5, 2) + "mo")),
    ("period", lambda text: _on(_lait_period(text), 7)),
)
"""The first of the month after each is published: the census and the flows of SEN2 in June (26 June 2025), mid-year
populations in July (15 July 2024), section 251 outturn in the December after its year, neighbours in their month."""
