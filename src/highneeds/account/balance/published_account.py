"""The account as far as published figures carry it: everything that a workspace's facts say of the money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from highneeds.account.balance.layers import Layers, layers
from highneeds.account.balance.on_track import CapitalProject, OnTrackAnswer, on_track
from highneeds.account.balance.opening import OpeningPosition, opening
from highneeds.account.balance.roll import RolledAccount
from highneeds.account.balance.standing import ImpliedContributions, Position, implied_contributions, position
from highneeds.account.balance.typed import disagreements, typed_positions
from highneeds.account.contradiction import contradiction
from highneeds.account.grant.published import published_block
from highneeds.account.stated import Stated, of_fact
from highneeds.checks.finding import Finding
from highneeds.intake.ledger.positions import Layer, PositionRow
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

if TYPE_CHECKING:
    from highneeds.intake.published import Published
    from highneeds.intake.workspace import Workspace

BEFORE, CLOSING, GAP = "in_year_before_contributions_gbp", "closing_deficit_gbp", "cumulative_gap_gbp"


@dataclass(frozen=True)
class PublishedAccount:
    """opening     None where the agreement does not say how it began
    position    None where the year has no target or no forecast
    answers     the three on-track answers
    layers      agreed, latest and achieved by year
    implied     contributions that follow from published balances, one per year where three figures allow it
    findings    contradictions between what is published
    year        the year that the position and the answers are of
    """

    opening: OpeningPosition | None
    position: Position | None
    answers: tuple[OnTrackAnswer, OnTrackAnswer, OnTrackAnswer]
    layers: Layers
    implied: tuple[tuple[FinancialYear, ImpliedContributions], ...]
    findings: tuple[Finding, ...]
    year: FinancialYear | None = None


def published_account(
    workspace: "Workspace",
    positions: Sequence[PositionRow],
    projects: Sequence[CapitalProject],
    published: "Published | None" = None,
    own: RolledAccount | None = None,
) -> PublishedAccount:
    """Everything the workspace's figures say of the money. A fact that changes changes the answers.

    own   the account of the council's own years and spend: what it gives stands in the place of what is printed
    """
    agreement, year = workspace.agreement, workspace.council.report.current_year
    first = min(agreement.opening_year or agreement.first_year, agreement.first_year)
    printed = layers(positions, workspace.facts, first.through(agreement.last_year))
    typed = typed_positions(own, workspace.council.report.submitted)
    table = printed.with_typed(typed)
    target = table.one(year, BEFORE, Layer.AGREED)
    forecast = table.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)
    at_end = table.at(agreement.last_year, CLOSING, Layer.ACHIEVED) or table.at(
        agreement.last_year, CLOSING, Layer.LATEST
    )
    return PublishedAccount(
        opening_of(workspace, published),
        position(target, forecast, table.one(year, GAP, Layer.LATEST)) if target and forecast else None,
        on_track(target, forecast, at_end, projects, why_no_forecast(own, year)),
        table,
        _implied(table),
        (
            *_each_once((*same_thing_findings(workspace), *table.findings())),
            *disagreements(typed, printed.stated),
        ),
        year,
    )


def why_no_forecast(own: RolledAccount | None, year: FinancialYear) -> tuple[Note, ...]:
    """Why the council's own years and spend give no position of this year; nothing where it keeps none."""
    if own is None:
        return ()
    position = own.at(year)
    if position is None:
        return (no_row_of(str(year)),)
    return position.spend.reasons or position.actual.before.reasons


def no_row_of(year: str) -> Note:
    return Note.of("amount.no_row_of_year", year=year)


def opening_of(workspace: "Workspace", published: "Published | None" = None) -> OpeningPosition | None:
    """The opening position from the agreement's three opening figures."""
    overspend, share, accumulated = (workspace.figure(role) for role in ("overspend", "overspend_share", "accumulated"))
    if overspend is None or share is None or accumulated is None or share.value is None:
        return None
    year = workspace.agreement.opening_year
    block = published_block(published, workspace.council.la_number, year) if published and year else None
    return opening(of_fact(overspend), share.value, of_fact(accumulated), block)


def same_thing_findings(workspace: "Workspace") -> tuple[Finding, ...]:
    """Sums that the agreement file says are one thing, and are not printed as one."""
    found = []
    for same in workspace.agreement.same_thing:
        facts = [workspace.fact(name) for name in same.facts]
        if all(fact.unit.startswith("gbp") and fact.value is not None for fact in facts):
            found.append(contradiction(same.about, [of_fact(fact) for fact in facts]))
    return tuple(finding for finding in found if finding)


def _each_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding for one set of facts, however many ways lead to it."""
    by_facts: dict[frozenset[str], Finding] = {}
    for finding in findings:
        by_facts.setdefault(finding.about, finding)
    return tuple(by_facts.values())


def _implied(table: Layers) -> tuple[tuple[FinancialYear, ImpliedContributions], ...]:
    """Years in which the closing deficits on both sides and the in-year overspend are published."""
    found = []
    for year in table.years:
        before = _best(table, year.plus(-1), CLOSING)
        in_year, after = _best(table, year, BEFORE), _best(table, year, CLOSING)
        if before and in_year and after:
            found.append((year, implied_contributions(before, in_year, after)))
    return tuple(found)


def _best(table: Layers, year: FinancialYear, measure: str) -> Stated | None:
    return table.one(year, measure, Layer.ACHIEVED, Layer.LATEST)
