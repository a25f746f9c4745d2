"""Headlines, at most three each: drivers of change, barriers, stakeholder engagement."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import narrative_blocks
from highneeds.report.words import headlines as words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = []
    for part, title in words.OWN_PARTS.items():
        items = evidence.part(part)
        if len(items) > words.MOST:
            raise InputError(
                words.too_many(part, len(items)),
                where=Source(items[words.MOST].paragraph.file, items[words.MOST].paragraph.line),
                remedy=words.FEWER,
            )
        blocks.append(doc.Heading(title))
        blocks += narrative_blocks(items) or (doc.Paragraph(words.NONE),)
    return doc.Section("headlines", words.TITLE, tuple(blocks))
