"""Are the abbreviations of the dashboard and the narrative in the glossary?"""

import re
from collections.abc import Iterator

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import worked
from highneeds.intake.workspace import NarrativeParagraph, Workspace
from highneeds.vocabulary.glossary import GLOSSARY
from highneeds.vocabulary.source import Source

ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]{1,5}s?\b")
NOT_WORDS = re.compile(r"KS\d|[A-Z]\d+")  # key stages and the like explain themselves by their number


def known() -> set[str]:
    """Every abbreviation that the glossary gives as another name of a word, or that is a word itself."""
    names = {name for word in GLOSSARY for name in (word.word, *word.also)}
    return {part for name in names for part in re.split(r"[^A-Za-z0-9]+", name)}


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    """Each unknown abbreviation once, with the first place where it stands."""
    places = [(one.title, one.where) for one in workspace.indicators]
    places += [(one.text, Source(one.file, one.line)) for one in workspace.narrative]
    seen = known()
    for text, where in places:
        for found in ABBREVIATION.findall(text):
            name = found.removesuffix("s")
            if name not in seen and not NOT_WORDS.fullmatch(name):
                seen.add(name)
                said = f"{name} stands in {where} and nothing says what it means"
                yield PublishedContradiction(name, said, where.document, where.line)


def _said(text: str) -> Workspace:
    return worked(narrative=[NarrativeParagraph("Condition 8", text, "", False, "narrative.md", 45)])


unknown_words = PublishedFigureQuestion(
    code="WORDS-unknown",
    title="Every abbreviation is explained",
    severity=Severity.NOTE,
    fix="Write it out, or add it to the glossary.",
    source="requirements G13",
    broken_by=_said("The rate holds the HNF."),
    holds_for=tuple(_said(text) for text in ("It holds the DSG.", "All EHCPs.", "At KS2.", "In A1.", "I am.", "Abc.")),
    also_broken_by=(_said("Both HNFs."), _said("The XQ."), _said("The XQZJWV.")),
    example="HNF stands in narrative.md line 45 and nothing says what it means",
    ask=ask,
    can_ask=lambda workspace: "",
)
