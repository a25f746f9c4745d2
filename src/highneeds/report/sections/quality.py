"""What the checks found in the published figures, and what they could not check."""

from collections.abc import Collection, Iterator

from highneeds.checks.finding import Finding, Outcome, Severity
from highneeds.registers.mechanism.declared import codes_of
from highneeds.registers.registry import registers
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._rule_words import rule_questions
from highneeds.report.shown_number import ShownNumber
from highneeds.report.words import quality as words
from highneeds.report.words.money import PAYERS
from highneeds.report.words.plainly import plainly

MOST_EXAMPLES = 3
"""Months of one finding that a reader of paper is shown; `highneeds check` and the pages list every one."""


def section(evidence: Evidence) -> doc.Section:
    return doc.Section(
        "quality",
        words.TITLE,
        (doc.Paragraph(finding(evidence)), findings_table(evidence), rules_table(evidence)),
        inside=True,
    )


def for_review(evidence: Evidence) -> doc.Section:
    """What was found and what could not be checked; the checks that are clear are counted, and listed on the pages.

    What the checks of the registers found stands in the part of each register, and two published figures for one thing
    in a section of their own.
    """
    own = frozenset(code for register in registers().values() for code in codes_of(register))
    tables = (findings_table(evidence, without=own, most=MOST_EXAMPLES), not_checked(evidence, own))
    filled: list[doc.Block] = [table for table in tables if table.rows]
    return doc.Section("quality", words.TITLE, (doc.Paragraph(finding(evidence)), *filled), inside=True)


def finding(evidence: Evidence) -> str:
    """How many checks found something, how many were clear, how many could not be made."""
    checks = evidence.findings.by_rule()
    count = {outcome: sum(one.outcome is outcome for one in checks) for outcome in Outcome}
    return words.finding(len(evidence.findings.all), len(checks), count, len(evidence.findings.must_fix))


def findings_table(evidence: Evidence, without: Collection[str] = (), most: int | None = None) -> doc.DataTable:
    """What was found, by check. without: rules that are told elsewhere; most: examples of one thing, where not all."""
    columns = (
        doc.TableColumn(words.ABOUT, width=2.6),
        doc.TableColumn(words.SEVERITY, width=1.2),
        doc.TableColumn(words.FOUND, width=4.4),
        doc.TableColumn(words.FIX, width=3.4),
    )
    questions = rule_questions()
    by_check: dict[str, list[Finding]] = {}
    elsewhere = {one.about for one in evidence.money.findings} if without else set()
    for one in evidence.findings.all:
        if one.rule in without or one.about in elsewhere:
            continue
        by_check.setdefault(questions.get(one.rule, one.rule), []).append(one)
    rows = tuple(row for check, found in by_check.items() for row in _of_check(check, found, evidence, most))
    return doc.DataTable("quality-findings", words.FINDINGS, columns, rows, group_name=words.CHECK)


def _of_check(check: str, found: list[Finding], evidence: Evidence, most: int | None) -> Iterator[doc.Row]:
    """The check as a heading, then what it found; findings that say the same, or of the same, are one row."""
    yield doc.Row.group(check)
    alike: dict[tuple[Severity, str, str], list[str]] = {}
    for one in found:
        alike.setdefault((one.severity, one.message, one.fix), []).append(about(one, evidence))
    same: dict[tuple[str, Severity, str], list[str]] = {}
    for (severity, message, fix), names in alike.items():
        said = plainly(f"{message}.")
        same.setdefault(("; ".join(dict.fromkeys(names)), severity, fix), []).append(said)
    for (name, severity, fix), messages in same.items():
        text = " ".join([*messages[:most], *words.more_like_it(len(messages[most:]) if most else 0)])
        yield doc.Row.of(name, words.SEVERITIES[severity], text, f"{fix.rstrip('.')}.")


def about(one: Finding, evidence: Evidence) -> str:
    """What a finding speaks of, in words: the titles of its indicators, the meanings of its figures."""
    names = {one.id: one.short_title for one in evidence.workspace.indicators}
    names |= {fact.id: fact.meaning for fact in evidence.workspace.facts} | PAYERS
    ids = one.of_each or (one.record,)
    if all(id in names for id in ids):
        return "; ".join(dict.fromkeys(names[id] for id in ids))
    return plainly(one.record)


def not_checked(evidence: Evidence, without: Collection[str]) -> doc.DataTable:
    """What could not be checked, and why; what was found stands in its own table."""
    questions = rule_questions()
    columns = (doc.TableColumn(words.CHECK, width=4), doc.TableColumn(words.WHY_NOT, width=4))
    rows = tuple(
        doc.Row.of(questions.get(one.rule, one.rule), plainly(f"{one.why}."))
        for one in evidence.findings.by_rule()
        if one.rule not in without and one.outcome is Outcome.COULD_NOT_CHECK
    )
    return doc.DataTable("quality-checks", words.NOT_CHECKED, columns, rows)


def rules_table(evidence: Evidence) -> doc.DataTable:
    """Every check with its outcome: 'could not check' never looks like 'nothing found'."""
    questions = rule_questions()
    columns = (
        doc.TableColumn(words.CHECK, width=3),
        doc.TableColumn(words.OUTCOME, width=1.4),
        doc.TableColumn(words.FINDINGS, align=doc.Align.RIGHT),
        doc.TableColumn(words.WHY_NOT, width=3),
    )
    rows = tuple(
        doc.Row.of(
            questions.get(one.rule, one.rule),
            words.OUTCOMES[one.outcome],
            doc.Cell.number(len(one.findings), ShownNumber(grouped=False)),
            one.why or "",
        )
        for one in evidence.findings.by_rule()
    )
    return doc.DataTable("quality-checks", words.EVERY_CHECK, columns, rows)
