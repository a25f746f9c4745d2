"""What is published of one council: every series that a workspace can begin with, each figure with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from highneeds.intake.published import Published
from highneeds.intake.published.known import published_on
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.setting import setting_words

JANUARY, CALENDAR_YEAR, FINANCIAL_YEAR = "year", "cal_year", "fin_year"
"""The column that dates a table: a January census, a calendar year's flows, a financial year."""


EARLIEST = 2010
"""The first January of the statistics: a council counted from then on is no new one."""


@dataclass(frozen=True)
class PublishedCouncil:
    """One council as the statistics list it.

    first_year, last_year   the Januaries between which it has been counted as a council of its own
    successors              LA numbers of the councils that took over from it; () where it is still there
    agreement_year          the financial year of its first Safety Valve agreement, '' where none is known
    neighbours              its ten statistical neighbours by the newest model: (LA number, name)
    """

    la_number: str
    name: str
    region: str
    first_year: int
    last_year: int
    successors: tuple[str, ...]
    agreement_year: str
    neighbours: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PublishedSeries:
    """One published series.

    id, title   as an indicator of the dashboard has them
    table       of the pack; `column` holds the figure, `dated` the period
    within      further cells that choose the rows, as (column, value)
    unit        as facts.csv writes it
    """

    id: str
    title: str
    table: str
    column: str
    dated: str
    unit: str = "count"
    within: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublishedFigure:
    """One figure: period '2025-01', '2024' or '2023-24'; value as published, None where there is none.

    known_on: the first of the month after it was published
    """

    series: PublishedSeries
    period: str
    value: Decimal | None
    source: str
    known_on: date


def councils(published: Published) -> tuple[PublishedCouncil, ...]:
    """Every council that the newest January counts, in the order of their numbers."""
    lookup = published.table("la_lookup")
    newest = lookup["last_year"].max()
    numbers = lookup.filter(pl.col("last_year") == newest)["la_number"].to_list()
    return tuple(council(published, number) for number in sorted(numbers))


def council(published: Published, la_number: str) -> PublishedCouncil:
    """The council of that number. InputError where the statistics do not know it."""
    lookup = published.table("la_lookup")
    rows = lookup.filter(pl.col("la_number") == la_number).to_dicts()
    if not rows:
        raise InputError(
            f"No published council has the number {la_number}",
            where="--council",
            remedy="Give the three digits of its LA number, or newer statistics with --open-data",
        )
    row, names = rows[0], dict(lookup.select("la_number", "la_name").iter_rows())
    return PublishedCouncil(
        la_number,
        row["la_name"],
        row["region"] or "",
        row["first_year"],
        row["last_year"],
        tuple((row["successor_la_number"] or "").split("|")) if row["successor_la_number"] else (),
        row.get("safety_valve_first_agreement") or "",
        tuple((number, names.get(number, number)) for number in _neighbours(published, la_number)),
    )


def _neighbours(published: Published, la_number: str) -> list[str]:
    if not published.has("stat_neighbours"):
        return []
    table = published.table("stat_neighbours").filter(pl.col("la_number") == la_number)
    newest = table.filter(pl.col("model_version") == pl.col("model_version").max()).sort("rank")
    return list(newest["neighbour_la_number"])


def series_of(published: Published) -> tuple[PublishedSeries, ...]:
    """Every series; the settings are those that the table has."""
    settings = sorted(set(published.table("ehcp_caseload_by_setting")["setting"]))
    return (
        PublishedSeries("all_plans", "Plans in force", "ehcp_caseload_total", "plans", JANUARY),
        *(_setting(name) for name in settings),
        *(
            PublishedSeries(name, title, "ehcp_process", column, CALENDAR_YEAR, unit)
            for name, title, column, unit in _PROCESS
        ),
        PublishedSeries(
            "reviews_not_held", "Reviews not held", "ehcp_annual_reviews", "no_review_meeting", CALENDAR_YEAR
        ),
        PublishedSeries(
            "appeals_registered", "Appeals registered", "send_tribunal_appeals", "appeals_registered", CALENDAR_YEAR
        ),
        *(
            PublishedSeries(name, title, table, column, FINANCIAL_YEAR, unit)
            for name, title, table, column, unit in _MONEY
        ),
    )


_PROCESS = (
    ("plans_issued", "New plans", "new_ehc_plans", "count"),
    ("requests_received", "Requests for an assessment", "requests_received_in_year", "count"),
    ("requests_refused", "Requests decided not to assess", "requests_decided_not_to_assess", "count"),
    (
        "plans_20_weeks_incl_exceptions_pct",
        "Plans issued within 20 weeks, exceptions included",
        "pc_plans_issued_within_20_weeks",
        "percent",
    ),
    (
        "plans_20_weeks_excl_exceptions_pct",
        "Plans issued within 20 weeks, exceptions left out",
        "pc_plans_issued_20_weeks_ex",
        "percent",
    ),
    ("plans_ceased", "Plans ceased", "total_ceased", "count"),
)
"""What happened in a calendar year: id, title, column of ehcp_process, unit."""
_GRANT, _OUTTURN, _BALANCE = "dsg_allocations", "s251_outturn_high_needs_total", "dsg_balance_pct"
_MONEY = (
    ("high_needs_block", "High needs block before deductions", _GRANT, "high_needs_block", "gbp"),
    ("high_needs_after", "High needs block after deductions", _GRANT, "high_needs_block_after_deductions", "gbp"),
    ("high_needs_outturn", "Net outturn of section 251 lines 1.2", _OUTTURN, "high_needs_1_2_net_gbp", "gbp"),
    (
        "dsg_balance_pct",
        "Balance of the whole grant as a share of it, a deficit below nought",
        _BALANCE,
        "dsg_cumulative_balance_pct_of_income",
        "percent",
    ),
)
"""What a financial year brought: id, title, table, column, unit."""


def _setting(name: str) -> PublishedSeries:
    title = f"Plans in force, {setting_words(name)}"
    return PublishedSeries(
        f"plans_{name}", title, "ehcp_caseload_by_setting", "plans", JANUARY, within=(("setting", name),)
    )


def figures_of(published: Published, la_number: str) -> Iterator[PublishedFigure]:
    """Every published figure of the council, series by series, in the order of time."""
    for series in series_of(published):
        if published.has(series.table):
            yield from _figures(published, series, la_number)


def not_published(published: Published, la_number: str) -> Iterator[str]:
    """What the statistics do not hold of the council, series by series, with the reason where they give one.

    'New plans: nothing is published of Cumberland before 2023, its first year', 'Requests ...: no figure for 2024'.
    """
    found = council(published, la_number)
    for series in series_of(published):
        if series.within:
            continue
        if not published.has(series.table):
            yield f"{series.title}: the statistics hold no such table"
            continue
        own = {one.period: one.value for one in _figures(published, series, la_number)}
        newest = _newest(published, series)
        if all(value is None for value in own.values()):
            yield f"{series.title}: nothing is published of {found.name}{_why(found)}"
        elif own.get(newest) is None:
            last = max(period for period, value in own.items() if value is not None)
            yield f"{series.title}: no figure of {found.name} for {newest}, the last is for {last}"


def _newest(published: Published, series: PublishedSeries) -> str:
    newest = str(published.table(series.table)[series.dated].max())
    return f"{newest}-01" if series.dated == JANUARY else newest


def _why(found: PublishedCouncil) -> str:
    young = found.first_year > EARLIEST
    return f", which has been counted on its own since January {found.first_year}" if young else ""


def _figures(published: Published, series: PublishedSeries, la_number: str) -> Iterator[PublishedFigure]:
    table = published.table(series.table).filter(pl.col("la_number") == la_number)
    if series.column not in table.columns:
        return
    for column, value in series.within:
        table = table.filter(pl.col(column) == value)
    for when, value in table.sort(series.dated).select(series.dated, series.column).iter_rows():
        period = f"{when}-01" if series.dated == JANUARY else str(when)
        since = published_on(series.table, series.dated, str(when))
        yield PublishedFigure(series, period, _exact(value), published.source(series.table), since)


def _exact(value: object) -> Decimal | None:
    """The figure as it is published; text in a column of figures is a mark that there is none."""
    if value is None or isinstance(value, str):
        return None
    number = Decimal(str(value))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number
