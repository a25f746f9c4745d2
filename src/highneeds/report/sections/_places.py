"""Where a figure stands, as a person finds it: the title of the document, its section and page."""

import re

from highneeds.report.evidence import Evidence
from highneeds.report.words import notes as words
from highneeds.vocabulary.source import Source


def with_documents(text: str, evidence: Evidence) -> str:
    """'£30m (REPORT line 15)' -> '£30m (Monitoring report to DfE, page 2)': of each document that the council lists."""
    titles = evidence.workspace.agreement.documents
    if not titles:
        return text
    ids = "|".join(re.escape(one) for one in sorted(titles, key=len, reverse=True))
    return re.sub(rf"\b({ids})(?:\sline\s(\d+))?\b", lambda found: _place(evidence, found[1], found[2]), text)


def _place(evidence: Evidence, document: str, line: str | None) -> str:
    agreement = evidence.workspace.agreement
    part = agreement.part_of(Source(document, int(line) if line else None))
    return words.found_in(agreement.documents[document], part.name if part else "", part.page if part else None)
