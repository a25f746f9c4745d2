"""Text of the narrative under headings that have no place of their own: shown as it is written, never lost."""

from highneeds.intake.workspace.headings import known_headings
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import _narrative

TITLE = "Further text"


def section(evidence: Evidence) -> doc.Section | None:
    known = set(known_headings([one.number for one in evidence.workspace.agreement.conditions]))
    others = list(dict.fromkeys(one.section for one in evidence.workspace.narrative if one.section not in known))
    if not others:
        return None
    blocks: list[doc.Block] = []
    for heading in others:
        blocks += [doc.Heading(heading), *_narrative.blocks(evidence, heading)]
    return doc.Section("further-text", TITLE, tuple(blocks))
