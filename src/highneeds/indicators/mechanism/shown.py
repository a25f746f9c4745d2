"""The dashboard as it is shown: each indicator as the council reported it, or as its accepted returns compute it.

The catalogue says which, indicator by indicator. Both are kept: what is not shown stands in the table of differences.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from highneeds.checks.finding import Finding, RuleResult, Severity
from highneeds.indicators.mechanism.beside import ReportedAndComputed, all_months
from highneeds.indicators.mechanism.computed import Computed
from highneeds.indicators.mechanism.disclosure import HIDDEN
from highneeds.indicators.mechanism.measure import IndicatorValue
from highneeds.intake.workspace import DashboardIndicator, Observation, Workspace
from highneeds.intake.workspace.dashboard import FigureBasis
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.table import Table

RULE = "SHOWN-01"
COLUMNS = ("indicator", "period", "reported", "computed", "difference", "standing", "shown", "reason")


def wants_computed(workspace: Workspace) -> tuple[DashboardIndicator, ...]:
    """The indicators that the catalogue shows as computed."""
    return tuple(one for one in workspace.indicators if one.shown is FigureBasis.COMPUTED)


def may_be_shown(workspace: Workspace, found: Computed | None) -> bool:
    """Only what the council has accepted is shown as its own, and an invented return only for an invented council."""
    return found is not None and found.accepted and (not found.synthetic or workspace.council.synthetic)


def as_shown(workspace: Workspace, found: Computed | None) -> Workspace:
    """The workspace with the observations that are shown.

    Of an indicator that is shown as computed, a period that no return covers stays as it was reported; the state of
    each observation says which of the two it is. A small count that is hidden on the way out stays hidden: what was
    reported for the month does not take its place.
    """
    wanted = wants_computed(workspace)
    if found is None or not wanted or not may_be_shown(workspace, found):
        return workspace
    computed = {(one.indicator, one.period): one for item in wanted for one in _observations(item, found)}
    stays = [one for one in workspace.observations if (one.indicator, one.period) not in computed]
    return replace(workspace, observations=(*stays, *computed.values()))


def shown_result(workspace: Workspace, found: Computed | None) -> RuleResult | None:
    """A finding for each indicator that is to be shown as computed and cannot be; None where none is to be."""
    wanted = wants_computed(workspace)
    if not wanted:
        return None
    problems = () if may_be_shown(workspace, found) else tuple(_problem(one, found) for one in wanted)
    return RuleResult.of(RULE, problems, len(wanted))


def differences(workspace: Workspace, found: Computed | None) -> Table:
    """Every monthly indicator and month that is reported, computed, or both, and which of the two is shown.

    workspace   as reported
    """
    usable = may_be_shown(workspace, found)
    rows = () if found is None else [_row(one, usable) for one in all_months(workspace, found)]
    return Table.of(COLUMNS, rows, "Figures as reported and as computed")


def shown_basis(indicator: DashboardIndicator, workspace: Workspace, found: Computed | None) -> FigureBasis:
    """Which of its two figures an indicator shows where it has both; workspace as reported."""
    wanted = indicator.shown is FigureBasis.COMPUTED and may_be_shown(workspace, found)
    return FigureBasis.COMPUTED if wanted else FigureBasis.REPORTED


def _row(one: ReportedAndComputed, usable: bool) -> tuple[object, ...]:
    reported = one.reported.value if one.reported else None
    computed = one.computed.value if one.computed else None
    taken = usable and one.indicator.shown is FigureBasis.COMPUTED and computed is not None
    basis = FigureBasis.COMPUTED if taken else FigureBasis.REPORTED
    figures = (reported, computed, one.difference)
    return (one.indicator.id, str(one.period), *figures, one.standing.value, basis.value, one.reason)


def _observations(item: DashboardIndicator, found: Computed) -> Iterator[Observation]:
    for one in found.figures:
        hidden = one.reason == HIDDEN
        if one.indicator.id == item.id and (one.value is not None or hidden) and _fits(item, one):
            yield Observation(
                indicator=item.id,
                period=one.period,
                value=None if one.value is None else Decimal(one.value),
                unit=item.unit,
                state=State.SUPPRESSED if hidden else State.COMPUTED,
                reason=one.reason,
                raw="",
                source=Source(_returns(found)),
                confidence="high",
                where=Source("caseload/acceptances.jsonl"),
                part=one.part,
                whole=one.whole,
            )


def _fits(item: DashboardIndicator, one: IndicatorValue) -> bool:
    return isinstance(one.period, Month) == (item.frequency == "monthly")


def _returns(found: Computed) -> str:
    days: Sequence[str] = [one.reference_date for one in found.returns]
    return f"accepted SEN2 {'return' if len(days) == 1 else 'returns'} of {', '.join(days)}"


def _problem(one: DashboardIndicator, found: Computed | None) -> Finding:
    if found is None:
        why = "no return is accepted"
    elif not found.accepted:
        why = "the return is not accepted"
    else:
        why = "the accepted return is invented"
    return Finding(
        RULE,
        Severity.QUERY,
        one.where.document,
        one.where.line,
        one.id,
        "shown",
        f"It is to be shown as computed, and {why}; the reported figures are shown",
        "Accept the council's return with highneeds caseload accept, or write reported",
    )
