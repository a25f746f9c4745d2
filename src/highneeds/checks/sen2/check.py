"""Run every SEN2 rule over a return."""

import importlib
from collections.abc import Iterable
from functools import cache

from highneeds.caseload import Caseload
from highneeds.checks.finding import Findings, Outcome, RuleResult
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._rule import Sen2Rule
from highneeds.intake.establishments import Establishments
from highneeds.intake.sen2.rows import MODULES, Return
from highneeds.vocabulary.progress import Progress, no_progress
from highneeds.vocabulary.registry import definitions_in


@cache
def rules() -> tuple[Sen2Rule, ...]:
    """Every SEN2 rule, by module and code; a new function is all it takes."""
    package = importlib.import_module(__package__)
    return tuple(sorted(definitions_in(package, Sen2Rule), key=lambda rule: rule.code))


def check(
    return_: Return,
    establishments: Establishments | None = None,
    before: Caseload | None = None,
    progress: Progress = no_progress,
) -> Findings:
    """What each rule found, that it found nothing, or why it could not be checked. told: how many rules are done."""
    book = ReturnUnderCheck(return_, None if establishments is None else establishments.frame, before)
    results = {rule.code: _could_not(rule, why) for rule in rules() if (why := rule.why_not(book))}
    askable = [rule for rule in rules() if rule.code not in results]
    for module in MODULES:
        of_module = [rule for rule in askable if rule.module == module and not rule.across]
        results |= _row_rules(book, module, of_module)
        progress(f"Checking {module.replace('_', ' ')}", len(results), len(rules()))
    for rule in askable:
        if rule.finder is not None:
            progress(f"Checking across records, {rule.code}", len(results), len(rules()))
            results[rule.code] = rule.result(book, rule.finder(book), return_.module(rule.module).height)
    return Findings(tuple(results[rule.code] for rule in rules()))


def _could_not(rule: Sen2Rule, why: str) -> RuleResult:
    return RuleResult(rule.code, Outcome.COULD_NOT_CHECK, why=why)


def _row_rules(book: ReturnUnderCheck, module: str, asked: Iterable[Sen2Rule]) -> dict[str, RuleResult]:
    """All row rules of a module in one pass over its columns."""
    asked = list(asked)
    view = book.view(module)
    answers = view.select(rule.predicate().fill_null(False).alias(rule.code) for rule in asked if rule.predicate)
    nothing = view.clear()
    return {
        rule.code: rule.result(
            book, view.filter(answers[rule.code]) if answers[rule.code].any() else nothing, view.height
        )
        for rule in asked
    }
