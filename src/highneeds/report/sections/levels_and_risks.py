"""The four levels and the risk register, as the template has them."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import levels
from highneeds.report.sections.risks import risk_rows
from highneeds.report.words import risks as words


def section(evidence: Evidence) -> doc.Section | None:
    blocks: list[doc.Block] = []
    if evidence.workspace.level_definitions:
        blocks += levels.section(evidence).blocks
    rows = evidence.rows("risks")
    blocks += [risk_rows(evidence)] if rows else [doc.Paragraph(words.NONE)]
    title = words.TITLE if evidence.workspace.level_definitions else words.RISKS_ALONE
    return doc.Section("risks", title, tuple(blocks))
