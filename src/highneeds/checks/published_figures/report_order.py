"""Do the published monitoring reports follow each other in time?"""

from collections.abc import Iterator
from itertools import pairwise

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import stated, worked
from highneeds.intake.workspace import Workspace
from highneeds.vocabulary.period import Month


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    reports = [workspace.fact(name) for name in workspace.agreement.reports]
    months = [(fact, Month.parse(fact.written[:7], fact.where)) for fact in reports]
    for (before, earlier), (after, later) in pairwise(months):
        if later <= earlier:
            yield PublishedContradiction(
                after.id, f"{after.meaning} is dated {later.label}, not after {earlier.label}, the date of {before.id}"
            )


def _reports(second: str, printed: str) -> Workspace:
    """A report of June 2023, and one listed after it."""
    first = stated("first", "2023-06", "date", "June 2023")
    return worked(
        facts=[first, stated("second", second, "date", printed, meaning="The second report")],
        reports=["first", "second"],
    )


report_order = PublishedFigureQuestion(
    code="REPORTS-order",
    title="The published reports follow each other in time",
    severity=Severity.QUERY,
    fix="Correct the date in the published list.",
    source="requirements B4",
    broken_by=_reports("2023-06", "June 2023"),
    holds_for=(_reports("2023-07", "July 2023"),),
    also_broken_by=(_reports("2023-05", "May 2023"),),
    example="The second report is dated Jun 2023, not after Jun 2023, the date of first",
    ask=ask,
    can_ask=lambda workspace: "" if len(workspace.agreement.reports) > 1 else "fewer than two reports are listed",
)
