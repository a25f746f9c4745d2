"""Is the plan on track? Three answers, derived from figures, with the council's commentary."""

from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._words import narrative_blocks
from highneeds.report.sections.first_page import answer_block
from highneeds.report.words import account as account_words
from highneeds.report.words import on_track as words


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = []
    for number, (answer, part) in enumerate(zip(evidence.money.answers, words.PARTS, strict=True), start=1):
        blocks.append(doc.Heading(words.question(answer)))
        blocks.append(doc.Answers((answer_block(answer),), id=f"answer-{number}", title=f"Answer {number}"))
        blocks += narrative_blocks(evidence.part(part))
    if evidence.money.position:
        blocks.append(doc.NoteBlock(words.HOW_IT_CAME, " ".join(account_words.stands(evidence.money.position))))
    return doc.Section("on-track", words.OWN_TITLE, tuple(blocks), new_page=True)
