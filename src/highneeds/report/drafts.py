"""What moved since the last draft: the submission as an earlier run left it, line by line beside what it says now."""

from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest

from highneeds.report import document as doc
from highneeds.report.build import build
from highneeds.report.evidence import Evidence
from highneeds.report.render.text import lines_by_section
from highneeds.report.reports.submission import submission
from highneeds.report.words import review as words
from highneeds.vocabulary.counted import counted

MOST_LINES = 60
"""About three pages of small type; whoever moved more reads the draft again."""


def section(evidence: Evidence) -> doc.Section:
    """What moved, or that nothing did, or that no draft is kept."""
    earlier = evidence.earlier_draft
    if earlier is None:
        return doc.Section("drafts", words.DRAFTS, (doc.Paragraph(words.NO_DRAFT),))
    now = tuple(lines_by_section(build(submission, evidence)))
    found = moved_lines(earlier.lines, now)
    when = {"day": doc.long_date(date.fromisoformat(earlier.made_on)), "run": earlier.fingerprint[:12]}
    if not found:
        return doc.Section("drafts", words.DRAFTS, (doc.Paragraph(words.UNMOVED.format(**when)),))
    same = earlier.report == evidence.workspace.council.report.id
    lead = (words.MOVED if same else words.SINCE_REPORT).format(
        count=counted(len(found), *(("line", "lines") if same else ("line differs", "lines differ"))),
        report=earlier.report,
        **when,
    )
    columns = (
        doc.TableColumn(words.SECTION, width=1.6),
        doc.TableColumn(words.BEFORE, width=4),
        doc.TableColumn(words.AFTER, width=4),
    )
    rows = tuple(
        doc.Row.of(section, before or words.NEW, after or words.GONE) for section, before, after in found[:MOST_LINES]
    )
    further = len(found) - MOST_LINES
    notes = (words.FURTHER.format(count=counted(further, "further line")),) if further > 0 else ()
    table = doc.DataTable("drafts-moved", words.DRAFTS, columns, rows, notes=notes, small=True)
    return doc.Section("drafts", words.DRAFTS, (doc.Paragraph(lead), table))


Lines = Sequence[tuple[str, str]]


def moved_lines(before: Lines, after: Lines) -> list[tuple[str, str, str]]:
    """(section, line before, line now) where they differ; '' on the side that has none."""
    found = []
    for kind, low, high, start, end in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind != "equal":
            for old, new in zip_longest(before[low:high], after[start:end]):
                found.append(((new or old)[0], old[1] if old else "", new[1] if new else ""))
    return found
