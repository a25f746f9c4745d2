"""The dashboard, once: thirteen months, trend, change on the year and direction, on landscape pages."""

from collections.abc import Iterator, Sequence

from highneeds.assurance.movement import Movement, MovementJudgement
from highneeds.assurance.rollover import rollover_words
from highneeds.intake.workspace import DashboardIndicator
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import change_cell, observation_cell
from highneeds.report.sections.dashboard import UNITS, short_month, sparkline
from highneeds.report.words import dashboard as words
from highneeds.vocabulary.period import FinancialYear, Month

MONTHS = 13


def section(evidence: Evidence) -> doc.Section | None:
    if not evidence.movements:
        return None
    blocks: list[doc.Block] = [doc.Paragraph(finding(evidence)), *tables(evidence), *never(evidence)]
    return doc.Section("dashboard", words.TITLE, tuple(blocks), new_page=True, landscape=True)


def finding(evidence: Evidence) -> str:
    judged = [movement.on_year.judgement for movement in evidence.movements]
    order = (
        MovementJudgement.BETTER,
        MovementJudgement.WORSE,
        MovementJudgement.NO_CLEAR_CHANGE,
        MovementJudgement.NEITHER,
    )
    return words.finding(*(judged.count(one) for one in order))


def tables(evidence: Evidence) -> Iterator[doc.DataTable]:
    months = evidence.workspace.months[-MONTHS:]
    if months:
        yield months_table(evidence, months)
    yearly = [one for one in evidence.movements if one.latest and isinstance(one.latest.period, FinancialYear)]
    if yearly:
        yield _years_table(evidence, yearly)


def months_table(evidence: Evidence, months: Sequence[Month]) -> doc.DataTable:
    """Only rows that have a figure; the others are listed under it with the reason."""
    columns = (
        doc.Column("Measure", width=7),
        *(doc.Column(short_month(one), align=doc.Align.RIGHT, of="month", key=str(one)) for one in months),
        doc.Column(words.TREND, width=1.7),
        doc.Column(words.CHANGE, align=doc.Align.RIGHT, width=1.3),
        doc.Column(words.DIRECTION, width=1.3),
    )
    rollover = rollover_words(evidence.workspace.council.rollover_month)
    return doc.DataTable(
        "dashboard-months",
        f"{words.TITLE}, {months[0].label} to {months[-1].label}",
        columns,
        tuple(_rows(evidence, months)),
        notes=(f"{words.once(len(months))} {words.rollover(rollover)}",),
        group_name="Condition",
        small=True,
    )


def _rows(evidence: Evidence, months: Sequence[Month]) -> Iterator[doc.Row]:
    levels = {one.condition.number: one.current for one in evidence.assurances}
    groups: dict[int | None, list[Movement]] = {}
    for movement in evidence.movements:
        if movement.latest is not None and isinstance(movement.latest.period, Month):
            groups.setdefault(movement.indicator.condition, []).append(movement)
    titles = {
        one.number: f"Condition {one.number}: {one.short_title}" for one in evidence.workspace.agreement.conditions
    }
    for number, movements in groups.items():
        if number is not None and number in titles:
            yield doc.Row.group(titles[number], level=levels.get(number))
        yield from (_row(evidence, one, months) for one in movements)


def _row(evidence: Evidence, movement: Movement, months: Sequence[Month]) -> doc.Row:
    indicator = movement.indicator
    by_month = {one.period: one for one in evidence.workspace.series(indicator.id)}
    cells = [_cell(by_month.get(month), indicator) for month in months]
    judged = movement.on_year.judgement
    direction = "" if judged is MovementJudgement.NEITHER else judged.value or "no clear change"
    title = doc.Cell.words(f"{indicator.short_title}{_unit(indicator)}", under=wording(indicator))
    change = change_cell(movement.on_year, movement) if movement.on_year.value is not None else doc.Cell.words("")
    return doc.Row.of(title, *cells, sparkline(evidence, movement), change, direction)


def wording(indicator: DashboardIndicator) -> str:
    """The dashboard's own wording, where it says more than the short title."""
    return indicator.title if indicator.title.casefold() != indicator.short_title.casefold() else ""


def _unit(indicator: DashboardIndicator) -> str:
    unit = UNITS.get(indicator.unit, "")
    return f" ({unit})" if unit in ("%", "£") else ""


def _cell(one: object, indicator: DashboardIndicator) -> doc.Cell:
    from highneeds.intake.workspace import Observation

    return observation_cell(one, indicator, bare=True) if isinstance(one, Observation) else doc.Cell.words("")


def _years_table(evidence: Evidence, yearly: Sequence[Movement]) -> doc.DataTable:
    """The rows that are given by year."""
    names = {one.indicator.id for one in yearly}
    found = [one for one in evidence.workspace.observations if one.indicator in names]
    years = sorted({str(one.period) for one in found})
    columns = (
        doc.Column("Measure", width=5),
        *(doc.Column(year, align=doc.Align.RIGHT, of="financial year", key=year) for year in years),
    )
    rows = []
    for movement in yearly:
        by_year = {str(one.period): one for one in found if one.indicator == movement.indicator.id}
        cells = [_cell(by_year.get(year), movement.indicator) for year in years]
        rows.append(
            doc.Row.of(doc.Cell.words(movement.indicator.short_title, under=wording(movement.indicator)), *cells)
        )
    return doc.DataTable("dashboard-years", words.YEARLY, columns, tuple(rows), small=True)


def never(evidence: Evidence) -> Iterator[doc.Block]:
    """The rows without any figure, reason by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in evidence.movements:
        if one.latest is None:
            by_reason.setdefault(_reason(evidence, one), []).append(one.indicator.short_title)
    for reason, titles in by_reason.items():
        yield doc.Paragraph(words.never(reason, "; ".join(titles)), doc.Tone.SMALL)


def _reason(evidence: Evidence, movement: Movement) -> str:
    """The reason that the observations give, else their state in words."""
    series = evidence.workspace.series(movement.indicator.id)
    reasons = dict.fromkeys(one.reason or one.state.words for one in series)
    return "; ".join(reasons) or words.NO_LATEST
