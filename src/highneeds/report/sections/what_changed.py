"""What changed since the last report, good beside bad, and the conditions at a glance, worst first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from highneeds.assurance.levels import Assurance
from highneeds.assurance.measures_state import MeasuresState, measures_state
from highneeds.assurance.movement import Movement, MovementJudgement, judge, usual_movement
from highneeds.assurance.rollover import crosses_rollover
from highneeds.intake.workspace import DashboardIndicator
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._steps import next_step
from highneeds.report.sections._words import share_of_earlier
from highneeds.report.sections.pictures import plans_by_age
from highneeds.report.words import changes as words
from highneeds.report.words import conditions as condition_words
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import signed

MOST = 5
YEAR = 12
WORRY = {
    AssuranceLevel.OFF_TARGET: 0,
    AssuranceLevel.OFF_TARGET_WITH_PLANS: 1,
    AssuranceLevel.UNKNOWN: 2,
    AssuranceLevel.NOT_YET: 3,
    AssuranceLevel.ON_TARGET: 4,
    AssuranceLevel.COMPLETE: 5,
}


@dataclass(frozen=True)
class Moved:
    """One indicator from the month of the last report, or the same month a year before, to its latest."""

    indicator: DashboardIndicator
    before: Decimal
    since: Month
    after: Decimal
    month: Month
    judgement: MovementJudgement

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    @property
    def size(self) -> Decimal:
        """The change as a share of where it was; how far a percentage moved of its own level likewise."""
        return abs(self.change / self.before) if self.before else Decimal(1)


def section(evidence: Evidence) -> doc.Section | None:
    moved = moves(evidence)
    blocks: list[doc.Block] = []
    if moved:
        since = last_report_month(evidence)
        blocks.append(doc.Paragraph(words.since_words(since.label) if since else words.FIRST))
        blocks += _lists(moved)
    elif evidence.assurances:
        blocks.append(doc.Paragraph(words.NOTHING))
    if evidence.assurances:
        blocks.append(glance_table(evidence))
    ages = plans_by_age(evidence)
    blocks += [ages] if ages else []
    return (
        doc.Section("what-changed", words.TITLE, tuple(blocks), new_page=bool(evidence.assurances)) if blocks else None
    )


def last_report_month(evidence: Evidence) -> Month | None:
    """The month of the last published report before this one."""
    reports = [evidence.workspace.fact(name) for name in evidence.workspace.agreement.reports]
    months = [Month.parse(fact.written[:7], fact.where) for fact in reports]
    own = Month.of(evidence.workspace.council.report.submitted)
    return max((month for month in months if month < own), default=None)


def moves(evidence: Evidence) -> tuple[Moved, ...]:
    """Every indicator with a direction of good that moved, the heaviest in the agreement first."""
    found = [one for movement in evidence.movements if (one := _moved(evidence, movement)) is not None]
    return tuple(sorted(found, key=lambda one: (-one.indicator.weight, -one.size, one.indicator.id)))


def _moved(evidence: Evidence, movement: Movement) -> Moved | None:
    latest, series = movement.latest, evidence.workspace.series(movement.indicator.id)
    if latest is None or latest.value is None or not isinstance(latest.period, Month):
        return None
    since, rollover = last_report_month(evidence), evidence.workspace.council.rollover_month
    if since is None or since >= latest.period or crosses_rollover(since, latest.period, rollover):
        since = latest.period.plus(-YEAR)
    before = next((one.value for one in series if one.period == since and one.value is not None), None)
    if before is None:
        return None
    on_year = since == latest.period.plus(-YEAR)
    judgement = (
        movement.on_year.judgement if on_year else judge(latest.value - before, movement.indicator.good_direction)
    )
    if judgement not in (MovementJudgement.BETTER, MovementJudgement.WORSE):
        return None
    moved = Moved(movement.indicator, before, since, latest.value, latest.period, judgement)
    usual = usual_movement([one for one in series if one.value is not None], rollover)
    return None if usual and abs(moved.change) <= usual and moved.indicator.weight < 2 else moved


def _lists(moved: Sequence[Moved]) -> list[doc.Block]:
    blocks: list[doc.Block] = []
    for title, judgement in ((words.BETTER, MovementJudgement.BETTER), (words.WORSE, MovementJudgement.WORSE)):
        some = [one for one in moved if one.judgement is judgement][:MOST]
        if some:
            blocks += [doc.Heading(title), doc.Bullets(tuple(moved_words(one) for one in some))]
    return blocks


def moved_words(one: Moved) -> str:
    show, decimals = one.indicator.unit.show, one.indicator.decimals
    share = share_of_earlier(one.change, one.indicator, one.after)
    change = one.indicator.unit.show_change(one.change, decimals) if share is None else f"{signed(share, 1)}%"
    before, after = show(one.before, decimals), show(one.after, decimals)
    return words.moved(one.indicator.short_title, before, one.since.label, after, one.month.label, change)


def worst_first(evidence: Evidence) -> list[Assurance]:
    """The owner's level first, then the measures, then the number of the condition."""
    order = list(MeasuresState)

    def worry(one: Assurance) -> tuple[int, int, int]:
        return WORRY[one.current], order.index(measures_state(one.suggestion)), one.condition.number

    return sorted(evidence.assurances, key=worry)


def glance_table(evidence: Evidence, most: int | None = None) -> doc.DataTable:
    """Condition, owner's level, measures, next step."""
    columns = (
        doc.TableColumn("Condition", width=3.2),
        doc.TableColumn(condition_words.LEVEL, width=1.8),
        doc.TableColumn(condition_words.MEASURES, width=2.6),
        doc.TableColumn(condition_words.NEXT, width=3),
    )
    rows = tuple(_glance_row(evidence, one) for one in worst_first(evidence)[:most])
    note = condition_words.GLANCE_NOTE
    return doc.DataTable("conditions-glance", condition_words.GLANCE_TITLE, columns, rows, notes=(note,))


def _glance_row(evidence: Evidence, one: Assurance) -> doc.Row:
    number, title = one.condition.number, one.condition.short_title
    level = doc.Cell.tag(one.current) if one.current.is_given else doc.Cell.words(condition_words.NO_LEVEL)
    return doc.Row.of(f"{number}. {title}", level, measures_cell(one), next_step(evidence, number))


def measures_cell(one: Assurance) -> str:
    """'Mixed: 2 better, 1 worse'."""
    found = one.suggestion
    state = measures_state(found)
    if state is MeasuresState.TOO_LITTLE:
        return state.value.capitalize()
    if not (found.better or found.worse or found.turning):
        return condition_words.NO_CLEAR_CHANGE
    counts = condition_words.measures_words(
        len(found.better), len(found.worse) + len(found.turning), len(found.unchanged)
    )
    return f"{state.value.capitalize()}: {counts}"
