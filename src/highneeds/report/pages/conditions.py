"""Assurance, for its page and the dashboard."""

from highneeds.assurance.levels import Assurance
from highneeds.report import results
from highneeds.report.evidence import Evidence
from highneeds.report.pages.narrative import narrated
from highneeds.vocabulary.assurance_level import AssuranceLevel


def condition_result(evidence: Evidence, assurance: Assurance) -> results.Condition:
    condition = assurance.condition
    return results.Condition(
        number=condition.number,
        title=condition.short_title,
        full_title=condition.title,
        given=tuple(results.Given(one.update, one.level.value, one.level.words) for one in assurance.given),
        current=assurance.current.value,
        current_words=assurance.current.words,
        suggested=assurance.suggested.value,
        suggested_words=assurance.suggested.words,
        agreement=assurance.agreement,  # type: ignore[arg-type]
        why=(assurance.sentence, *assurance.why, assurance.suggestion.counted),
        narrative=tuple(narrated(evidence, one) for one in evidence.part(f"Condition {condition.number}")),
        indicators=tuple(one.id for one in evidence.workspace.indicators if one.condition == condition.number),
    )


def level_keys(evidence: Evidence) -> tuple[results.LevelKey, ...]:
    defined = tuple(
        results.LevelKey(one.level.value, one.level.words, one.definition)
        for one in evidence.workspace.level_definitions
    )
    missing = (AssuranceLevel.NOT_YET, "The update is not yet due"), (AssuranceLevel.UNKNOWN, "No level is known")
    return (*defined, *(results.LevelKey(level.value, level.words, meaning) for level, meaning in missing))
