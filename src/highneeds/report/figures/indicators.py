"""Charts of indicators: small multiples by condition for the report, one process-control chart each for the pages."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.assurance.levels import Assurance
from highneeds.assurance.process_control import limits, points_of
from highneeds.intake.workspace import Indicator
from highneeds.report.cells import Cell
from highneeds.report.charts import Limits, Panel, Series, line_chart, small_multiples
from highneeds.report.document import ChartBlock
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import change_words, observation_cell
from highneeds.vocabulary.state import State


def condition_charts(evidence: Evidence) -> Iterator[ChartBlock]:
    """One chart of small multiples for every condition that has at least one monthly line."""
    for assurance in evidence.assurances:
        panels = list(_panels(evidence, assurance.condition.number))
        if panels:
            yield small_multiples(
                id=f"condition-{assurance.condition.number}",
                title=_title(assurance),
                periods=[month.label for month in evidence.workspace.months],
                panels=panels,
                rollover=_rollover(evidence),
                source=f"The council's dashboard, condition {assurance.condition.number}",
            )


def _title(assurance: Assurance) -> str:
    """The finding: how many of the condition's indicators are worse and better than a year before."""
    worse = sum(line.startswith("Worse") for line in assurance.why)
    better = sum(line.startswith("Better") for line in assurance.why)
    turning = sum(line.startswith("Turning") for line in assurance.why)
    words = f"{better} better and {worse} worse than a year before"
    if not worse + better + turning:
        words = "volumes only, neither good nor bad"
    elif turning:
        words += f", {turning} turning the wrong way"
    return f"Condition {assurance.condition.number}, {assurance.condition.short_title.lower()}: {words}"


def _panels(evidence: Evidence, condition: int) -> Iterator[Panel]:
    for indicator in evidence.workspace.indicators:
        cells = month_cells(evidence, indicator)
        if indicator.condition == condition and sum(cell.is_number for cell in cells) > 1:
            yield Panel(Series(indicator.short_title, cells), _panel_words(evidence, indicator))


def _panel_words(evidence: Evidence, indicator: Indicator) -> str:
    movement = evidence.movement(indicator.id)
    latest = movement.latest
    if latest is None or latest.value is None:
        return ""
    shown = indicator.unit.show(latest.value, indicator.decimals)
    change = change_words(movement.on_year, indicator, latest.value)
    return f"{shown}, {change} on the year" if change else shown


def month_cells(evidence: Evidence, indicator: Indicator) -> tuple[Cell, ...]:
    """One cell per month of the dashboard."""
    by_month = {one.period: one for one in evidence.workspace.series(indicator.id)}
    return tuple(
        observation_cell(by_month[month], indicator)
        if month in by_month
        else Cell.gap(State.UNAVAILABLE, "No such month")
        for month in evidence.workspace.months
    )


def _rollover(evidence: Evidence) -> int | None:
    return next((place for place, month in enumerate(evidence.workspace.months) if month.number == 9), None)


def indicator_chart(evidence: Evidence, indicator: Indicator, title: str) -> ChartBlock | None:
    """The months of one indicator with its process limits; None where there are fewer than two figures."""
    cells = month_cells(evidence, indicator)
    if sum(cell.is_number for cell in cells) < 2:
        return None
    return line_chart(
        id=f"indicator-{indicator.id.replace('_', '-')}",
        title=title,
        periods=[month.label for month in evidence.workspace.months],
        series=(Series(indicator.short_title, cells),),
        unit=indicator.unit,
        rollover=_rollover(evidence),
        limits=_limits(evidence, indicator),
        source=f"The council's dashboard; {indicator.source}",
    )


def _limits(evidence: Evidence, indicator: Indicator) -> Limits | None:
    points = points_of(evidence.workspace.series(indicator.id))
    found = limits(points)
    if found is None:
        return None
    signalled = {month for signal in evidence.signals[indicator.id] for month in signal.months}
    places = tuple(place for place, month in enumerate(evidence.workspace.months) if month in signalled)
    mean, low, high = (_limit_cell(indicator, value) for value in (found.mean, found.low, found.high))
    return Limits(mean, low, high, places)


def _limit_cell(indicator: Indicator, value: Decimal) -> Cell:
    return Cell.figure(value, indicator.unit, decimals=indicator.decimals, state=State.COMPUTED)
