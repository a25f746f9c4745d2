"""What was known on a day: the evidence without the figures that were published later."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from highneeds.account.balance.on_track import on_track_by_end, on_track_in_year
from highneeds.account.balance.published_account import BEFORE, CLOSING, GAP, PublishedAccount
from highneeds.account.balance.standing import position
from highneeds.account.later import is_later
from highneeds.intake.ledger.positions import Layer
from highneeds.report.evidence import Evidence
from highneeds.vocabulary.period import FinancialYear


def as_known(evidence: Evidence, day: date) -> Evidence:
    """The same council as it was known at the end of `day`; a source without a date is taken to stand before it."""
    workspace = evidence.workspace
    facts = tuple(one for one in workspace.facts if not (one.later and is_later(str(one.source), day)))
    money = _money(evidence.money, workspace.council.report.current_year, workspace.agreement.last_year, day)
    return evidence.supposing(
        workspace=replace(workspace, facts=facts), account=replace(evidence.account, published=money)
    )


class Knowing(StrEnum):
    """What a report may know: only what stood on its day, or all that is known now."""

    ON_ITS_DAY = "on its day"
    NOW = "now"


def on_its_day(evidence: Evidence) -> Evidence:
    """As it was known on the day that was asked for, else on the day that the report is submitted."""
    return as_known(evidence, evidence.as_known)


def up_to_now(evidence: Evidence) -> Evidence:
    """All that is known, or what was known on the day that was asked for."""
    return evidence if evidence.asked_day is None else as_known(evidence, evidence.asked_day)


def _money(money: PublishedAccount, year: FinancialYear, end: FinancialYear | None, day: date) -> PublishedAccount:
    stated = {
        key: kept
        for key, found in money.layers.stated.items()
        if (kept := tuple(one for one in found if not is_later(one.source, day)))
    }
    layers = replace(money.layers, stated=stated)
    target = layers.one(year, BEFORE, Layer.AGREED)
    forecast = layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)
    left = (layers.at(end, CLOSING, Layer.ACHIEVED) or layers.at(end, CLOSING, Layer.LATEST)) if end else ()
    gap = layers.one(year, GAP, Layer.LATEST)
    return replace(
        money,
        position=position(target, forecast, gap) if target and forecast else None,
        answers=(on_track_in_year(target, forecast), on_track_by_end(left), money.answers[2]),
        layers=layers,
    )
