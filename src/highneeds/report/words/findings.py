"""A finding as a person reads it at a terminal, and all that was found in a workspace."""

from collections import Counter
from collections.abc import Iterator, Sequence

from highneeds.checks.dashboard_text import SAME
from highneeds.checks.finding import Finding, Findings, Severity

WORDS = {Severity.MUST_FIX: "must be fixed", Severity.QUERY: "to be asked", Severity.NOTE: "to be known"}


def with_its_rule(one: Finding) -> str:
    """'LEDGER-01 (must_fix) spend.csv line 7: The year is missing. Write it.'"""
    place = f"{one.file} line {one.line}: " if one.line else ""
    return f"{one.rule} ({one.severity}) {place}{one.message}. {one.fix}"


def of_a_workspace(findings: Sequence[Finding], missing: Sequence[tuple[str, str]]) -> Iterator[str]:
    """How many findings there are and what each says, what must be fixed first; then what each missing file adds.

    missing   (file, what it would add)
    """
    counts = Counter(one.severity for one in findings)
    parts = [f"{counts[one]} {WORDS[one]}" for one in Severity if counts[one]]
    yield ", ".join(parts) if parts else "Nothing is wrong."
    for severity in Severity:
        some = [one for one in findings if one.severity is severity]
        if some:
            yield f"\n{WORDS[severity].capitalize()}"
            yield from (_in_its_place(one) for one in some)
    if missing:
        yield "\nWhat is not there, and what it would add"
        yield from (f"  {name}: {adds}" for name, adds in missing)


def _in_its_place(one: Finding) -> str:
    line = f" line {one.line}" if one.line else ""
    column = f", column {one.field}" if one.field and one.line else ""
    place = f"{one.file}{line}{column}: " if one.file else ""
    return f"  {place}{one.message.rstrip('.')}. {one.fix.rstrip('.')}."


def cells_agree(found: Findings) -> str:
    """How many cells of a dashboard's page text are as the workspace has them."""
    same = next(result for result in found.results if result.rule == SAME)
    return f"{same.looked_at - len(same.findings)} of {same.looked_at} cells agree exactly."
