"""A definition proves itself: its example gives what it expects, and each rule catches what breaks it."""

from dataclasses import replace
from datetime import date
from typing import Any

from highneeds.checks.finding import Outcome, RuleResult
from highneeds.checks.rule import Rule
from highneeds.registers.mechanism.declared import results_in
from highneeds.registers.mechanism.measuring import TOTAL, measures_of
from highneeds.registers.mechanism.register import Register
from highneeds.registers.mechanism.row import RegisterRow
from highneeds.registers.mechanism.rules import WholeRule
from highneeds.registers.mechanism.settings import settings_of
from highneeds.registers.mechanism.situation import Situation
from highneeds.registers.mechanism.stated import StatedFigure


def example_situation(register: Register) -> Situation:
    """The worked example, with the rows of other registers that it needs."""
    from highneeds.registers.registry import registers

    rows = register.rows_of(register.example)
    others = {name: registers()[name].rows_of(given) for name, given in register.beside.items()}
    return register.situation(
        rows,
        register.example_as_at,
        others={**others, register.name: rows},
        settings=settings_of(register.example_settings),
        council=register.example_council,
        facts={},
    )


def found_by_example(register: Register) -> list[str]:
    """The codes of all rules that find something in the worked example on its day."""
    at = example_situation(register)
    results = (*register.asked(at.rows).findings.results, *results_in(register, at))
    return [one.rule for one in results if one.outcome is Outcome.FOUND]


def expected(register: Register) -> list[tuple[str, str, str, str, str]]:
    """The lines of `expects`: measure | cut | category | period | value; an empty cut is the total."""
    lines = [line for line in register.expects.strip().splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [(name, cut or TOTAL, category, period, value) for name, cut, category, period, value in cells]


def given_by_example(register: Register) -> dict[tuple[str, str, str, str], str]:
    """What the measures of the worked example come to; a gap is its reason."""
    return {
        (one.measure, one.cut, one.category, one.period): one.shown or str(one.value.reason)
        for one in measures_of(example_situation(register))
    }


def broken_row(register: Register, rule: Rule) -> RegisterRow:
    """The smallest row that breaks a row rule; every other cell is empty."""
    return register.rows_of([rule.broken_by], "broken.csv")[0]


def allowed_result(register: Register, rule: WholeRule) -> RuleResult:
    """How a whole rule ends where what it holds for stands in the last of the rows that break it."""
    rule = replace(rule, **rule.instead)
    *first, last = rule.broken_by
    others = {name: list(rows) for name, rows in rule.others.items()}
    for name, value in rule.holds_for.items():
        other, dot, column = name.partition(".")
        if dot:
            others[other][-1] = {**others[other][-1], column: value}
        else:
            last = {**last, name: value}
    beside = {name: tuple(rows) for name, rows in others.items()}
    return broken_result(register, replace(rule, broken_by=(*first, last), others=beside))


def broken_result(register: Register, rule: WholeRule, as_at: date | None = None) -> RuleResult:
    """How a whole rule ends on the rows that break it."""
    from highneeds.registers.registry import registers

    rows = register.rows_of(rule.broken_by, "broken.csv")
    others = {name: registers()[name].rows_of(given) for name, given in rule.others.items()}
    facts = None if rule.facts is None else {name: _fact(name, value) for name, value in rule.facts.items()}
    at = register.situation(
        rows,
        as_at or register.example_as_at,
        others={register.name: rows, **others},
        settings=settings_of(rule.settings),
        observed=rule.observed,
        council=rule.council,
        facts=facts,
        cases=rule.cases,
        history=rule.history,
    )
    return rule.result(rows, at, register.key)


def _fact(name: str, value: Any) -> StatedFigure:
    return StatedFigure(name, value, None, "gbp", str(value), "", "exact")
