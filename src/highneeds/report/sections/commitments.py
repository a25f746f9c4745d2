"""Caseload, commitments and ledger held together; an invented one stands labelled and enters nothing else."""

from collections.abc import Iterator
from dataclasses import replace

from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._views import table_of
from highneeds.report.views.books import by_line, mismatches
from highneeds.report.words import commitments as words
from highneeds.vocabulary.table import Table


def section(evidence: Evidence) -> doc.Section:
    found = evidence.account.books or evidence.invented_books
    if found is None:
        return doc.Section("commitments", words.TITLE, (doc.Paragraph(words.NO_BOOK),), new_page=True)
    title = f"{words.TITLE} ({words.LABEL})" if found.synthetic else words.TITLE
    blocks = tuple(_blocks(found))
    return doc.Section("commitments", title, blocks, new_page=True, landscape=True, synthetic=found.synthetic)


def invented_section(evidence: Evidence) -> doc.Section | None:
    """An invented commitment book held against an invented ledger; None where there are none."""
    found = evidence.account.books or evidence.invented_books
    return section(evidence) if found is not None and found.synthetic else None


def _blocks(found: MatchedBooks) -> Iterator[doc.Block]:
    """Headlines, what does not match, and the year by line. References of children stay on the pages inside."""
    if found.synthetic:
        yield doc.NoteBlock(words.INVENTED, words.WHAT_FOR)
    yield doc.Paragraph(words.read(found.read))
    yield doc.Bullets(tuple(words.said(one) for one in found.headlines))
    if found.matching.headlines:
        yield table_of(_renamed(mismatches(found.matching, found.before)), _id(found, "matching"), words.MATCHING_HEADS)
    yield doc.Paragraph(" ".join(words.said(one) for one in found.costs))
    yield table_of(by_line(found.year), _id(found, "by-line"), words.LINE_HEADS, missing=words.NONE_OF_LINE)


def _id(found: MatchedBooks, name: str) -> str:
    """Of a table, so also of its CSV file and its sheet: the name says where the figures are invented."""
    return f"{'synthetic-' if found.synthetic else ''}commitments-{name}"


def _renamed(matching: Table) -> Table:
    """The command's columns under names that say they are money."""
    names = {"gbp": "matched_gbp", "gbp_change": "moved_gbp"}
    return replace(matching, columns=tuple(names.get(name, name) for name in matching.columns))
