"""The strategic data dashboard: every indicator by condition, thirteen months across, gaps as gaps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from highneeds.assurance.movement import Movement
from highneeds.assurance.rollover import rollover_words
from highneeds.intake.workspace import Condition, DashboardIndicator, Observation
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.figures.indicators import condition_charts, rollover_place
from highneeds.report.sections._words import change_cell, latest_cell, observation_cell
from highneeds.report.words import dashboard as words
from highneeds.report.words import measures
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.unit import Unit

UNITS = {Unit.PERCENT: "%", Unit.GBP: "£", Unit.COUNT: "count", Unit.PLACES: "places"}


def section(evidence: Evidence) -> doc.Section:
    wide = [replace(table, landscape=True) for table in tables(evidence)]
    blocks = (doc.Paragraph(" ".join(finding(evidence))), *condition_charts(evidence), *_signals(evidence), *wide)
    return doc.Section("dashboard", words.STRATEGIC, blocks, new_page=True)


def for_annex(evidence: Evidence) -> doc.Section:
    """The dashboard, one table a sheet: every month stands in the first, so that no chart's figures repeat it."""
    blocks = (doc.Paragraph(" ".join(finding(evidence))), *_signals(evidence), *tables(evidence))
    return doc.Section("dashboard", words.STRATEGIC, blocks)


def tables(evidence: Evidence) -> Iterator[doc.DataTable]:
    """The dashboard itself, on landscape pages; without a dashboard, nothing."""
    if not evidence.workspace.months:
        return
    yield months_table(evidence)
    if any(_yearly(one) for one in evidence.workspace.indicators):
        yield years_table(evidence)
    yield movement_table(evidence)


def finding(evidence: Evidence) -> tuple[str, ...]:
    """How many indicators can be judged, and how they stand against a year ago."""
    if not evidence.movements:
        return words.NO_DASHBOARD
    judged = [one for one in evidence.movements if one.on_year.judgement in ("better", "worse", "no clear change")]
    worse = sum(one.on_year.judgement == "worse" for one in judged)
    better = sum(one.on_year.judgement == "better" for one in judged)
    never = sum(one.latest is None for one in evidence.movements)
    return words.standing(len(evidence.movements), len(judged), better, worse, never)


def _rollover(evidence: Evidence) -> str:
    return rollover_words(evidence.workspace.council.rollover_month)


def _yearly(indicator: DashboardIndicator) -> bool:
    return indicator.frequency != "monthly"


def months_table(evidence: Evidence) -> doc.DataTable:
    """Indicators down, grouped by condition; months across; the latest month last, as the template has it."""
    months = evidence.workspace.months
    columns = (
        doc.TableColumn(words.INDICATOR, width=5.2),
        doc.TableColumn(words.UNIT, width=1.1),
        doc.TableColumn(words.SOURCE, width=1.5),
        *(
            doc.TableColumn(short_month(month), align=doc.Align.RIGHT, width=1.25, of="month", key=str(month))
            for month in months
        ),
    )
    rows = tuple(_grouped(evidence, lambda indicator: _month_row(evidence, indicator, months)))
    documents = sorted({one.source.document for one in evidence.workspace.indicators})
    return doc.DataTable(
        "dashboard-months",
        words.months_title(months[0].label, months[-1].label),
        columns,
        rows,
        notes=(words.KEY, words.rollover_note(_rollover(evidence))),
        source=words.as_reported(documents),
        group_name=words.CONDITION,
        small=True,
    )


def short_month(month: Month) -> str:
    return f"{month.label[:3]} {month.year % 100:02d}"


def _grouped(evidence: Evidence, row_of: Callable[[DashboardIndicator], Sequence[doc.Row]]) -> Iterator[doc.Row]:
    levels = {one.condition.number: one.current for one in evidence.assurances}
    for condition, indicators in evidence.workspace.indicators_by_condition:
        rows = [row for one in indicators for row in row_of(one)]
        if rows and condition:
            yield doc.Row.group(_heading(condition), level=levels[condition.number])
        elif rows and evidence.assurances:
            yield doc.Row.group(words.OF_NO_CONDITION)
        yield from rows


def _heading(condition: Condition) -> str:
    return f"Condition {condition.number}: {condition.short_title}"


def _month_row(evidence: Evidence, indicator: DashboardIndicator, months: Sequence[Month]) -> list[doc.Row]:
    if _yearly(indicator):
        return []
    by_month = {one.period: one for one in evidence.workspace.series(indicator.id)}
    cells = [_cell(by_month.get(month), indicator) for month in months]
    unit = UNITS.get(indicator.unit, indicator.unit.value)
    return [doc.Row.of(indicator.short_title, unit, indicator.data_source or words.NOT_NAMED, *cells)]


def _cell(one: Observation | None, indicator: DashboardIndicator) -> doc.Cell:
    return observation_cell(one, indicator, bare=True) if one else doc.Cell.not_applicable(words.NO_SUCH_MONTH)


def years_table(evidence: Evidence) -> doc.DataTable:
    """The indicators that are printed by financial year."""
    found = [one for one in evidence.workspace.observations if isinstance(one.period, FinancialYear)]
    years = sorted({str(one.period) for one in found})
    columns = (
        doc.TableColumn(words.INDICATOR, width=5),
        doc.TableColumn(words.UNIT),
        doc.TableColumn(words.SOURCE, width=1.5),
        *(doc.TableColumn(year, align=doc.Align.RIGHT, of="financial year", key=year) for year in years),
    )
    rows = []
    for indicator in filter(_yearly, evidence.workspace.indicators):
        by_year = {str(one.period): one for one in found if one.indicator == indicator.id}
        cells = [_cell(by_year.get(year), indicator) for year in years]
        rows.append(doc.Row.of(indicator.short_title, UNITS.get(indicator.unit, ""), indicator.data_source, *cells))
    return doc.DataTable("dashboard-years", words.YEARS, columns, tuple(rows), notes=(words.YEARS_NOTE,))


def movement_table(evidence: Evidence) -> doc.DataTable:
    """Latest figure, change on the month and on the same month a year before, direction as a word, gaps."""
    columns = (
        doc.TableColumn(words.INDICATOR, width=4.4),
        doc.TableColumn(words.TREND, width=2.2),
        doc.TableColumn(words.PERIOD, width=1.2),
        doc.TableColumn(words.LATEST, align=doc.Align.RIGHT, width=1.3),
        doc.TableColumn(words.CHANGE_ON_MONTH, align=doc.Align.RIGHT, width=1.6),
        doc.TableColumn(words.CHANGE, align=doc.Align.RIGHT, width=1.6),
        doc.TableColumn(words.ON_YEAR, width=1.8),
        doc.TableColumn(words.GAPS, width=2.2),
    )
    rows = tuple(_grouped(evidence, lambda indicator: [_movement_row(evidence, evidence.movement(indicator.id))]))
    notes = (words.not_judged_across(_rollover(evidence)), words.NO_CLEAR_CHANGE_NOTE)
    return doc.DataTable(
        "dashboard-movement",
        words.MOVEMENT,
        columns,
        rows,
        notes=notes,
        group_name=words.CONDITION,
        small=True,
    )


def _movement_row(evidence: Evidence, movement: Movement) -> doc.Row:
    indicator = movement.indicator
    latest = movement.latest
    return doc.Row.of(
        indicator.short_title,
        sparkline(evidence, movement),
        latest.period.label if latest else words.NEVER,
        latest_cell(movement),
        change_cell(movement.on_month, movement),
        change_cell(movement.on_year, movement),
        movement.on_year.judgement.value or measures.change_remark(movement.on_year, movement),
        measures.gaps(movement),
    )


def sparkline(evidence: Evidence, movement: Movement) -> doc.Cell:
    """The months of an indicator as a little line, with the roll-over marked; in words for those who cannot see it."""
    months = evidence.workspace.months
    by_month = {one.period: one.value for one in evidence.workspace.series(movement.indicator.id)}
    points = [by_month.get(month) for month in months]
    known = [point for point in points if point is not None]
    if len(known) < 2:
        return doc.Cell.words(words.NO_LINE)
    show = movement.indicator.unit.show
    decimals = movement.indicator.decimals
    said = words.from_to(show(known[0], decimals), show(known[-1], decimals))
    return doc.Cell.spark(points, words=said, rollover=rollover_place(evidence))


def _signals(evidence: Evidence) -> Iterator[doc.Block]:
    """What process control says, series by series, in words."""
    indicators = {one.id: one for one in evidence.workspace.indicators}
    columns = (doc.TableColumn(words.INDICATOR, width=2), doc.TableColumn(words.LIMITS_SAY, width=5))
    rows = tuple(
        doc.Row.of(indicators[name].short_title, " ".join(measures.signal(one, indicators[name].show) for one in found))
        for name, found in evidence.signals.items()
        if found
    )
    if rows:
        note = words.limits_note(_rollover(evidence))
        yield doc.DataTable("dashboard-signals", words.SIGNALS, columns, rows, notes=(note,))
