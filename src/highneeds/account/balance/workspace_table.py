"""The account of a workspace in the columns others rely on: its own ledger first, else what is published."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from highneeds.account.balance.on_track import OnTrackVerdict
from highneeds.account.balance.published_account import BEFORE, CLOSING, GAP, PublishedAccount
from highneeds.account.balance.roll import RolledAccount
from highneeds.account.balance.table import COLUMNS, NO_SHARE, YEAR_MEASURES, account_table
from highneeds.account.pennies import decimal_pounds, percent_of_plan
from highneeds.account.stated import Stated
from highneeds.intake.ledger.positions import Layer
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

TableRow = tuple[Any, ...]
NONE = "not published, and the workspace keeps no account of its own for it"
UNITS = {"variance_in_year_pct": "percent", "on_track_in_year": "yes_no"}


def workspace_table(
    published: PublishedAccount, own: RolledAccount | None, ends: Sequence[date], last: FinancialYear
) -> Table:
    """Every measure of every year. A figure worked out from the council's own ledger goes before a published one; where
    neither has one, the ledger says why."""
    rows = {row[:2]: row for row in _published_rows(published)}
    exposures = [_exposure(published, end) for end in ends]
    if own is not None:
        computed = account_table(own, ends, last).rows
        by_year = computed[: len(computed) - len(ends)]
        rows |= {key: (*row[:5], f"years.csv has no row for {row[0]}") for key, row in rows.items() if row[5] == NONE}
        rows |= {
            row[:2]: row for row in by_year if row[2] is not None or row[:2] not in rows or rows[row[:2]][2] is None
        }
        pairs = zip(computed[len(by_year) :], exposures, strict=True)
        exposures = [
            printed if worked_out[2] is None and printed[2] is not None else worked_out for worked_out, printed in pairs
        ]
    return Table.of(COLUMNS, [*rows.values(), *exposures], "The account")


def _published_rows(published: PublishedAccount) -> list[TableRow]:
    by_year = [row for year in published.layers.years for row in _year_rows(published, year)]
    by_end = published.answers[1]
    answer = None if by_end.verdict is OnTrackVerdict.CANNOT_SAY else by_end.verdict.value
    whole = [
        _row("", "on_track_zero_by_end", answer, "yes_no", by_end.reason),
        _row("", "break_even_year", None, "financial_year", "no year in balance is published"),
    ]
    return [*by_year, *whole]


def _year_rows(published: PublishedAccount, year: FinancialYear) -> list[TableRow]:
    found = {row[1]: row for row in (*_stated_rows(published, year), *_derived_rows(published, year))}
    return [found.get(name) or _row(str(year), name, None, UNITS.get(name, "gbp"), NONE) for name in YEAR_MEASURES]


def _stated_rows(published: PublishedAccount, year: FinancialYear) -> list[TableRow]:
    """What is printed, as it is printed: a range or 'at least' says so beside its lower end."""
    rows = []
    for measure in (BEFORE, CLOSING, GAP):
        for layer in (Layer.ACHIEVED, Layer.LATEST):
            one = published.layers.one(year, measure, layer)
            if one:
                source = f"{layer.value}, {one.evidence}"
                rows.append((str(year), measure, decimal_pounds(one.low), "gbp", State.REPORTED.value, source))
                break
    return rows


def _derived_rows(published: PublishedAccount, year: FinancialYear) -> list[TableRow]:
    """What follows from two printed figures of a year: variance, on track, and the lead that the gap implies."""
    target = published.layers.one(year, BEFORE, Layer.AGREED)
    forecast = published.layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)
    if target is None or forecast is None:
        return []
    more, source = forecast.pence - target.pence, f"forecast {forecast.evidence}; target {target.evidence}"
    share = percent_of_plan(more, target.pence)
    rows = [
        _row(str(year), "variance_in_year_gbp", decimal_pounds(more), "gbp", source),
        _row(str(year), "variance_in_year_pct", share, "percent", source if share is not None else NO_SHARE),
        _row(str(year), "on_track_in_year", "Yes" if more <= 0 else "No", "yes_no", source),
        _row(str(year), "gap_from_spending_gbp", decimal_pounds(more), "gbp", source),
    ]
    gap = published.layers.one(year, GAP, Layer.ACHIEVED, Layer.LATEST)
    return [*rows, _lead(year, gap, more)] if gap else rows


def _lead(year: FinancialYear, gap: Stated, more: int) -> TableRow:
    source = f"implied by the gap of {gap.evidence}, if payments came as planned"
    return _row(str(year), "gap_from_opening_gbp", decimal_pounds(gap.pence - more), "gbp", source)


def _exposure(published: PublishedAccount, end: date) -> TableRow:
    closing = published.layers.one(FinancialYear.of(end), CLOSING, Layer.ACHIEVED, Layer.LATEST)
    name, at = "exposure_at_override_end_gbp", f"at {end:%d %B %Y}"
    if closing is None:
        return _row("", name, None, "gbp", f"the deficit {at} is not published")
    return _row("", name, decimal_pounds(max(0, closing.low)), "gbp", f"{at}: {closing.evidence}")


def _row(year: str, name: str, value: Any, unit: str, source: str) -> TableRow:
    return (year, name, value, unit, (State.UNAVAILABLE if value is None else State.COMPUTED).value, source)
