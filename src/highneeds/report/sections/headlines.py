"""Headlines, at most three each: drivers of change, barriers, stakeholder engagement."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import narrative_blocks
from highneeds.vocabulary.errors import InputError

PARTS = {
    "Headlines: drivers of change": "What has driven positive change",
    "Headlines: barriers": "What stands in the way",
    "Headlines: stakeholder engagement": "Examples of engagement",
}
MOST = 3


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = []
    for part, title in PARTS.items():
        items = evidence.part(part)
        if len(items) > MOST:
            raise InputError(
                f"'{part}' has {len(items)} items where the template allows {MOST}",
                where=f"{items[MOST].paragraph.file} line {items[MOST].paragraph.line}",
                remedy="Keep the three that matter most",
            )
        blocks.append(doc.Heading(title))
        blocks += narrative_blocks(items) or (doc.Paragraph("None given."),)
    return doc.Section("headlines", "Headlines", tuple(blocks))
