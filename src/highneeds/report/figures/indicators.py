"""Charts of indicators: small multiples by condition for the report, one process-control chart each for the pages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.assurance.levels import Assurance
from highneeds.assurance.process_control import limits, points_of
from highneeds.intake.workspace import DashboardIndicator
from highneeds.report.cells import Cell
from highneeds.report.charts import ChartWords, Limits, Panel, Series, line_chart, small_multiples
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import change_words, observation_cell
from highneeds.vocabulary.state import State

ACROSS = 4


def condition_charts(evidence: Evidence) -> Iterator[ChartBlock]:
    """One chart of small multiples for every condition, and one for the rows of none, with at least one line each."""
    titles = {one.condition.number: _title(one) for one in evidence.assurances}
    for condition, indicators in evidence.workspace.indicators_by_condition:
        panels = list(_panels(evidence, indicators))
        if panels:
            yield small_multiples(
                ChartWords(
                    f"condition-{condition.number}" if condition else "dashboard-rows",
                    titles[condition.number] if condition else _title_of_rows(evidence, indicators),
                    (
                        f"The council's dashboard{f', condition {condition.number}' if condition else ''}. Under each "
                        "name: the latest figure and its change on the same month a year before"
                    ),
                ),
                periods=evidence.workspace.months,
                panels=panels,
                across=ACROSS,
                rollover=rollover_place(evidence),
            )


def _title_of_rows(evidence: Evidence, indicators: Sequence[DashboardIndicator]) -> str:
    """The finding of rows that stand under no condition."""
    found = [evidence.movement(one.id).on_year.judgement.value for one in indicators]
    better, worse = found.count("better"), found.count("worse")
    if not better + worse:
        return "The dashboard: volumes, or no figure a year before"
    return f"The dashboard: {better} better and {worse} worse than a year before"


def _title(assurance: Assurance) -> str:
    """The finding: how many of the condition's indicators are worse and better than a year before."""
    found = assurance.suggestion
    words = f"{len(found.better)} better and {len(found.worse)} worse than a year before"
    if not found.level.is_given:
        words = "numbers to plan for only"
    elif found.turning:
        words += f", {len(found.turning)} turning the wrong way"
    return f"Condition {assurance.condition.number}, {assurance.condition.short_title.lower()}: {words}"


def _panels(evidence: Evidence, indicators: Sequence[DashboardIndicator]) -> Iterator[Panel]:
    for indicator in indicators:
        cells = month_cells(evidence, indicator)
        if sum(cell.is_number for cell in cells) > 1:
            yield Panel(Series(indicator.short_title, cells), _panel_words(evidence, indicator))


def _panel_words(evidence: Evidence, indicator: DashboardIndicator) -> str:
    movement = evidence.movement(indicator.id)
    latest = movement.latest
    if latest is None or latest.value is None:
        return ""
    shown = indicator.show(latest.value)
    change = change_words(movement.on_year, indicator, latest.value)
    return f"{shown}, {change}" if change else shown


def month_cells(evidence: Evidence, indicator: DashboardIndicator) -> tuple[Cell, ...]:
    """One cell per month of the dashboard."""
    by_month = {one.period: one for one in evidence.workspace.series(indicator.id)}
    return tuple(
        observation_cell(by_month[month], indicator)
        if month in by_month
        else Cell.gap(State.UNAVAILABLE, "No such month")
        for month in evidence.workspace.months
    )


def rollover_place(evidence: Evidence) -> int | None:
    """Where the first month of the last roll-over stands on the dashboard."""
    rollover = evidence.workspace.council.rollover_month
    places = [place for place, month in enumerate(evidence.workspace.months) if month.number == rollover]
    return places[-1] if places else None


def indicator_chart(evidence: Evidence, indicator: DashboardIndicator, title: str) -> ChartBlock | None:
    """The months of one indicator with its process limits; None where there are fewer than two figures."""
    cells = month_cells(evidence, indicator)
    if sum(cell.is_number for cell in cells) < 2:
        return None
    return line_chart(
        ChartWords(
            f"indicator-{indicator.id.replace('_', '-')}", title, f"The council's dashboard; {indicator.source}"
        ),
        periods=evidence.workspace.months,
        series=(Series(indicator.short_title, cells),),
        unit=indicator.unit,
        rollover=rollover_place(evidence),
        limits=_limits(evidence, indicator),
    )


def _limits(evidence: Evidence, indicator: DashboardIndicator) -> Limits | None:
    """The limits of the latest segment, and the months that signal; None for a run chart: too few points for limits."""
    workspace = evidence.workspace
    found = limits(points_of(workspace.series(indicator.id), workspace.council.rollover_month))
    if not found:
        return None
    latest, months = found[-1], list(workspace.months)
    signalled = {month for signal in evidence.signals[indicator.id] for month in signal.months}
    return Limits(
        mean=_limit_cell(indicator, latest.mean),
        low=_limit_cell(indicator, latest.low),
        high=_limit_cell(indicator, latest.high),
        signals=tuple(place for place, month in enumerate(months) if month in signalled),
        first=months.index(latest.months[0]),
    )


def _limit_cell(indicator: DashboardIndicator, value: Decimal | None) -> Cell:
    if value is None:
        return Cell.words("none possible")
    return Cell.figure(value, indicator.unit, decimals=indicator.decimals, state=State.COMPUTED)
