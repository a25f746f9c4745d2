"""One page a condition: the owner's level, the measures, the narrative, one chart, the next step and the owner."""

from collections.abc import Iterator, Sequence

from highneeds.assurance.levels import Assurance
from highneeds.assurance.measures_state import MeasuresState, measures_state
from highneeds.assurance.movement import Movement, MovementJudgement
from highneeds.report import document as doc
from highneeds.report.charts import ChartWords, Series, line_chart
from highneeds.report.evidence import Evidence
from highneeds.report.figures.indicators import month_cells, rollover_place
from highneeds.report.sections import _narrative
from highneeds.report.sections._steps import next_step
from highneeds.report.sections._words import change_words
from highneeds.report.sections.what_changed import measures_cell
from highneeds.report.words import conditions as words
from highneeds.vocabulary.period import Month

HEIGHT, HEIGHT_OF_TWO = 270, 170
LEAST_POINTS = 3


def section(evidence: Evidence) -> tuple[doc.Section, ...]:
    if not evidence.assurances:
        return ()
    first = doc.Section("conditions", words.TITLE, () if has_owners(evidence) else (doc.Paragraph(words.NO_OWNERS),))
    nexts = [leading_measure(evidence, one.condition.number) for one in evidence.assurances[1:]]
    alone = [*(one is not None for one in nexts), False]
    return (first, *(page(evidence, one, room) for one, room in zip(evidence.assurances, alone, strict=True)))


def page(evidence: Evidence, one: Assurance, alone: bool = False) -> doc.Section:
    """Not split from page to page; short ones share one, and one that stands alone has room for a second chart."""
    number = one.condition.number
    title = words.heading(number, one.condition.short_title)
    blocks = tuple(_blocks(evidence, one, alone))
    return doc.Section(f"condition-{number}-update", title, blocks, level=2, together=True)


def _blocks(evidence: Evidence, one: Assurance, alone: bool) -> Iterator[doc.Block]:
    number = one.condition.number
    yield doc.Paragraph(words.undertaking(one.condition.whole_clauses, one.condition.complete), doc.Tone.SMALL)
    yield _head_table(evidence, one)
    narrative = tuple(_narrative.blocks(evidence, f"Condition {number}")) or (doc.Paragraph(words.NO_NARRATIVE),)
    yield from narrative
    room = alone and not any(isinstance(block, doc.ChartBlock) for block in narrative)
    shown = leading_measures(evidence, number)[: 2 if room else 1]
    height = HEIGHT if len(shown) == 1 else HEIGHT_OF_TWO
    yield from (measure_chart(evidence, measure, height=height) for measure in shown)


def _head_table(evidence: Evidence, one: Assurance) -> doc.DataTable:
    """Level in each slot so far, measures, next step, owner: what a reader looks for first."""
    number = one.condition.number
    columns = (
        doc.TableColumn(words.LEVEL, width=1.7),
        doc.TableColumn(words.MEASURES, width=2.2),
        doc.TableColumn(words.NEXT, width=3),
        *((doc.TableColumn(words.OWNER, width=1.7),) if has_owners(evidence) else ()),
    )
    level = doc.Cell.tag(one.current) if one.current.is_given else doc.Cell.words(words.NO_LEVEL)
    few = measures_state(one.suggestion) is MeasuresState.TOO_LITTLE
    measures = MeasuresState.TOO_LITTLE.value.capitalize() if few else measures_cell(one)
    owners = (owner(evidence, number),) if has_owners(evidence) else ()
    row = doc.Row.of(level, measures, next_step(evidence, number), *owners)
    title = words.stands(number)
    return doc.DataTable(f"condition-{number}-stand", title, columns, (row,))


def has_owners(evidence: Evidence) -> bool:
    """Whether any condition has an owner: where none has, that is said once and not on every page."""
    roles = evidence.workspace.council.roles
    return any(f"condition_{one.condition.number}" in roles for one in evidence.assurances)


def owner(evidence: Evidence, number: int) -> str:
    """The role that answers for a condition, where council.toml names one."""
    return evidence.workspace.council.roles.get(f"condition_{number}", words.NO_OWNER)


def leading_measure(evidence: Evidence, number: int) -> Movement | None:
    """The measure of a condition that matters most among those with figures enough to draw."""
    return next(iter(leading_measures(evidence, number)), None)


def leading_measures(evidence: Evidence, number: int) -> list[Movement]:
    """Those of a condition."""
    return leading_of(evidence, [one for one in evidence.movements if one.indicator.condition == number])


def leading_of(evidence: Evidence, own: Sequence[Movement]) -> list[Movement]:
    """The measure that matters most, and then those that do not tell the same story.

    One that went the other way comes before those that say nothing of better or worse; one that went the same way says
    little more, and comes last.
    """
    drawn = [one for one in own if _figures(evidence, one) >= LEAST_POINTS]
    ranked = sorted(drawn, key=lambda one: (-one.indicator.weight, -_figures(evidence, one)))
    if not ranked:
        return []
    first, *others = ranked
    return [first, *sorted(others, key=lambda one: _says_more(one, first))]


def _says_more(one: Movement, first: Movement) -> int:
    """0 for the opposite of the first, 1 for neither, 2 for the same."""
    judged = (MovementJudgement.BETTER, MovementJudgement.WORSE)
    if one.on_year.judgement is first.on_year.judgement:
        return 2
    return 0 if one.on_year.judgement in judged else 1


def _figures(evidence: Evidence, movement: Movement) -> int:
    return sum(cell.is_number for cell in month_cells(evidence, movement.indicator))


def measure_chart(
    evidence: Evidence, movement: Movement, prefix: str = "measure", height: int = HEIGHT
) -> doc.ChartBlock:
    """The months of one measure with the roll-over marked; no limits are drawn from so few figures."""
    indicator = movement.indicator
    return line_chart(
        ChartWords(f"{prefix}-{indicator.id.replace('_', '-')}", chart_title(movement), "Our dashboard"),
        periods=evidence.workspace.months,
        series=(Series(indicator.short_title, month_cells(evidence, indicator)),),
        unit=indicator.unit,
        rollover=rollover_place(evidence),
        height=height,
    )


def chart_title(movement: Movement) -> str:
    """'Annual reviews overdue: 7,765 in Jan 2025, −22.0% on Jan 2024'."""
    indicator, latest = movement.indicator, movement.latest
    if latest is None or latest.value is None or not isinstance(latest.period, Month):
        return indicator.short_title
    title = f"{indicator.short_title}: {indicator.show(latest.value)} in {latest.period.label}"
    change = change_words(movement.on_year, indicator, latest.value)
    against = movement.on_year.against
    return f"{title}, {change} on {against.label}" if change and against else title
