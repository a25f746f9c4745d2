"""Headlines, at most three each: drivers of change, barriers, engagement."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import _narrative
from highneeds.report.words import headlines as words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source


def section(evidence: Evidence) -> doc.Section | None:
    if not any(_narrative.part(evidence, one) for one in words.PARTS):
        return None
    blocks: list[doc.Block] = []
    for part, title in words.PARTS.items():
        items = _narrative.part(evidence, part)
        if len(items) > words.MOST:
            raise InputError(
                words.too_many(part, len(items)),
                where=Source(items[words.MOST].file, items[words.MOST].line),
                remedy=words.FEWER,
            )
        blocks.append(doc.Heading(title))
        blocks += _narrative.blocks(evidence, part) or (doc.Paragraph(words.NONE),)
    return doc.Section("headlines", words.TITLE, tuple(blocks), together=True)
