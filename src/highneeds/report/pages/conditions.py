"""The conditions, worst first, for their pages and the dashboard."""

from highneeds.assurance.levels import Assurance
from highneeds.assurance.measures_state import MeasuresState, measures_state
from highneeds.report.evidence import Evidence
from highneeds.report.pages.narrative import named_tables, narrated_part
from highneeds.report.pages.results.conditions import ConditionResult, LevelKey
from highneeds.report.pages.results.parts import Given
from highneeds.report.sections._steps import next_step
from highneeds.report.sections.condition_pages import leading_measure, owner
from highneeds.report.sections.what_changed import measures_cell, worst_first
from highneeds.report.words import measures
from highneeds.report.words import pages as words
from highneeds.vocabulary.assurance_level import AssuranceLevel

OFF = (AssuranceLevel.OFF_TARGET, AssuranceLevel.OFF_TARGET_WITH_PLANS)
GOOD = (AssuranceLevel.ON_TARGET, AssuranceLevel.COMPLETE)


def conditions_sentence(evidence: Evidence) -> str:
    """How many are off target, and which is most at risk."""
    ranked = worst_first(evidence)
    if not ranked:
        return words.NO_CONDITIONS
    worst = ranked[0]
    off = sum(one.current in OFF for one in ranked)
    named = f"condition {worst.condition.number}, {worst.condition.short_title}"
    return words.conditions_sentence(named, worst.current.words, off, len(ranked))


def condition_results(evidence: Evidence, charts: frozenset[str]) -> tuple[ConditionResult, ...]:
    """In the order of the agreement. charts: the ids that there are."""
    ranks = {one.condition.number: place for place, one in enumerate(worst_first(evidence), start=1)}
    return tuple(_condition(evidence, one, ranks[one.condition.number], charts) for one in evidence.assurances)


def _condition(evidence: Evidence, assurance: Assurance, rank: int, charts: frozenset[str]) -> ConditionResult:
    condition = assurance.condition
    best = leading_measure(evidence, condition.number)
    chart = f"indicator-{best.indicator.id.replace('_', '-')}" if best else ""
    return ConditionResult(
        number=condition.number,
        title=condition.short_title,
        full_title=condition.title,
        given=tuple(Given(one.update, one.level.value, one.level.words) for one in assurance.given),
        current=assurance.current.value,
        current_words=assurance.current.words,
        suggested=assurance.suggested.value,
        suggested_words=assurance.suggested.words,
        agreement=assurance.agreement,
        rank=rank,
        measures=measures_cell(assurance),
        apart=_apart(assurance),
        why=(*measures.why(assurance.suggestion), measures.counted(assurance.suggestion)),
        next_step=next_step(evidence, condition.number),
        owner=owner(evidence, condition.number),
        chart_id=chart if chart in charts else "",
        narrative=narrated_part(evidence, f"Condition {condition.number}"),
        tables=named_tables(evidence, f"Condition {condition.number}"),
        indicators=tuple(one.id for one in evidence.workspace.indicators if one.condition == condition.number),
    )


def _apart(assurance: Assurance) -> str:
    """Whether the owner's level and the measures point different ways."""
    state = measures_state(assurance.suggestion)
    if assurance.current in GOOD and state is MeasuresState.WORSENING:
        return words.APART
    return words.APART_BETTER if assurance.current in OFF and state is MeasuresState.IMPROVING else ""


def level_keys(evidence: Evidence) -> tuple[LevelKey, ...]:
    defined = tuple(
        LevelKey(one.level.value, one.level.words, one.definition) for one in evidence.workspace.level_definitions
    )
    missing = (AssuranceLevel.NOT_YET, "The update is not yet due"), (AssuranceLevel.UNKNOWN, "No level is known")
    return (*defined, *(LevelKey(level.value, level.words, meaning) for level, meaning in missing))
