"""One page per indicator."""

from decimal import Decimal

from highneeds.assurance.levels import TURNING, WhyLeftOut
from highneeds.assurance.movement import FigureChange, Movement, MovementJudgement
from highneeds.assurance.process_control import FEWEST_POINTS, Signal, limits, points_of
from highneeds.indicators.mechanism.registry import indicator_named
from highneeds.intake.workspace import DashboardIndicator, Observation
from highneeds.intake.workspace.dashboard import Direction
from highneeds.registers.register import RegisterRow
from highneeds.report.blocks import ChartBlock
from highneeds.report.charts.sparkline import spark_svg
from highneeds.report.evidence import Evidence
from highneeds.report.pages.comparisons import beside
from highneeds.report.pages.results.indicators import ChangeResult, IndicatorResult, Reading
from highneeds.report.pages.results.parts import PageFinding
from highneeds.report.sections._words import change_words
from highneeds.report.sections.dashboard import sparkline
from highneeds.report.words import measures
from highneeds.report.words import pages as words
from highneeds.vocabulary.period import Month

GOOD = {
    Direction.UP: "Higher is better",
    Direction.DOWN: "Lower is better",
    Direction.NONE: "Neither good nor bad in itself",
}
UNITS = {"percent": "per cent", "gbp": "pounds", "count": "count", "places": "places"}


def indicator_result(evidence: Evidence, movement: Movement, chart: ChartBlock | None) -> IndicatorResult:
    indicator = movement.indicator
    known = indicator_named(indicator.id)
    spark = sparkline(evidence, movement)
    row, shown = _target_row(evidence, indicator), shown_signals(evidence, indicator)
    comment, comment_source = _comment(evidence, indicator, row)
    return IndicatorResult(
        id=indicator.id,
        condition=indicator.condition,
        title=indicator.title,
        short_title=indicator.short_title,
        sentence=PageFinding.of(heading(evidence, movement)),
        unit=UNITS.get(indicator.unit.value, indicator.unit.value),
        definition=known.basis if known else words.NO_DEFINITION,
        part_words=known.part if known else "",
        whole_words=known.whole if known else "",
        data_source=indicator.data_source or "Not named",
        owner=_owner(evidence, indicator, row),
        frequency=indicator.frequency,
        next_update=_next_update(evidence),
        good_direction=GOOD[indicator.good_direction],
        latest=reading(movement.latest, indicator) if movement.latest else None,
        no_latest="" if movement.latest else _why_never(evidence, indicator),
        change_month=change_result(movement.on_month, movement),
        change_year=change_result(movement.on_year, movement),
        gaps=measures.gaps(movement),
        sparkline_svg=spark_svg(spark.sparkline, spark.text) if spark.sparkline else "",
        chart_id=chart.id if chart else "",
        signals=tuple(measures.signal(one, indicator.show) for one in shown),
        signals_now=any(evidence.workspace.months[-1] in signal.months for signal in shown),
        target=_target(indicator, row),
        comment=comment,
        comment_source=comment_source,
        also_called=indicator.also_called,
        beside=beside(evidence, indicator),
        rows=tuple(reading(one, indicator) for one in evidence.workspace.series(indicator.id)),
    )


def shown_signals(evidence: Evidence, indicator: DashboardIndicator) -> list[Signal]:
    """As the chart has it: nothing is called outside its usual range by limits from fewer than twelve months."""
    series, rollover = evidence.workspace.series(indicator.id), evidence.workspace.council.rollover_month
    years = [one.months for one in limits(points_of(series, rollover)) if len(one.months) >= FEWEST_POINTS]
    firm = {month for months in years for month in months}
    return [one for one in evidence.signals[indicator.id] if one.kind == "trend" or firm.issuperset(one.months)]


def _target_row(evidence: Evidence, indicator: DashboardIndicator) -> RegisterRow | None:
    """The milestone that is read next, else the last one that was read."""
    rows = [row for row in evidence.rows("indicator_targets") if row["indicator"] == indicator.id]
    rows.sort(key=lambda row: str(row["reads"] or ""))
    latest = evidence.workspace.months[-1] if evidence.workspace.months else None
    ahead = [row for row in rows if latest is not None and row["reads"] is not None and row["reads"] >= latest]
    return next(iter(ahead or rows[-1:]), None)


def _target(indicator: DashboardIndicator, row: RegisterRow | None) -> str:
    if row is None or row["milestone"] is None:
        return words.NO_TARGET
    shown = indicator.show(row["milestone"])
    return words.target(shown, row["reads"].label if row["reads"] else "")


def _owner(evidence: Evidence, indicator: DashboardIndicator, row: RegisterRow | None) -> str:
    """The role that the register of targets names, else the one that answers for the condition."""
    of_condition = evidence.workspace.council.roles.get(f"condition_{indicator.condition}", words.NO_OWNER)
    return (row["owner_role"] if row else "") or of_condition


def _comment(evidence: Evidence, indicator: DashboardIndicator, row: RegisterRow | None) -> tuple[str, str]:
    """(one line, where it comes from): of the register of targets, else the report's own sentence on its figures."""
    if row and (row["commentary"] or row["why_missed"]):
        return str(row["commentary"] or row["why_missed"]), words.OF_TARGETS
    for paragraph in evidence.narrative:
        for claim in paragraph.claims:
            if indicator.id in claim.series:
                return claim.sentence, f"{words.OF_NARRATIVE}, {paragraph.paragraph.section.lower()}"
    return "", ""


def heading(evidence: Evidence, movement: Movement) -> str:
    """The finding, with what the page below it explains: an old figure, a new basis, a month out of the ordinary."""
    said = sentence(movement)
    latest, months = movement.latest, evidence.workspace.months
    if latest is None or not isinstance(latest.period, Month) or not months:
        return said
    bases = evidence.account.parts.new_bases.get(movement.indicator.id, ())
    if latest.period < months[-1]:
        return said + words.not_since(latest.period.label)
    if bases:
        return said + words.on_new_basis(bases[-1].label)
    unusual = any(months[-1] in signal.months for signal in shown_signals(evidence, movement.indicator))
    return said + words.OUT_OF_THE_ORDINARY if unusual else said


def sentence(movement: Movement) -> str:
    """The finding, as the heading of the indicator's page; a run of months the wrong way is part of it."""
    latest, indicator = movement.latest, movement.indicator
    if latest is None or latest.value is None:
        return (
            f"{indicator.short_title}: {measures.LEFT_OUT[WhyLeftOut.HIDDEN if movement.hidden else WhyLeftOut.NEVER]}"
        )
    shown = f"{indicator.show(latest.value)} in {latest.period.label}"
    change = movement.on_year
    if change.value is None:
        return f"{indicator.short_title}: {shown}{_run(movement, ', after')}"
    verb = "rose to" if change.value > 0 else "fell to" if change.value < 0 else "stayed at"
    earlier = f"after {_earlier(movement, latest.value)} a year before"
    joint = ", with" if change.judgement is MovementJudgement.WORSE else ", but with"
    return f"{indicator.short_title} {verb} {shown}, {earlier}{_run(movement, joint)}"


def _run(movement: Movement, joint: str) -> str:
    """', but with a rise in each of the last 4 months'; nothing where fewer than three months went the wrong way."""
    if movement.adverse_run < TURNING:
        return ""
    way = "rise" if movement.indicator.good_direction is Direction.DOWN else "fall"
    return words.run(joint, way, movement.adverse_run)


def _earlier(movement: Movement, latest: Decimal) -> str:
    assert movement.on_year.value is not None
    return movement.indicator.show(latest - movement.on_year.value)


def _next_update(evidence: Evidence) -> str:
    """The slot after this report's."""
    council = evidence.workspace.council
    place = council.slots.index(council.report.slot) + 1
    later = place < len(council.slots)
    year = council.report.submitted.year if later else council.report.submitted.year + 1
    return f"{council.slots[place % len(council.slots)]} {year}"


def _why_never(evidence: Evidence, indicator: DashboardIndicator) -> str:
    reasons = {one.reason for one in evidence.workspace.series(indicator.id) if one.reason}
    return "; ".join(sorted(reasons)).capitalize() or "Never reported"


def change_result(change: FigureChange, movement: Movement) -> ChangeResult:
    latest = movement.latest
    text = change_words(change, movement.indicator, latest.value) if latest and latest.value is not None else ""
    against = change.against.label if change.against else ""
    judgement: MovementJudgement = change.judgement
    return ChangeResult(text, against, judgement.value, measures.change_remark(change, movement))


def reading(one: Observation, indicator: DashboardIndicator) -> Reading:
    known = one.value is not None
    return Reading(
        period=str(one.period),
        label=one.period.label,
        text=indicator.show(one.value) if one.value is not None else one.state.words,
        value=str(one.value) if known else None,
        part=None if one.part is None else str(one.part),
        whole=None if one.whole is None else str(one.whole),
        state=one.state.value,
        reason=one.reason,
        source=one.source.stands_in,
    )
