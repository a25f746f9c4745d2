"""Ask every question of a workspace."""

import importlib

from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult
from highneeds.checks.published_figures._question import PublishedFigureQuestion
from highneeds.intake.workspace import Workspace
from highneeds.vocabulary.registry import definitions_in


def questions() -> tuple[PublishedFigureQuestion, ...]:
    return definitions_in(importlib.import_module(__package__), PublishedFigureQuestion)


def check_published(workspace: Workspace) -> Findings:
    return Findings(tuple(_ask(question, workspace) for question in questions()))


def _ask(question: PublishedFigureQuestion, workspace: Workspace) -> RuleResult:
    why_not = question.can_ask(workspace)
    if why_not:
        return RuleResult(question.code, Outcome.COULD_NOT_CHECK, why=why_not)
    found = tuple(
        Finding(
            question.code,
            question.severity,
            answer.file,
            answer.line,
            answer.record,
            "",
            answer.message,
            question.fix,
            of_each=answer.of_each,
        )
        for answer in question.ask(workspace)
    )
    return RuleResult(question.code, Outcome.FOUND if found else Outcome.CLEAR, found, looked_at=1)
