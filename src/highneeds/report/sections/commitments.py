"""Caseload, commitments and ledger held together; an invented one stands labelled and enters nothing else."""

from collections.abc import Iterator

from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._views import table_of
from highneeds.vocabulary.table import Table

TITLE = "Caseload, commitments and ledger"
LABEL = "Synthetic data"
NO_BOOK = "The workspace keeps no commitment book, so caseload, commitments and ledger are not held together."
WHAT_FOR = (
    "No child, provider, price or payment in them is real, and a few slips are in them on purpose. They are here so "
    "that the matching can be tried and shown; no answer, claim or figure of the account rests on them."
)


def section(evidence: Evidence) -> doc.Section:
    found = evidence.account.books or evidence.invented_books
    if found is None:
        return doc.Section("commitments", TITLE, (doc.Paragraph(NO_BOOK),), new_page=True)
    title = f"{TITLE} ({LABEL})" if found.synthetic else TITLE
    blocks = tuple(_told(found))
    return doc.Section("commitments", title, blocks, new_page=True, landscape=True, synthetic=found.synthetic)


def invented_section(evidence: Evidence) -> doc.Section | None:
    """Books that are invented; None where there are none."""
    found = evidence.account.books or evidence.invented_books
    return section(evidence) if found is not None and found.synthetic else None


def _told(found: MatchedBooks) -> Iterator[doc.Block]:
    """Headlines, what does not match, and the year by line. References of children stay on the pages inside."""
    if found.synthetic:
        yield doc.Note(f"{LABEL}: these three books are invented", WHAT_FOR)
    yield doc.Paragraph(f"Read: {', '.join(found.names)}.")
    yield doc.Bullets(found.headlines)
    if found.matching.rows:
        heads = {"meaning": "What does not match", "count": "How many", "matched_gbp": "Pounds"}
        heads |= {"count_change": "More than a month before", "moved_gbp": "Pounds more than a month before"}
        yield table_of(_renamed(found.matching), _id(found, "matching"), heads)
    yield doc.Paragraph(" ".join(found.costs))
    heads = {"line": "Section 251 line", "budget_gbp": "Budget", "actual_gbp": "Actual", "accrual_gbp": "Accrued"}
    heads |= {"still_committed_gbp": "Still committed", "forecast_gbp": "Forecast"}
    missing = {"budget_gbp": "no budget given", "actual_gbp": "no postings", "forecast_gbp": "no forecast"}
    yield table_of(found.lines, _id(found, "by-line"), heads, missing=missing)


def _id(found: MatchedBooks, name: str) -> str:
    """Of a table, so also of its CSV file and its sheet: the name says where the figures are invented."""
    return f"{'synthetic-' if found.synthetic else ''}commitments-{name}"


def _renamed(matching: Table) -> Table:
    """The command's columns under names that say they are money."""
    names = {"gbp": "matched_gbp", "gbp_change": "moved_gbp"}
    return Table(tuple(names.get(name, name) for name in matching.columns), matching.rows, matching.title)
