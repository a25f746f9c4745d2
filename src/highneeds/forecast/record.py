"""The record of a workspace's forecasts: what each forecast beside what came, and how near, by period of the year.

A figure counts only where it was not known when the forecast was made: plans after its January, and money of years
after the newest whose outcome was known then.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.forecast.actuals import money_actual, published_actuals
from highneeds.forecast.vintages import KEYS, Actual, coverage, held_against, kept_table
from highneeds.intake.forecasts import FOLDER, Kept, files_of_forecast, kept_forecasts
from highneeds.intake.published import Published
from highneeds.store.place import Place
from highneeds.vocabulary.table import Table

Money = Sequence[tuple[str, str, float]]
IN_YEAR = "in_year_gbp"


@dataclass(frozen=True)
class Vintage:
    """A kept forecast, and what has come true of it since."""

    kept: Kept
    table: Table
    actuals: tuple[Actual, ...]

    @property
    def held(self) -> Table:
        return held_against(self.table, self.actuals)


def record_of(workspace: Place, published: Published, la_number: str, money: Money) -> tuple[Vintage, ...]:
    """Every forecast kept in a workspace, the oldest first."""
    found = []
    for kept in kept_forecasts(workspace):
        where = f"{FOLDER}/{kept.fingerprint}"
        table = kept_table(files_of_forecast(workspace, kept), where)
        found.append(Vintage(kept, table, tuple(_came(kept, published, la_number, money))))
    return tuple(found)


def _came(kept: Kept, published: Published, la_number: str, money: Money) -> Iterator[Actual]:
    yield from published_actuals(published, la_number, kept.origin)
    for year, measure, gbp in money:
        if year > kept.known_to:
            yield money_actual(year, measure, gbp)


def with_actuals(record: Iterable[Vintage]) -> tuple[Vintage, ...]:
    """Those of which something has come true."""
    return tuple(one for one in record if one.held.rows)


def kept_list(record: Sequence[Vintage]) -> Table:
    """One row per forecast: how it was made, and how many of its figures have come true."""
    columns = (
        "forecast",
        "made_on",
        "origin",
        "years",
        "draws",
        "seed",
        "learnt_from",
        "ledger_to",
        "figures_come_true",
    )
    rows = [
        [
            one.kept.name,
            one.kept.made_on,
            one.kept.origin,
            one.kept.years,
            one.kept.draws,
            one.kept.seed,
            one.kept.learnt_from,
            one.kept.underway or None,
            len(one.held.rows),
        ]
        for one in record
    ]
    return Table.of(columns, rows, "Forecasts kept")


def held_table(record: Sequence[Vintage]) -> Table:
    """Every figure that came true beside what each forecast said of it."""
    rows = [[one.kept.name, one.kept.made_on, *row] for one in record for row in one.held.rows]
    columns = (*KEYS, "actual", "mean", "error", "error_pct", "inside_80", "inside_95")
    return Table.of(("forecast", "made_on", *columns), rows, "What was forecast and what came")


def coverage_table(record: Sequence[Vintage]) -> Table:
    """By forecast, measure and cut: error, and the share inside the bands."""
    tables = [(one.kept, coverage(one.held)) for one in record]
    columns = ("measure", "cut", "actuals", "mean_absolute_error", "share_inside_80", "share_inside_95")
    rows = [[kept.name, kept.made_on, *row] for kept, table in tables for row in table.rows]
    return Table.of(("forecast", "made_on", *columns), rows, "How good the forecasts were")


def by_period(record: Sequence[Vintage]) -> Table:
    """In-year positions that came true, by how far the ledger had come when they were forecast."""
    rows = [_period_row(one.kept, row) for one in record for row in one.held.records() if row["measure"] == IN_YEAR]
    columns = (
        "financial_year",
        "ledger_to",
        "forecast",
        "made_on",
        "forecast_gbp",
        "actual_gbp",
        "error_gbp",
        "error_pct",
    )
    ordered = sorted(rows, key=lambda row: (str(row[0]), str(row[1])))
    return Table.of((*columns, "inside_80"), ordered, "Forecasts of a year by its period")


def _period_row(kept: Kept, row: Mapping[str, object]) -> list[object]:
    """A forecast made while the ledger was in another year counts as made before the year."""
    year, period = kept.ledger_to
    which = period if year == row["period"] else "before the year"
    figures = [row["mean"], row["actual"], row["error"], row["error_pct"], row["inside_80"]]
    return [row["period"], which, kept.name, kept.made_on, *figures]


class VintageTable(StrEnum):
    """What is asked of the forecasts that were kept."""

    KEPT = "kept"
    HELD = "held"
    COVERAGE = "coverage"
    BY_PERIOD = "by-period"

    def of(self, record: Sequence[Vintage]) -> Table:
        made = {self.KEPT: kept_list, self.HELD: held_table, self.COVERAGE: coverage_table, self.BY_PERIOD: by_period}
        return made[self](record)
