"""What was known at a January: the rows of a published table that could be read on that census day.

A census of that January is known. Flows of a calendar year and populations of a mid-year are known from the next
January, a financial year from the January after the one in which it ends.
"""

import re
from collections.abc import Callable
from datetime import date

import polars as pl

from highneeds.vocabulary.period import Month


def known_at(table: pl.DataFrame, january: int) -> pl.DataFrame:
    """The rows of `table` dated no later than `january`; a table without dates is returned whole."""
    for column, dated in _DATED:
        if column in table.columns:
            table = table.filter(dated(pl.col(column)) <= january)
    return table


def known_on(table: pl.DataFrame, name: str, day: date) -> pl.DataFrame:
    """The rows of the published table `name` that had been published by that day; one without dates is whole."""
    for column in _PUBLISHED:
        if column in table.columns:
            periods = table[column].unique().drop_nulls().to_list()
            known = [period for period in periods if published_on(name, column, str(period)) <= day]
            table = table.filter(pl.col(column).is_in(known))
    return table


def published_on(name: str, column: str, period: str) -> date:
    """The first of the month after a figure of that period was published, in the table `name` dated by `column`.

    The census and the flows of SEN2 come in June (26 June 2025), mid-year populations in July (15 July 2024), section
    251 outturn in the December after its year, statistical neighbours in their month. DfE updates a year's grant while
    it runs; the file holds the last update.
    """
    if (name, column) == ("dsg_allocations", "fin_year"):
        return date(_year_in(period) + 1, 4, 1)
    return _PUBLISHED[column](period)


def _year_in(period: str) -> int:
    found = re.search(r"\d{4}", period)
    return int(found[0]) if found else date.max.year


def _after_month(version: str) -> date:
    """'2025-05' -> 1 June 2025."""
    return Month.parse(version).plus(1).first_day


def _tool_period(period: str) -> date:
    """Some measures of the interactive tool are a census and some a calendar year: the later date is the safe one."""
    return date(_year_in(period) + (2 if re.search(r"\d{4}-\d{2}", period) else 1), 7, 1)


_PUBLISHED: dict[str, Callable[[str], date]] = {
    "year": lambda year: date(int(year), 7, 1),
    "cal_year": lambda year: date(int(year) + 1, 7, 1),
    "mid_year": lambda year: date(int(year) + 1, 8, 1),
    "fin_year": lambda year: date(_year_in(year) + 2, 1, 1),
    "model_version": _after_month,
    "period": _tool_period,
}


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
