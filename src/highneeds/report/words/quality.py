"""What the checks of the data found, and what they could not check."""

from highneeds.checks.finding import Outcome, Severity
from highneeds.vocabulary.counted import counted

TITLE = "Data quality"
SEVERITIES = {Severity.MUST_FIX: "Must fix", Severity.QUERY: "Query", Severity.NOTE: "Note"}
OUTCOMES = {Outcome.FOUND: "Found", Outcome.CLEAR: "Clear", Outcome.COULD_NOT_CHECK: "Could not check"}
ABOUT, SEVERITY, FOUND, FIX = "About", "Severity", "What was found", "What to do"
CHECK, OUTCOME, FINDINGS, WHY_NOT = "Check", "Outcome", "Findings", "Why it could not be checked"
EVERY_CHECK = "Every check and its outcome"
NOT_CHECKED = "What could not be checked"


def more_like_it(further: int) -> tuple[str, ...]:
    """('And 6 more like these.',); () where there are none."""
    return (f"And {further} more like {'this' if further == 1 else 'these'}.",) if further else ()


def finding(findings: int, checks: int, outcomes: dict[Outcome, int], must_fix: int) -> str:
    """How many checks found something, how many were clear, how many could not be made."""
    fix = "none must be fixed before the report goes out" if not must_fix else f"{must_fix} must be fixed first"
    if not findings:
        none = "could not be made, the rest found nothing" if outcomes[Outcome.COULD_NOT_CHECK] else "found anything"
        some = f"{outcomes[Outcome.COULD_NOT_CHECK]}" if outcomes[Outcome.COULD_NOT_CHECK] else "none"
        return f"Of {counted(checks, 'check')} {some} {none}."
    return (
        f"{counted(findings, 'finding')} from {counted(checks, 'check')}: "
        f"{counted(outcomes[Outcome.FOUND], 'check')} found something, "
        f"{counted(outcomes[Outcome.CLEAR], 'is', 'are')} clear, "
        f"{outcomes[Outcome.COULD_NOT_CHECK]} could not be made; {fix}."
    )
