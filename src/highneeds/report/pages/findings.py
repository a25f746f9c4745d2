"""Data quality, for its page."""

from collections.abc import Callable

from highneeds.checks.finding import Finding, RuleResult, Severity
from highneeds.report.evidence import Evidence
from highneeds.report.pages.results.findings import FindingRow, FindingsResult, RuleLine
from highneeds.report.pages.results.parts import PageFinding
from highneeds.report.sections.quality import finding
from highneeds.report.words.plainly import plain_names, plainly


def findings_result(evidence: Evidence, question: Callable[[str], str]) -> FindingsResult:
    """`question`: the words of a rule by its code."""
    return FindingsResult(
        sentence=PageFinding.of(finding(evidence)),
        rules=tuple(_rule(one, question) for one in evidence.findings.by_rule()),
        rows=tuple(_row(evidence, one) for one in evidence.findings.all),
    )


def _rule(one: RuleResult, question: Callable[[str], str]) -> RuleLine:
    severity = one.findings[0].severity if one.findings else Severity.QUERY
    return RuleLine(
        rule=one.rule,
        question=question(one.rule),
        severity=severity.value,
        outcome=one.outcome.value,
        looked_at=one.looked_at,
        found=len(one.findings),
        why=plainly(one.why) if one.why else "",
    )


def _row(evidence: Evidence, one: Finding) -> FindingRow:
    known = {indicator.id for indicator in evidence.workspace.indicators}
    about = f"indicator:{one.record}" if one.record in known else ""
    return FindingRow(
        rule=one.rule,
        severity=one.severity.value,
        file=one.file,
        line=one.line,
        record=plain_names(one.record),
        field=plain_names(one.field),
        message=plainly(one.message),
        fix=one.fix,
        about=about,
    )
