"""What intake found in a money file, as findings."""

from collections.abc import Iterable

from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.frames import Problem


def problem_findings(rule: str, problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Each problem as a finding: one that blocks must be put right before anything is posted."""
    return tuple(
        Finding(
            rule,
            Severity.MUST_FIX if one.blocking else Severity.QUERY,
            one.file,
            one.line,
            "",
            one.column,
            one.message,
            f"{one.remedy}.",
        )
        for one in problems
    )
