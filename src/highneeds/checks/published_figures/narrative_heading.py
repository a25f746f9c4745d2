"""Does every heading of the narrative have a place in the report?"""

from collections.abc import Iterator

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import worked
from highneeds.intake.workspace import NarrativeParagraph, Workspace
from highneeds.intake.workspace.headings import known_headings


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    """Each unknown heading once, with its own line where that is known, else the first line under it."""
    known = set(known_headings([one.number for one in workspace.agreement.conditions]))
    for one in workspace.narrative:
        if one.section not in known:
            known.add(one.section)
            message = f"The heading '{one.section}' has no place in the report; its text stands under Further text"
            yield PublishedContradiction(one.section, message, one.file, one.heading_line or one.line)


def _under(*headings: str) -> Workspace:
    """A paragraph under each heading."""
    said = "Reviews are quicker."
    return worked(
        narrative=[NarrativeParagraph(one, said, "", False, "narrative.md", 12 + at) for at, one in enumerate(headings)]
    )


narrative_heading = PublishedFigureQuestion(
    code="NARRATIVE-heading",
    title="Every heading of the narrative has a place in the report",
    severity=Severity.QUERY,
    fix="Call it as the how-to on filling a workspace has it, or leave it where it is.",
    source="a text whose heading nobody knows was lost",
    broken_by=_under("Good news", "Good news"),
    holds_for=(_under(next(iter(known_headings([])))), _under()),
    example="The heading 'Good news' has no place in the report; its text stands under Further text",
    ask=ask,
    can_ask=lambda workspace: "" if workspace.narrative else "there is no narrative",
)
