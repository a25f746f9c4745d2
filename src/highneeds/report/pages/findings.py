"""Data quality, for its page."""

from collections.abc import Callable

from highneeds.checks.finding import Finding, Outcome, RuleResult, Severity
from highneeds.report import results
from highneeds.report.evidence import Evidence
from highneeds.report.sections.quality import finding


def findings_result(evidence: Evidence, question: Callable[[str], str]) -> results.Findings:
    """`question`: the words of a rule by its code."""
    by_rule: dict[str, list[RuleResult]] = {}
    for one in evidence.findings.results:
        by_rule.setdefault(one.rule, []).append(one)
    return results.Findings(
        sentence=finding(evidence),
        rules=tuple(_rule(code, found, question) for code, found in by_rule.items()),
        rows=tuple(_row(evidence, one) for one in evidence.findings.all),
    )


def _rule(code: str, found: list[RuleResult], question: Callable[[str], str]) -> results.RuleLine:
    """One rule asked of several things is one line: found if anything was, clear only if everything was."""
    rows = [finding for one in found for finding in one.findings]
    outcomes = {one.outcome for one in found}
    outcome = Outcome.FOUND if Outcome.FOUND in outcomes else min(outcomes, key=list(Outcome).index)
    severity = rows[0].severity if rows else Severity.QUERY
    whys = dict.fromkeys(one.why for one in found if one.why)
    return results.RuleLine(
        rule=code,
        question=question(code),
        severity=severity.value,
        outcome=outcome.value,
        looked_at=sum(one.looked_at for one in found),
        found=len(rows),
        why="; ".join(whys),
    )


def _row(evidence: Evidence, one: Finding) -> results.FindingRow:
    known = {indicator.id for indicator in evidence.workspace.indicators}
    about = f"indicator:{one.record}" if one.record in known else ""
    return results.FindingRow(
        one.rule, one.severity.value, one.file, one.line, one.record, one.field, one.message, one.fix, about
    )
