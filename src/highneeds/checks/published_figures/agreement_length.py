"""Does the printed length of the agreement match its first and last year?"""

from collections.abc import Iterator

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import stated, worked
from highneeds.intake.workspace import Workspace


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    agreement = workspace.agreement
    printed = workspace.figure("printed_length")
    years = len(agreement.years)
    if printed and printed.value != years:
        term = f"{agreement.first_year} to {agreement.last_year}"
        yield PublishedContradiction(
            printed.id, f"{printed.printed} are printed, but {term} are {years} financial years"
        )


def _printed(years: str) -> Workspace:
    return worked(facts=[stated("length", years, "years", f"{years} years")], figures={"printed_length": "length"})


agreement_length = PublishedFigureQuestion(
    code="AGREEMENT-length",
    title="The printed length of the agreement is the number of its financial years",
    severity=Severity.QUERY,
    fix="Ask which year is meant to be the last, and correct the text.",
    source="requirements A1",
    broken_by=_printed("5"),
    holds_for=(_printed("6"), worked()),
    also_broken_by=(_printed("7"),),
    example="5 years are printed, but 2022-23 to 2027-28 are 6 financial years",
    ask=ask,
    can_ask=lambda workspace: "" if workspace.figure("printed_length") else "no length is printed",
)
