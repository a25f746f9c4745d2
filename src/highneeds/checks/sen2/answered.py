"""Findings that a caseworker answered: what is there is right as it is, so it is said and not asked again."""

from collections.abc import Sequence
from dataclasses import replace

from highneeds.checks.finding import Finding, Findings, Severity
from highneeds.intake.sen2.corrections import Correction, item_of

UNREADABLE = "unreadable"
"""Not a rule: a cell that could not be read, which the sheet asks for by itself."""
ANSWERED = "right as it is, by the corrections sheet"
STILL = "called right as it is by the corrections sheet, but what must be fixed cannot stand"
"""Decision 0278: a return with an error is not taken by the department, whoever calls it right; a query is."""


def with_answers(found: Findings, corrections: Sequence[Correction]) -> Findings:
    """The same findings; a query that was answered is a note that says so. What must be fixed stays and says why."""
    if not any(one.stands for one in corrections):
        return found
    results = tuple(
        replace(one, findings=tuple(_answered(finding, corrections) for finding in one.findings))
        for one in found.results
    )
    return Findings(results)


def _answered(finding: Finding, corrections: Sequence[Correction]) -> Finding:
    if finding.row is None or not is_answered(finding.row, finding.field, finding.rule, corrections):
        return finding
    if finding.severity is Severity.MUST_FIX:
        return replace(finding, message=f"{finding.message}: {STILL}")
    return replace(finding, severity=Severity.NOTE, message=f"{finding.message}: {ANSWERED}")


def is_answered(row: tuple[str, int], item: str, rule: str, corrections: Sequence[Correction]) -> bool:
    """True where the corrections sheet says of this cell that it stands, for this rule or where it was not read."""
    field = item_of(row[0], item)
    column, rules = field.column if field else "", ("", rule)
    mine = [one for one in corrections if one.stands and (one.module, one.row, one.item) == (*row, column)]
    return any(rule == UNREADABLE or one.rule in rules for one in mine)
