"""The template's three questions with the council's commentary, and the openings as planned and as they are now."""

from highneeds.registers.definitions.openings import slip_in_months
from highneeds.registers.register import RegisterRow
from highneeds.report import document as doc
from highneeds.report.charts.gantt import GanttBar, gantt_chart
from highneeds.report.evidence import Evidence
from highneeds.report.sections import _narrative
from highneeds.report.sections._steps import is_earliest
from highneeds.report.sections.standing import answers, is_late
from highneeds.report.words import on_track as words
from highneeds.report.words.standing import school_words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.words import short_name


def section(evidence: Evidence) -> doc.Section:
    blocks: list[doc.Block] = []
    any_written = any(_narrative.part(evidence, one) for one in words.PARTS)
    rows = evidence.rows("openings")
    if not any_written:
        chart = (openings_chart(evidence, rows),) if rows else ()
        return doc.Section("on-track", words.TITLE, (doc.Paragraph(words.NO_COMMENTARY), *chart))
    for answer, part in zip(answers(evidence), words.PARTS, strict=True):
        blocks.append(doc.Heading(answer.question))
        written = _narrative.blocks(evidence, part)
        blocks.append(doc.Paragraph((doc.Span(words.answer(answer.word), bold=True), f" {doc.plain(answer.reason)}")))
        blocks += written or (doc.Paragraph(words.NO_COMMENT),)
    if rows:
        blocks.append(openings_chart(evidence, rows))
    return doc.Section("on-track", words.TITLE, tuple(blocks), new_page=True)


def openings_chart(evidence: Evidence, rows: tuple[RegisterRow, ...]) -> doc.ChartBlock:
    bars = [
        GanttBar(
            short_name(row["opening"]),
            row["planned"],
            row["opened"] or row["expected"],
            _where(evidence, row),
            row["status"] == "open",
        )
        for row in rows
    ]
    late = sum(is_late(evidence, row) for row in rows)
    return gantt_chart(
        id="openings",
        title=words.openings_title(late, len(rows)),
        bars=bars,
        today=Month.of(evidence.workspace.council.report.submitted),
        source=words.OPENINGS_SOURCE,
    )


def _where(evidence: Evidence, row: RegisterRow) -> str:
    sentence = school_words("", slip_in_months(row), row["status"], is_earliest(evidence, row)).strip()
    return sentence[:1].upper() + sentence[1:]
