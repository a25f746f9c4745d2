"""Write what every document says, as plain text, for review: python scripts/write_texts.py

One file for each kind of document and example, in tests/golden/texts. A test holds the documents to them, so that a
changed sentence shows in review as a changed line.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from highneeds.evidence import Evidence
from highneeds.report.build import build
from highneeds.report.render.text import render
from highneeds.report.reports import reports
from highneeds.run import gather

REPOSITORY = Path(__file__).parent.parent
TEXTS = REPOSITORY / "tests" / "golden" / "texts"
EXAMPLES = ("kent", "harrowdale")
KINDS = ("submission", "review", "since", "board", "cabinet", "forum", "public")
ELSEWHERE = ("claims", "quality", "signing-sheet", "others", "explanations")
"""Sections that golden files of their own hold: every claim, finding and comparison, and the sheet that counts them."""


def texts_of(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """(name of the document, what it says), for each of those that people read through."""
    fresh = evidence.supposing(earlier_draft=None)  # whoever ran the example has drafts in its folder
    for report in reports():
        if report.kind in KINDS:
            document = build(report, fresh)
            sections = tuple(one for one in document.sections if one.id not in ELSEWHERE)
            yield report.name or report.kind, without_runs(render(replace(document, sections=sections)))


def without_runs(text: str) -> str:
    """A run's fingerprint moves with every input, a section's number with every section; nobody reviews them."""
    text = re.sub(r"^(#+) \d+\. ", r"\1 ", text, flags=re.MULTILINE)
    return re.sub(r"\brun [0-9a-f]{12}\b", "run ...", text)


def main() -> None:
    TEXTS.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        with closing(gather(REPOSITORY / "examples" / example)) as evidence:
            for name, text in texts_of(evidence):
                (TEXTS / f"{example}-{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
