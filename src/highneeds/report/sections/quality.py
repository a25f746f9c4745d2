"""Annex B: what the checks found in the published figures, and what they could not check."""

from highneeds.checks.finding import Outcome, Severity
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence

SEVERITIES = {Severity.MUST_FIX: "Must fix", Severity.QUERY: "Query", Severity.NOTE: "Note"}


def section(evidence: Evidence) -> doc.Section:
    return doc.Section(
        "quality",
        "Annex B. Data quality",
        (doc.Paragraph(finding(evidence)), findings_table(evidence), rules_table(evidence)),
        new_page=True,
    )


def finding(evidence: Evidence) -> str:
    """How many checks found something, how many were clear, how many could not be made."""
    checks = evidence.findings.by_rule()
    count = {outcome: sum(one.outcome is outcome for one in checks) for outcome in Outcome}
    must = len(evidence.findings.must_fix)
    fix = "none must be fixed before the report goes out" if not must else f"{must} must be fixed first"
    return (
        f"{len(evidence.findings.all)} findings from {len(checks)} checks: {count[Outcome.FOUND]} "
        f"checks found something, {count[Outcome.CLEAR]} are clear, {count[Outcome.COULD_NOT_CHECK]} could not be "
        f"made; {fix}."
    )


def findings_table(evidence: Evidence) -> doc.DataTable:
    columns = (
        doc.Column("Check", width=2.2),
        doc.Column("Severity"),
        doc.Column("About", width=2.6),
        doc.Column("What was found", width=4),
        doc.Column("What to do", width=3.2),
    )
    titles = {one.id: one.short_title for one in evidence.workspace.indicators}
    rows = tuple(
        doc.Row.of(
            one.rule,
            SEVERITIES[one.severity],
            titles.get(one.record, one.record.replace("_", " ")),
            f"{one.message}.",
            one.fix,
        )
        for one in evidence.findings.all
    )
    return doc.DataTable("quality-findings", "Findings", columns, rows)


def rules_table(evidence: Evidence) -> doc.DataTable:
    """Every check with its outcome: 'could not check' never looks like 'nothing found'."""
    words = {Outcome.FOUND: "Found", Outcome.CLEAR: "Clear", Outcome.COULD_NOT_CHECK: "Could not check"}
    columns = (
        doc.Column("Check", width=3),
        doc.Column("Outcome", width=1.4),
        doc.Column("Findings", align=doc.Align.RIGHT),
        doc.Column("Why it could not be checked", width=3),
    )
    rows = tuple(
        doc.Row.of(one.rule, words[one.outcome], doc.Cell(len(one.findings), str(len(one.findings))), one.why or "")
        for one in evidence.findings.by_rule()
    )
    return doc.DataTable("quality-checks", "Every check and its outcome", columns, rows)
