"""Tables of the forecast as people read them: whole numbers, pounds with commas, and only what is read on paper.

Programs get every column of the same tables, unrounded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from highneeds.forecast.attribution import Attribution
from highneeds.forecast.basis import ForecastBasis
from highneeds.forecast.council import Forecast
from highneeds.forecast.why import ExplainedFigure, ExplainQuestion, counted_since
from highneeds.intake.forecasts import Kept
from highneeds.report.words.forecast import kept_and_now, starts_from
from highneeds.report.words.forecast_notes import sources_in_words, what_is_explained
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.table import Table


class ForecastTable(StrEnum):
    """The tables of a forecast that can be asked for."""

    FORECAST = "forecast"
    ASSUMPTIONS = "assumptions"
    SCENARIOS = "scenarios"
    ODDS = "odds"
    REAL = "real"
    DELAY = "delay"
    BACKTEST = "backtest"


def table_of(
    found: Forecast, wanted: ForecastTable, targets_gbp: Mapping[str, float], day: date | None, *, for_people: bool
) -> Table:
    """The table that is asked for; where nothing else is, or nothing was tested, the forecast itself."""
    if wanted is ForecastTable.ASSUMPTIONS:
        return sources_in_words(found.register())
    if wanted is ForecastTable.SCENARIOS:
        return found.compared(targets_gbp)
    if wanted is ForecastTable.DELAY:
        return found.delay()
    if wanted is ForecastTable.REAL:
        return found.real_terms()
    if wanted is ForecastTable.ODDS:
        return found.odds(targets_gbp, day)
    return totals(found.table()) if for_people else found.table()


def totals(forecast: Table) -> Table:
    """Of the contract's columns the totals: stocks and flows in a January, money in a financial year."""
    kept = [row for row in forecast.rows if row[2] == "total" and row[5] != "academic_year"]
    kept = [row for row in kept if not (row[5] == "financial_year" and not ColumnName(row[1]).is_money)]
    rows = [[row[0], row[1], row[4], *(round(value) for value in row[6:])] for row in kept]
    return Table.of(("scenario", "measure", "period", *forecast.columns[6:]), rows, forecast.title)


def side_by_side(compared: Table) -> Table:
    """A figure in a row and a scenario in a column."""
    names = [str(row[0]) for row in compared.rows]
    rows = [[name, *(_words(name, row[place]) for row in compared.rows)] for place, name in enumerate(compared.columns)]
    return Table.of(("figure", *names), rows[1:], compared.title)


def _words(name: str, value: object) -> str:
    if not isinstance(value, int | float):
        return "not known" if value is None else str(value)
    return f"{100 * value:.1f}%" if name.startswith("chance") else f"{value:,.0f}"


def delays(found: Table) -> Table:
    """The sums in pounds with commas, without the names of the two scenarios."""
    rows = [[row[2], *(f"{sum_:,.0f}" for sum_ in row[3:6]), f"{row[6]:,.0f}", *row[7:]] for row in found.rows]
    return Table.of(found.columns[2:], rows, found.title)


def goals(sought: Table) -> Table:
    """The strength and the chance; the duties stand in csv and json."""
    names = ("lever", "unit", "strength_needed", "furthest_tried", "chance", "chance_without", "caution")
    places = [sought.columns.index(name) for name in names]
    rows = [[row[place] for place in places] for row in sought.rows]
    for row in rows:
        row[2] = "not reachable" if row[2] is None else f"{row[2]:.3g}"
    return Table.of(names, rows, sought.title)


def explained(found: Attribution) -> Table:
    """Each driver with its effect, under what is explained."""
    return replace(found.table(), title=what_is_explained(found.of))


def since_kept(
    basis: ForecastBasis, asked: ExplainQuestion, found: Attribution, kept: Kept, table: Table
) -> Iterator[str]:
    """Both figures side by side, where the kept forecast has it, and what has been counted since."""
    date = asked.ends(basis)
    before = asked.in_kept(table, date)
    if before is not None:
        cost = asked.figure is ExplainedFigure.COST
        yield kept_and_now(date, f"{kept.made_on} ({kept.name})", before, before + found.total, cost=cost)
    yield starts_from(kept.made_on, kept.origin, counted_since(basis, kept, table))


def drivers(explained: Table) -> Table:
    """Each driver with its effect, signed."""
    return Table.of(explained.columns, [[row[0], f"{row[1]:+,.0f}"] for row in explained.rows], explained.title)
