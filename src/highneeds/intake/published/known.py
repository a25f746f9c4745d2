"""What was known at a January: the rows of a published table that could be read on that census day.

A census of that January is known. Flows of a calendar year and populations of a mid-year are known from the next
January, a financial year from the January after the one in which it ends.
"""

import polars as pl


def known_at(table: pl.DataFrame, january: int) -> pl.DataFrame:
    """The rows of `table` dated no later than `january`; a table without dates is returned whole."""
    for column, dated in _DATED:
        if column in table.columns:
            table = table.filter(dated(pl.col(column)) <= january)
    return table


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
