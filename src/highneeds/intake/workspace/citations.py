"""What people cite of a document where they write freely: 'REPORT lines 11 and 195; once', 'PAGE 12-14'.

It is read once, where the cell is read, into the document and its lines; the agreement says how a reader finds them.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from highneeds.intake.workspace.agreement import Agreement
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.words import listed


@dataclass(frozen=True)
class Citation:
    """lines   those that are named; of a stretch of lines its first and its last"""

    document: str
    lines: tuple[int, ...]


def citations_in(text: str, documents: Collection[str]) -> Iterator[str | Citation]:
    """The text in its parts. Only the ids of `documents` are cited so: 'REPORTS 2' and 'REPORT 2,345' are words."""
    ids = "|".join(re.escape(name) for name in sorted(documents, key=len, reverse=True))
    cited = re.compile(rf"\b({ids})(?: lines?)? (\d+(?:(?:, | and | to |-)\d+)*)(?![\d,.]*\d)")
    at = 0
    for found in cited.finditer(text) if documents else ():
        if found.start() > at:
            yield text[at : found.start()]
        yield Citation(found[1], tuple(int(number) for number in re.findall(r"\d+", found[2])))
        at = found.end()
    if at < len(text):
        yield text[at:]


def words_with_places(agreement: Agreement, text: str) -> str:
    """'£29.9m (REPORT line 11)' -> '£29.9m (monitoring report, programme overview, page 1)'."""
    parts = citations_in(text, agreement.documents)
    return "".join(part if isinstance(part, str) else place_of(agreement, part) for part in parts)


def place_of(agreement: Agreement, cited: Citation) -> str:
    """The document and its sections, each once."""
    places = dict.fromkeys(agreement.place_in(Source(cited.document, line)) for line in cited.lines)
    return ", ".join(filter(None, (agreement.called[cited.document], listed(filter(None, places)))))
