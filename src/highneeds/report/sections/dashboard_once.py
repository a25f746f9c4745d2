"""The dashboard, once: thirteen months, trend, change on the year and direction, on landscape pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from highneeds.assurance.movement import Movement, MovementJudgement
from highneeds.assurance.rollover import rollover_words
from highneeds.intake.workspace import DashboardIndicator
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import change_cell, observation_cell
from highneeds.report.sections.condition_pages import HEIGHT_OF_TWO, leading_of, measure_chart
from highneeds.report.sections.dashboard import UNITS, short_month, sparkline
from highneeds.report.sections.pictures import moves_between_settings, request_to_plan
from highneeds.report.words import dashboard as words
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.state import State

MONTHS = 13
DRAWN = 2
ROOM_FOR_CHARTS = 12
"""Rows of a table under which two charts still stand on the same page."""
NOT_REPORTED = {State.NOT_REPORTED, State.UNAVAILABLE}


def section(evidence: Evidence) -> tuple[doc.Section, ...]:
    """The finding with the ways that children take, then every measure on landscape pages."""
    ways = [one for one in (request_to_plan(evidence), moves_between_settings(evidence)) if one is not None]
    if not evidence.movements:
        return (doc.Section("dashboard", words.TITLE, tuple(ways)),) if ways else ()
    months = evidence.workspace.months[-MONTHS:]
    wide = (months_table(evidence, months),) if months else ()
    without = () if wide else tuple(doc.Paragraph(one, doc.Tone.SMALL) for one in never(evidence))
    blocks: tuple[doc.Block, ...] = (doc.Paragraph(finding(evidence)), *ways, *years_tables(evidence), *without)
    if wide and not any(isinstance(one, doc.ChartBlock | doc.DataTable) for one in blocks):
        drawn = tuple(_leading_charts(evidence)) if len(wide[0].rows) <= ROOM_FOR_CHARTS else ()
        return (doc.Section("dashboard", words.TITLE, (blocks[0], *wide, *blocks[1:], *drawn), landscape=True),)
    first = doc.Section("dashboard", words.TITLE, blocks)
    if not wide:
        return (first,)
    return first, doc.Section("dashboard-measures", words.MEASURES, wide, level=2, landscape=True)


def _leading_charts(evidence: Evidence) -> Iterator[doc.ChartBlock]:
    """The measures that matter most, drawn: a council without conditions has no page for each of them."""
    if not evidence.assurances:
        for one in leading_of(evidence, evidence.movements)[:DRAWN]:
            yield measure_chart(evidence, one, height=HEIGHT_OF_TWO)


def finding(evidence: Evidence) -> str:
    judged = [movement.on_year.judgement for movement in evidence.movements]
    order = (
        MovementJudgement.BETTER,
        MovementJudgement.WORSE,
        MovementJudgement.NO_CLEAR_CHANGE,
        MovementJudgement.NEITHER,
    )
    return words.finding(*(judged.count(one) for one in order))


def years_tables(evidence: Evidence) -> Iterator[doc.DataTable]:
    """The rows that are given by year, where there are any."""
    yearly = [one for one in evidence.movements if one.latest and isinstance(one.latest.period, FinancialYear)]
    if yearly:
        yield _years_table(evidence, yearly)


def months_table(evidence: Evidence, months: Sequence[Month]) -> doc.DataTable:
    """Only rows that have a figure; the others are listed under it with the reason."""
    judged = any(one.on_year.judgement is not MovementJudgement.NEITHER for one in evidence.movements)
    columns = (
        doc.TableColumn("Measure", width=6.6),
        *(doc.TableColumn(short_month(one), align=doc.Align.RIGHT, of="month", key=str(one)) for one in months),
        doc.TableColumn(words.TREND, width=1.5),
        doc.TableColumn(words.CHANGE, align=doc.Align.RIGHT, width=1.8),
        *([doc.TableColumn(words.DIRECTION, width=1.7)] if judged else []),
    )
    rows = tuple(_rows(evidence, months, judged))
    return doc.DataTable(
        "dashboard-months",
        f"{months[0].label} to {months[-1].label}",
        columns,
        rows,
        notes=tuple(_notes(evidence, rows, months)),
        group_name="Condition",
        small=True,
    )


def _notes(evidence: Evidence, rows: Sequence[doc.Row], months: Sequence[Month]) -> Iterator[str]:
    """What is under a title, what the thin line is, and which measures have no row, where there are such."""
    if any(row.cells[0].under for row in rows):
        yield words.WORDING
    if any(later == earlier.plus(1) for earlier, later in pairwise(months)):
        yield words.rollover(rollover_words(evidence.workspace.council.rollover_month))
    yield from never(evidence)


def _rows(evidence: Evidence, months: Sequence[Month], judged: bool) -> Iterator[doc.Row]:
    """judged   whether any measure has a direction of good, and so a column for it."""
    levels = {one.condition.number: one.current for one in evidence.assurances if one.current.is_given}
    groups: dict[int | None, list[Movement]] = {}
    for movement in evidence.movements:
        if movement.latest is not None and isinstance(movement.latest.period, Month):
            groups.setdefault(movement.indicator.condition, []).append(movement)
    titles = {
        one.number: f"Condition {one.number}: {one.short_title}" for one in evidence.workspace.agreement.conditions
    }
    for number, movements in groups.items():
        if number is not None and number in titles:
            heading = titles[number] if number in levels else words.without_level(titles[number])
            yield doc.Row.group(heading, level=levels.get(number))
        yield from (_row(evidence, one, months, judged) for one in movements)


def _row(evidence: Evidence, movement: Movement, months: Sequence[Month], judged: bool) -> doc.Row:
    indicator = movement.indicator
    by_month = {one.period: one for one in evidence.workspace.series(indicator.id)}
    cells = [_cell(by_month.get(month), indicator) for month in months]
    found = movement.on_year.judgement
    direction = "" if found is MovementJudgement.NEITHER else found.value or words.NO_YEAR_BEFORE
    title = doc.Cell.words(f"{indicator.short_title}{_unit(indicator)}", under=wording(indicator))
    change = change_cell(movement.on_year, movement) if movement.on_year.value is not None else doc.Cell.words("")
    return doc.Row.of(title, *cells, sparkline(evidence, movement), change, *[direction] * judged)


def wording(indicator: DashboardIndicator) -> str:
    """The dashboard's own wording, where it says more than the short title."""
    return indicator.title if indicator.title.casefold() != indicator.short_title.casefold() else ""


def _unit(indicator: DashboardIndicator) -> str:
    """' (%)' or ' (£)'; nothing where a council's own title says it already."""
    unit = UNITS.get(indicator.unit, "")
    said = f" ({unit})"
    return said if unit in ("%", "£") and not indicator.short_title.endswith(said) else ""


def _cell(one: object, indicator: DashboardIndicator) -> doc.Cell:
    from highneeds.intake.workspace import Observation

    if not isinstance(one, Observation):
        return doc.Cell.words("")
    cell = observation_cell(one, indicator, bare=True)
    return replace(cell, note="") if cell.is_gap else cell  # the key says what a gap is; the annex gives each reason


def _years_table(evidence: Evidence, yearly: Sequence[Movement]) -> doc.DataTable:
    """The rows that are given by year."""
    names = {one.indicator.id for one in yearly}
    found = [one for one in evidence.workspace.observations if one.indicator in names]
    years = sorted({str(one.period) for one in found})
    columns = (
        doc.TableColumn("Measure", width=5),
        *(doc.TableColumn(year, align=doc.Align.RIGHT, of="financial year", key=year) for year in years),
    )
    rows = []
    for movement in yearly:
        by_year = {str(one.period): one for one in found if one.indicator == movement.indicator.id}
        cells = [_cell(by_year.get(year), movement.indicator) for year in years]
        rows.append(
            doc.Row.of(doc.Cell.words(movement.indicator.short_title, under=wording(movement.indicator)), *cells)
        )
    return doc.DataTable("dashboard-years", words.YEARLY, columns, tuple(rows), small=True)


def never(evidence: Evidence) -> Iterator[str]:
    """The rows without any figure: those whose every figure is small, those we do not report, those we have none of."""
    named: dict[str, list[str]] = {words.SMALL: [], words.NOT_REPORTED: [], words.NOT_YET: []}
    for one in evidence.movements:
        if one.latest is None:
            named[_why_never(_states(evidence, one))].append(one.indicator.short_title)
    yield from (sentence.format(titles="; ".join(titles)) for sentence, titles in named.items() if titles)


def _why_never(states: set[State]) -> str:
    if State.SUPPRESSED in states:
        return words.SMALL
    return words.NOT_REPORTED if states & NOT_REPORTED else words.NOT_YET


def _states(evidence: Evidence, movement: Movement) -> set[State]:
    return {one.state for one in evidence.workspace.series(movement.indicator.id)}
