"""The account of a workspace in the columns others rely on: its own ledger first, else what is published."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from highneeds.account.balance.on_track import OnTrackAnswer, OnTrackVerdict
from highneeds.account.balance.published_account import BEFORE, CLOSING, GAP, PublishedAccount
from highneeds.account.balance.roll import RolledAccount
from highneeds.account.balance.table import NO_SHARE, YEAR_MEASURES, account_measures
from highneeds.account.pennies import decimal_pounds, percent_of_plan
from highneeds.account.stated import Stated
from highneeds.intake.ledger.positions import Layer
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.state import State


class AccountTableRow(NamedTuple):
    """One row of the account.

    source  where the value stands, or why there is none; an answer says itself why
    facts   ids of the facts that it rests on, in the order in which `source` names them
    of      the year of a measure of the whole account, such as the exposure at one 31 March; '' of the others
    """

    year: str
    name: str
    value: Any
    unit: str
    state: str
    source: str | OnTrackAnswer
    facts: tuple[str, ...] = ()
    of: str = ""


NONE = "not published, and the workspace keeps no account of its own for it"
UNITS = {"variance_in_year_pct": "percent", "on_track_in_year": "yes_no"}


def workspace_rows(
    published: PublishedAccount, own: RolledAccount | None, ends: Sequence[date], last: FinancialYear
) -> list[AccountTableRow]:
    """Every measure of every year. A figure worked out from the council's own ledger goes before a published one; where
    neither has one, the ledger says why."""
    rows = {row[:2]: row for row in _published_rows(published)}
    exposures = [_exposure(published, end) for end in ends]
    if own is not None:
        computed = [AccountTableRow(*one.row) for one in account_measures(own, ends, last)]
        by_year = computed[: len(computed) - len(ends)]
        unsaid = {key: row for key, row in rows.items() if row.source == NONE}
        rows |= {key: row._replace(source=f"years.csv has no row for {row.year}") for key, row in unsaid.items()}
        rows |= {
            row[:2]: row for row in by_year if row[2] is not None or row[:2] not in rows or rows[row[:2]][2] is None
        }
        pairs = zip(computed[len(by_year) :], exposures, strict=True)
        exposures = [
            printed if worked_out.value is None and printed.value is not None else worked_out._replace(of=printed.of)
            for worked_out, printed in pairs
        ]
    return [*rows.values(), *exposures]


def _published_rows(published: PublishedAccount) -> list[AccountTableRow]:
    by_year = [row for year in published.layers.years for row in _year_rows(published, year)]
    by_end = published.answers[1]
    answer = None if by_end.verdict is OnTrackVerdict.CANNOT_SAY else by_end.verdict.value
    whole = [
        _row("", "on_track_zero_by_end", answer, "yes_no", by_end),
        _row("", "break_even_year", None, "financial_year", "no year in balance is published"),
    ]
    return [*by_year, *whole]


def _year_rows(published: PublishedAccount, year: FinancialYear) -> list[AccountTableRow]:
    found = {row[1]: row for row in (*_stated_rows(published, year), *_derived_rows(published, year))}
    return [found.get(name) or _row(str(year), name, None, UNITS.get(name, "gbp"), NONE) for name in YEAR_MEASURES]


def _stated_rows(published: PublishedAccount, year: FinancialYear) -> list[AccountTableRow]:
    """What is printed, as it is printed: a range or 'at least' says so beside its lower end."""
    rows = []
    for measure in (BEFORE, CLOSING, GAP):
        for layer in (Layer.ACHIEVED, Layer.LATEST):
            one = published.layers.one(year, measure, layer)
            if one:
                source = f"{layer.value}, {one.evidence}"
                value = decimal_pounds(one.low)
                rows.append(
                    AccountTableRow(str(year), measure, value, "gbp", State.REPORTED.value, source, _facts(one))
                )
                break
    return rows


def _derived_rows(published: PublishedAccount, year: FinancialYear) -> list[AccountTableRow]:
    """What follows from two printed figures of a year: variance, on track, and the lead that the gap implies."""
    target = published.layers.one(year, BEFORE, Layer.AGREED)
    forecast = published.layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)
    if target is None or forecast is None:
        return []
    more, source = forecast.pence - target.pence, f"forecast {forecast.evidence}; target {target.evidence}"
    share, both = percent_of_plan(more, target.pence), _facts(forecast, target)
    rows = [
        _row(str(year), "variance_in_year_gbp", decimal_pounds(more), "gbp", source, both),
        _row(str(year), "variance_in_year_pct", share, "percent", source if share is not None else NO_SHARE, both),
        _row(str(year), "on_track_in_year", "Yes" if more <= 0 else "No", "yes_no", source, both),
        _row(str(year), "gap_from_spending_gbp", decimal_pounds(more), "gbp", source, both),
    ]
    gap = published.layers.one(year, GAP, Layer.ACHIEVED, Layer.LATEST)
    return [*rows, _lead(year, gap, more)] if gap else rows


def _lead(year: FinancialYear, gap: Stated, more: int) -> AccountTableRow:
    source = f"implied by the gap of {gap.evidence}, if payments came as planned"
    return _row(str(year), "gap_from_opening_gbp", decimal_pounds(gap.pence - more), "gbp", source, _facts(gap))


def _exposure(published: PublishedAccount, end: date) -> AccountTableRow:
    closing = published.layers.one(FinancialYear.of(end), CLOSING, Layer.ACHIEVED, Layer.LATEST)
    name, at, of = "exposure_at_override_end_gbp", f"at {end:%d %B %Y}", str(FinancialYear.of(end))
    if closing is None:
        return _row("", name, None, "gbp", f"the deficit {at} is not published", of=of)
    value = decimal_pounds(max(0, closing.low))
    return _row("", name, value, "gbp", f"{at}: {closing.evidence}", _facts(closing), of)


def _facts(*stated: Stated) -> tuple[str, ...]:
    return tuple(one.fact for one in stated if one.fact)


def _row(
    year: str,
    name: str,
    value: Any,
    unit: str,
    source: str | OnTrackAnswer,
    facts: tuple[str, ...] = (),
    of: str = "",
) -> AccountTableRow:
    state = State.UNAVAILABLE if value is None else State.COMPUTED
    return AccountTableRow(year, name, value, unit, state.value, source, facts, of)
