"""Tables that rest on one register each: fee uplifts, exceptional need, joint funding."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from highneeds.account.exposure.demands import exceptional_need_of, fee_uplifts_of, joint_funding_of
from highneeds.account.pennies import decimal_pounds
from highneeds.registers.register import RegisterRow
from highneeds.report.views.view import register_view
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.table import Table

RegisterRows = Sequence[RegisterRow]
CUT_PERCENT = 10
"""The cut in what health carries whose effect is shown; a round number to scale from, nobody's forecast."""


@register_view("fee-uplifts", "fee_uplifts", "Fee uplift requests", "Asked, agreed and avoided, by year.", 3)
def fee_uplifts(rows: RegisterRows) -> Table:
    """By year: what was asked above present fees, agreed, avoided, and still open."""
    columns = ("financial_year", "requests", "asked_gbp", "agreed_gbp", "avoided_gbp", "avoided_percent", "open_gbp")
    cells: list[tuple[Any, ...]] = []
    for year in _years(row["financial_year"] for row in rows):
        one = fee_uplifts_of(rows, year)
        requests = sum(row["financial_year"] == year for row in rows)
        sums = map(decimal_pounds, (one.asked, one.agreed, one.avoided))
        cells.append((str(year), requests, *sums, Ratio(one.avoided, one.asked).percent(), decimal_pounds(one.open)))
    return Table.of(columns, cells, "Fee uplift requests, a year")


@register_view(
    "exceptional-need", "exceptional_need", "Exceptional pupil need", "Requests, decisions and cost, by year.", 4
)
def exceptional_need(rows: RegisterRows) -> Table:
    """By year of the request; the schools that ask most are named with how often they did."""
    columns = (
        "financial_year",
        "requests",
        "decided",
        "agreed",
        "agreed_percent",
        "agreed_a_year_gbp",
        "pending_gbp",
        "schools",
    )
    cells: list[tuple[Any, ...]] = []
    for year in _years(FinancialYear.of(row["requested_on"]) for row in rows):
        one = exceptional_need_of(rows, year)
        schools = "; ".join(f"{school} {count}" for school, count in one.by_school[:5])
        requests = sum(count for _, count in one.by_school)
        sums = map(decimal_pounds, (one.a_year, one.pending))
        cells.append((str(year), requests, *_of(one.agreed), *sums, schools))
    return Table.of(columns, cells, "Exceptional pupil need")


@register_view(
    "joint-funding",
    "joint_funding",
    "Joint funding",
    "What health carries, what is billed and received, what a cut would cost.",
    5,
)
def joint_funding(rows: RegisterRows) -> Table:
    """By year of the application: what health agreed to carry, what is billed and received, and what a cut costs."""
    columns = (
        "financial_year",
        "decided",
        "agreed",
        "agreed_percent",
        "health_a_year_gbp",
        "billed_gbp",
        "received_gbp",
        "not_billed_gbp",
        "owed_gbp",
        f"exposed_to_{CUT_PERCENT}_percent_cut_gbp",
    )
    cells: list[tuple[Any, ...]] = []
    for year in _years(FinancialYear.of(row["applied_on"]) for row in rows):
        one = joint_funding_of(rows, year)
        sums = (one.health, one.billed, one.received, one.unbilled, one.owed, one.exposed_to(CUT_PERCENT))
        cells.append((str(year), *_of(one.agreed), *map(decimal_pounds, sums)))
    return Table.of(columns, cells, "Joint funding with health and care")


def _years(found: Iterable[FinancialYear]) -> list[FinancialYear]:
    return sorted(set(found))


def _of(agreed: Ratio) -> tuple[int, int, Decimal | None]:
    """decided, agreed, percent agreed"""
    return agreed.whole, agreed.part, agreed.percent()
