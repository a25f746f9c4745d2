"""The account of a workspace in the columns others rely on: its own ledger first, else what is published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from highneeds.account.amount import place_of
from highneeds.account.balance.on_track import OnTrackVerdict
from highneeds.account.balance.published_account import BEFORE, CLOSING, GAP, PublishedAccount, no_row_of
from highneeds.account.balance.roll import RolledAccount
from highneeds.account.balance.table import NO_SHARE, YEAR_MEASURES, AccountMeasure, account_measures
from highneeds.account.pennies import decimal_pounds, percent_of_plan
from highneeds.account.stated import Stated
from highneeds.intake.ledger.positions import Layer
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

NONE = Note.of("amount.not_in_account")
UNITS = {"variance_in_year_pct": "percent", "on_track_in_year": "yes_no"}


def workspace_rows(
    published: PublishedAccount, own: RolledAccount | None, ends: Sequence[date], last: FinancialYear
) -> list[AccountMeasure]:
    """Every measure of every year. A figure worked out from the council's own ledger goes before a published one; where
    neither has one, the ledger says why."""
    rows = {(row.year, row.name): row for row in _published_rows(published)}
    exposures = [_exposure(published, end) for end in ends]
    if own is not None:
        computed = account_measures(own, ends, last)
        by_year = computed[: len(computed) - len(ends)]
        unsaid = {key: row for key, row in rows.items() if row.grounds == (NONE,)}
        rows |= {key: replace(row, grounds=(no_row_of(row.year),)) for key, row in unsaid.items()}
        for row in by_year:
            key = row.year, row.name
            if row.value is not None or key not in rows or rows[key].value is None:
                rows[key] = row
        pairs = zip(computed[len(by_year) :], exposures, strict=True)
        exposures = [
            printed if worked_out.value is None and printed.value is not None else replace(worked_out, of=printed.of)
            for worked_out, printed in pairs
        ]
    return [*rows.values(), *exposures]


def _published_rows(published: PublishedAccount) -> list[AccountMeasure]:
    by_year = [row for year in published.layers.years for row in _year_rows(published, year)]
    by_end = published.answers[1]
    answer = None if by_end.verdict is OnTrackVerdict.CANNOT_SAY else by_end.verdict.value
    whole = [
        AccountMeasure("", "on_track_zero_by_end", answer, "yes_no", by_end),
        AccountMeasure("", "break_even_year", None, "financial_year", (Note.of("amount.no_break_even"),)),
    ]
    return [*by_year, *whole]


def _year_rows(published: PublishedAccount, year: FinancialYear) -> list[AccountMeasure]:
    found = {row.name: row for row in (*_stated_rows(published, year), *_derived_rows(published, year))}
    none = {name: AccountMeasure(str(year), name, None, UNITS.get(name, "gbp"), (NONE,)) for name in YEAR_MEASURES}
    return [found.get(name, none[name]) for name in YEAR_MEASURES]


def _stated_rows(published: PublishedAccount, year: FinancialYear) -> list[AccountMeasure]:
    """What is printed, as it is printed: a range or 'at least' says so beside its lower end."""
    rows = []
    for measure in (BEFORE, CLOSING, GAP):
        for layer in (Layer.ACHIEVED, Layer.LATEST):
            one = published.layers.one(year, measure, layer)
            if one:
                grounds = (Note.of("stands.layer", layer=layer.value, words=one.words, sources=place_of(one)),)
                value = decimal_pounds(one.low)
                rows.append(AccountMeasure(str(year), measure, value, "gbp", grounds, _facts(one), printed=True))
                break
    return rows


def _derived_rows(published: PublishedAccount, year: FinancialYear) -> list[AccountMeasure]:
    """What follows from two printed figures of a year: variance, on track, and the lead that the gap implies."""
    target = published.layers.one(year, BEFORE, Layer.AGREED)
    forecast = published.layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)
    if target is None or forecast is None:
        return []
    more = forecast.pence - target.pence
    grounds = (
        Note.of("stands.forecast", words=forecast.words, sources=place_of(forecast)),
        Note.of("stands.target", words=target.words, sources=place_of(target)),
    )
    share, both = percent_of_plan(more, target.pence), _facts(forecast, target)
    rows = [
        AccountMeasure(str(year), "variance_in_year_gbp", decimal_pounds(more), "gbp", grounds, both),
        AccountMeasure(
            str(year), "variance_in_year_pct", share, "percent", (NO_SHARE,) if share is None else grounds, both
        ),
        AccountMeasure(str(year), "on_track_in_year", "Yes" if more <= 0 else "No", "yes_no", grounds, both),
        AccountMeasure(str(year), "gap_from_spending_gbp", decimal_pounds(more), "gbp", grounds, both),
    ]
    gap = published.layers.one(year, GAP, Layer.ACHIEVED, Layer.LATEST)
    return [*rows, _lead(year, gap, more)] if gap else rows


def _lead(year: FinancialYear, gap: Stated, more: int) -> AccountMeasure:
    grounds = (Note.of("stands.implied", words=gap.words, sources=place_of(gap)),)
    return AccountMeasure(
        str(year), "gap_from_opening_gbp", decimal_pounds(gap.pence - more), "gbp", grounds, _facts(gap)
    )


def _exposure(published: PublishedAccount, end: date) -> AccountMeasure:
    closing = published.layers.one(FinancialYear.of(end), CLOSING, Layer.ACHIEVED, Layer.LATEST)
    name, day, of = "exposure_at_override_end_gbp", end.isoformat(), str(FinancialYear.of(end))
    if closing is None:
        return AccountMeasure("", name, None, "gbp", (Note.of("amount.no_balance_at", day=day),), of=of)
    value = decimal_pounds(max(0, closing.low))
    grounds = (Note.of("stands.at", day=day, words=closing.words, sources=place_of(closing)),)
    return AccountMeasure("", name, value, "gbp", grounds, _facts(closing), of)


def _facts(*stated: Stated) -> tuple[str, ...]:
    return tuple(one.fact for one in stated if one.fact)
